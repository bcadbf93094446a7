"""Attendance lists that were locked, with their versions and scans"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=160), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("day_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("rows_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("present_count", sa.Integer(), nullable=False),
        sa.Column("locked_by_id", sa.Uuid(), nullable=True),
        sa.Column("locked_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("scanned_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_list_version_event_id_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id", "day_id"], ["event_day.event_id", "event_day.id"], name="fk_list_version_event_id_event_day",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "item_id"], ["agenda_item.event_id", "agenda_item.id"],
            name="fk_list_version_event_id_agenda_item", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_list_version_office_id_office"),
        sa.ForeignKeyConstraint(
            ["locked_by_id"], ["user_account.id"], name="fk_list_version_locked_by_id_user_account",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_list_version"),
        sa.UniqueConstraint("event_id", "id", name="uq_list_version_event_id_id"),
        sa.UniqueConstraint("event_id", "scope", "number", name="uq_list_version_scope"),
    )
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("version_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            "fk_document_event_id_list_version", "list_version", ["event_id", "version_id"], ["event_id", "id"],
            ondelete="CASCADE",
        )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
