"""Online presence: when people may say from afar that they are here"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence_opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_presence_opening_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id", "checkpoint_id"], ["checkpoint.event_id", "checkpoint.id"],
            name="fk_presence_opening_event_id_checkpoint_id", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user_account.id"], name="fk_presence_opening_opened_by_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_presence_opening"),
        sa.UniqueConstraint("event_id", "id", name="uq_presence_opening_event_id_id"),
    )
    op.create_index("ix_presence_opening_event", "presence_opening", ["event_id", "closes_at"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
