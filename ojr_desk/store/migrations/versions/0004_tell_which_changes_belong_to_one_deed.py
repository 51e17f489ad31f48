"""Tell which changes belong to one deed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deed", sa.Integer(), nullable=True))

    # ### end Alembic commands ###
