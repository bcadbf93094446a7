"""Desks: when a phone became one, and which is a help desk"""

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


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
