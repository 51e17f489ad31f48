"""Drop the table of half-typed records: the window keeps them in files of its own."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.drop_table("draft")
