"""Link a case to an earlier one and keep what a closed month had."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    with op.batch_alter_table("month_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept", sa.String(), nullable=True))

    with op.batch_alter_table("service_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("previous", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_service_case_previous"), ["previous"], unique=False)
