"""Remember what old books said."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "old_headings",
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("headings", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("register", "headings"),
    )
    op.create_table(
        "old_row",
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("register", "digest"),
    )
    # ### end Alembic commands ###
