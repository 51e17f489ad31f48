"""Make the tables of what an office sets for itself, and the indexes that find what is due and who calls."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "answer_read",
        sa.Column("pack", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("pack"),
    )
    op.create_table(
        "category",
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
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("digit", sa.Integer(), nullable=True),
        sa.Column("aliases", sa.String(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.create_index("uq_category_record_no", ["record_no", "center"], unique=True)

    op.create_table(
        "phrase",
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
        sa.Column("keyword", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("used_for", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index("ix_phrase_keyword", ["keyword"], unique=False)
        batch_op.create_index("uq_phrase_record_no", ["record_no", "center"], unique=True)

    op.create_table(
        "time_limit",
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
        sa.Column("matter_nature", sa.String(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("time_limit", schema=None) as batch_op:
        batch_op.create_index("uq_time_limit_record_no", ["record_no", "center"], unique=True)

    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_caller_number"), ["caller_number"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_merged_into"), ["merged_into"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_phone"), ["phone"], unique=False)

    with op.batch_alter_table("service_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_service_case_running",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text(
                "case_state IN ('accepted', 'answered', 'assigned', 'handling', 'returned')"
            ),
        )
