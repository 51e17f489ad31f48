"""Keep the roster, swaps, leave and logs of duty."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "duty_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("center", sa.String(), nullable=True),
        sa.Column("record_no", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("is_backfilled", sa.Boolean(), nullable=True),
        sa.Column("backfill_reason", sa.String(), nullable=True),
        sa.Column("record_status", sa.String(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("confidentiality", sa.String(), nullable=True),
        sa.Column("retention_class", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("of_month", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("shifts", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("duty_publication", schema=None) as batch_op:
        batch_op.create_index("ix_duty_publication_published_at_id", ["published_at", "id"], unique=False)
        batch_op.create_index("uq_duty_publication_record_no", ["record_no", "center"], unique=True)

    op.create_table(
        "duty_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("center", sa.String(), nullable=True),
        sa.Column("record_no", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("is_backfilled", sa.Boolean(), nullable=True),
        sa.Column("backfill_reason", sa.String(), nullable=True),
        sa.Column("record_status", sa.String(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("confidentiality", sa.String(), nullable=True),
        sa.Column("retention_class", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("duty_date", sa.Date(), nullable=True),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("duty_type", sa.String(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("on_duty", sa.String(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("backup", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("day_kind", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("duty_roster", schema=None) as batch_op:
        batch_op.create_index("ix_duty_roster_duty_date_id", ["duty_date", "id"], unique=False)
        batch_op.create_index("ix_duty_roster_label", ["label"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_roster_on_duty"), ["on_duty"], unique=False)
        batch_op.create_index("uq_duty_roster_record_no", ["record_no", "center"], unique=True)

    op.create_table(
        "duty_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("center", sa.String(), nullable=True),
        sa.Column("record_no", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("is_backfilled", sa.Boolean(), nullable=True),
        sa.Column("backfill_reason", sa.String(), nullable=True),
        sa.Column("record_status", sa.String(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("confidentiality", sa.String(), nullable=True),
        sa.Column("retention_class", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("duty_type", sa.String(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("not_on", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("duty_turn", schema=None) as batch_op:
        batch_op.create_index("uq_duty_turn_record_no", ["record_no", "center"], unique=True)

    op.create_table(
        "dutylog",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("center", sa.String(), nullable=True),
        sa.Column("record_no", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("is_backfilled", sa.Boolean(), nullable=True),
        sa.Column("backfill_reason", sa.String(), nullable=True),
        sa.Column("record_status", sa.String(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("confidentiality", sa.String(), nullable=True),
        sa.Column("retention_class", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("duty_date", sa.Date(), nullable=True),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("weather", sa.String(), nullable=True),
        sa.Column("keeper", sa.String(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("arrived_at", sa.Time(), nullable=True),
        sa.Column("left_at", sa.Time(), nullable=True),
        sa.Column("dress_ok", sa.Boolean(), nullable=True),
        sa.Column("badge_ok", sa.Boolean(), nullable=True),
        sa.Column("emblem_ok", sa.Boolean(), nullable=True),
        sa.Column("patrol_result", sa.String(), nullable=True),
        sa.Column("patrol_note", sa.String(), nullable=True),
        sa.Column("superior_notice", sa.String(), nullable=True),
        sa.Column("key_events", sa.String(), nullable=True),
        sa.Column("pending_items", sa.String(), nullable=True),
        sa.Column("done_items", sa.String(), nullable=True),
        sa.Column("end_mode", sa.String(), nullable=True),
        sa.Column("closing", sa.String(), nullable=True),
        sa.Column("taker", sa.String(), nullable=True),
        sa.Column("handed_at", sa.Time(), nullable=True),
        sa.Column("items", sa.String(), nullable=True),
        sa.Column("handover_note", sa.String(), nullable=True),
        sa.Column("from_confirmed", sa.Boolean(), nullable=True),
        sa.Column("to_confirmed", sa.Boolean(), nullable=True),
        sa.Column("n_visit", sa.Integer(), nullable=True),
        sa.Column("n_call", sa.Integer(), nullable=True),
        sa.Column("n_letter", sa.Integer(), nullable=True),
        sa.Column("open_cases", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("dutylog", schema=None) as batch_op:
        batch_op.create_index("ix_dutylog_duty_date_id", ["duty_date", "id"], unique=False)
        batch_op.create_index("uq_dutylog_record_no", ["record_no", "center"], unique=True)

    op.create_table(
        "leave_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("center", sa.String(), nullable=True),
        sa.Column("record_no", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("is_backfilled", sa.Boolean(), nullable=True),
        sa.Column("backfill_reason", sa.String(), nullable=True),
        sa.Column("record_status", sa.String(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("confidentiality", sa.String(), nullable=True),
        sa.Column("retention_class", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("leave_type", sa.String(), nullable=True),
        sa.Column("start_at", sa.DateTime(), nullable=True),
        sa.Column("end_at", sa.DateTime(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("delegate", sa.String(), nullable=True),
        sa.Column("leave_state", sa.String(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("leave_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leave_request_staff"), ["staff"], unique=False)
        batch_op.create_index("ix_leave_request_start_at_id", ["start_at", "id"], unique=False)
        batch_op.create_index("uq_leave_request_record_no", ["record_no", "center"], unique=True)

    op.create_table(
        "shift_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("center", sa.String(), nullable=True),
        sa.Column("record_no", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("is_backfilled", sa.Boolean(), nullable=True),
        sa.Column("backfill_reason", sa.String(), nullable=True),
        sa.Column("record_status", sa.String(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("confidentiality", sa.String(), nullable=True),
        sa.Column("retention_class", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(), nullable=True),
        sa.Column("swap_kind", sa.String(), nullable=True),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("applicant", sa.String(), nullable=True),
        sa.Column("counterpart", sa.String(), nullable=True),
        sa.Column("other_shift", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("shift_swap", schema=None) as batch_op:
        batch_op.create_index("ix_shift_swap_agreed_at_id", ["agreed_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_swap_other_shift"), ["other_shift"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_swap_shift"), ["shift"], unique=False)
        batch_op.create_index("uq_shift_swap_record_no", ["record_no", "center"], unique=True)

    # ### end Alembic commands ###
