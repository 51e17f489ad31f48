"""Keep what a case promised and until when it was urged on, what was entered late and referred when."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("limit_on", sa.Date(), nullable=True))

    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.add_column(sa.Column("responder_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("transferred_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("happened_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone_relation", sa.String(), nullable=True))

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=True))

    with op.batch_alter_table("service_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("co_handlers", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("happened_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("sla_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("late_workdays", sa.Integer(), nullable=True))

    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("venue_code", sa.String(), nullable=True))
