"""Sheets chosen, one person on several seats, mails or none"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sheet_import") as table:
        table.add_column(sa.Column("sheet_names", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("sheet_place", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("sends_mail", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("import_row") as table:
        table.add_column(sa.Column("with_seat_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("has_email", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("import_row") as table:
        table.drop_column("has_email")
        table.drop_column("with_seat_id")
    with op.batch_alter_table("sheet_import") as table:
        table.drop_column("sends_mail")
        table.drop_column("sheet_place")
        table.drop_column("sheet_names")
