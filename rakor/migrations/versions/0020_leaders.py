"""Leaders with links of their own

A leader's link belonged to an account before; the demo's, the only ones there were, are made anew.
"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_leader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=160), nullable=False),
        sa.Column("created_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_leader_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_leader")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_event_leader_event_id_id")),
    )
    op.create_index(op.f("ix_event_leader_event_id"), "event_leader", ["event_id"])
    op.execute("DELETE FROM access_link WHERE purpose = 'leader'")


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
