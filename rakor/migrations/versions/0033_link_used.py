"""Links say when they were used last"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access_link", sa.Column("used_at", rakor.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
