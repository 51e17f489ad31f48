"""Know who is to report, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "answer_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("answer_out", schema=None) as batch_op:
        batch_op.create_index("ix_answer_out_pack", ["pack"], unique=False)

    op.create_table(
        "month_none",
        sa.Column("center", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("center", "month", "register"),
    )
    op.create_table(
        "unit",
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
        sa.Column("unit_name", sa.String(), nullable=True),
        sa.Column("division_code", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("under", sa.String(), nullable=True),
        sa.Column("is_due", sa.Boolean(), nullable=True),
        sa.Column("reports_from", sa.String(), nullable=True),
        sa.Column("reports_until", sa.String(), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
        sa.Column("reports_as", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index("ix_unit_unit_name", ["unit_name"], unique=False)
        batch_op.create_index("uq_unit_record_no", ["record_no", "center"], unique=True)

    with op.batch_alter_table("pack_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_at", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("counts", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("none", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("held", sa.Integer(), nullable=True))

    # A superior that is there already keeps the list of who is to report, as a new one does.
    op.execute(
        "INSERT OR IGNORE INTO register_switch(register, enabled) "
        "SELECT 'unit', 1 FROM office WHERE level IN ('city', 'county', 'township')"
    )
