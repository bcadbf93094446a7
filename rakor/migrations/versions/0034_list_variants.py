"""What a list is for, of which office, with which numbers, and the fingerprint of its rows"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("office_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("variant", sa.String(length=32), nullable=False, server_default="blank"))
        table.add_column(sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=True))
        table.create_foreign_key("fk_document_office_id_office", "office", ["office_id"], ["id"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
