"""Number full packs by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    with op.batch_alter_table("pack_out", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), server_default="month", nullable=False))
        batch_op.add_column(sa.Column("event", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("written_at", sa.String(), nullable=True))
        batch_op.drop_index(batch_op.f("uq_pack_out"))
        batch_op.create_index("uq_pack_out", ["kind", "month", "revision"], unique=True)
