"""Doors: who is let in, kinds of checkpoints, desks with a number and several checkpoints, room and colour"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
OF_A_DAY = sa.text("item_id IS NULL AND kind = 'day'")


def upgrade() -> None:
    # not in a batch: on SQLite that would drop the table, and every row that hangs on it
    op.add_column("event", sa.Column("admission", sa.String(32), nullable=False, server_default="open"))
    op.add_column("event", sa.Column("desk_count", sa.Integer(), nullable=True))
    op.add_column("event_role", sa.Column("colour", sa.String(32), nullable=True))
    op.add_column("registration", sa.Column("placing", sa.String(80), nullable=False, server_default=""))
    op.add_column("device", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("device", sa.Column("also", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("checkpoint", sa.Column("kind", sa.String(32), nullable=False, server_default="day"))
    op.add_column("checkpoint", sa.Column("direction", sa.String(32), nullable=True))
    op.execute("UPDATE checkpoint SET kind = 'session' WHERE item_id IS NOT NULL")
    op.drop_index("uq_checkpoint_day", "checkpoint")
    op.create_index(
        "uq_checkpoint_day",
        "checkpoint",
        ["event_id", "day_id"],
        unique=True,
        sqlite_where=OF_A_DAY,
        postgresql_where=OF_A_DAY,
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
