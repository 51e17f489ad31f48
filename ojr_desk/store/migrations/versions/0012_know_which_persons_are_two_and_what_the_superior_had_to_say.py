"""Know which persons are two and what the superior had to say."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "notice_in",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("from_center", sa.String(), nullable=False),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("opened_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("uid"),
    )
    with op.batch_alter_table("notice_in", schema=None) as batch_op:
        batch_op.create_index("ix_notice_in_opened", ["opened_at"], unique=False)

    op.create_table(
        "person_apart",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("one", "other"),
    )
