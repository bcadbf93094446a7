"""Queue numbers are found by an index; a question may write its purpose; a seat notes when its ways were narrowed"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_registration_queue",
        "registration",
        ["event_id", "queue_number"],
        sqlite_where=sa.text("queue_number IS NOT NULL"),
        postgresql_where=sa.text("queue_number IS NOT NULL"),
    )
    with op.batch_alter_table("form_field") as table:
        table.add_column(sa.Column("purpose_note", sa.String(length=300), nullable=False, server_default=""))
    with op.batch_alter_table("seat_exception") as table:
        table.add_column(sa.Column("required", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("seat") as table:
        table.add_column(sa.Column("modes_changed_at", rakor.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
