"""What the superior found in the records of a village."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "mark_in",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("stood", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("handled_at", sa.DateTime(), nullable=True),
        sa.Column("handled_by", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("mark_in", schema=None) as batch_op:
        batch_op.create_index("ix_mark_in_month", ["month"], unique=False)
        batch_op.create_index("ix_mark_in_record", ["record"], unique=False)

    op.create_table(
        "mark_out",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("center", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("stood", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("pack", sa.Integer(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("mark_out", schema=None) as batch_op:
        batch_op.create_index("ix_mark_out_center", ["center", "month"], unique=False)
        batch_op.create_index("ix_mark_out_record", ["record"], unique=False)

    with op.batch_alter_table("pack_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deed", sa.Integer(), nullable=True))

    # ### end Alembic commands ###
