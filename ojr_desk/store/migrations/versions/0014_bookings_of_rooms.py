"""Bookings of rooms."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "venue_booking",
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
        sa.Column("venue", sa.String(), nullable=True),
        sa.Column("start_at", sa.DateTime(), nullable=True),
        sa.Column("end_at", sa.DateTime(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("org_name", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("over_reason", sa.String(), nullable=True),
        sa.Column("minors", sa.Boolean(), nullable=True),
        sa.Column("guardian", sa.String(), nullable=True),
        sa.Column("equipment", sa.String(), nullable=True),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("takes_over", sa.Boolean(), nullable=True),
        sa.Column("deposit", sa.BigInteger(), nullable=True),
        sa.Column("booking_state", sa.String(), nullable=True),
        sa.Column("state_reason", sa.String(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approval_note", sa.String(), nullable=True),
        sa.Column("paper_signed", sa.Boolean(), nullable=True),
        sa.Column("key_out_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("return_check", sa.String(), nullable=True),
        sa.Column("shut_off", sa.Boolean(), nullable=True),
        sa.Column("damage", sa.String(), nullable=True),
        sa.Column("deposit_back", sa.BigInteger(), nullable=True),
        sa.Column("gave_way_to", sa.String(), nullable=True),
        sa.Column("moved_from", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("venue_booking", schema=None) as batch_op:
        batch_op.create_index("ix_venue_booking_end_at_id", ["end_at", "id"], unique=False)
        batch_op.create_index(
            "ix_venue_booking_held",
            ["venue", "end_at"],
            unique=False,
            sqlite_where=sa.text(
                "booking_state IN ('pending', 'approved', 'in_use', 'finished') AND record_status <> 'void'"
            ),
        )
        batch_op.create_index(batch_op.f("ix_venue_booking_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_venue_booking_venue"), ["venue"], unique=False)
        batch_op.create_index("uq_venue_booking_record_no", ["record_no", "center"], unique=True)

    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cleanup", sa.Integer(), nullable=True))

    # ### end Alembic commands ###
