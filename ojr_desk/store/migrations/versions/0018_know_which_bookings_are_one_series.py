"""Know which bookings are one series."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    with op.batch_alter_table("venue_booking", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_venue_booking_series"), ["series"], unique=False)

    # ### end Alembic commands ###
