"""Desks: when a phone became one, which is a help desk, and names on phones under a supervisor's passphrase"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("enrolled_at", rakor.db.UtcDateTime(), nullable=True))
    op.add_column("device", sa.Column("is_help_desk", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "offline_names",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(length=200), nullable=False),
        sa.Column("set_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_offline_names_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_offline_names")),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
