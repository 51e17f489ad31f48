"""Read what was closed by when it was closed."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    with op.batch_alter_table("service_case", schema=None) as batch_op:
        batch_op.create_index("ix_service_case_closed_at", ["closed_at", "occurred_at"], unique=False)
