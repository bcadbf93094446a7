"""Thresholds of presence: how many minutes, or which share of a session, count"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence_threshold",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("least_minutes", sa.Integer(), nullable=True),
        sa.Column("least_share", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_presence_threshold_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name="pk_presence_threshold"),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
