"""Status and rank of people"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.add_column(sa.Column("employment", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("rank", sa.String(length=80), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.drop_column("rank")
        table.drop_column("employment")
