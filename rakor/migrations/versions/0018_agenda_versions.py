"""Agenda: published versions, roles of an item, what a rundown says"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_version",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("published_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_agenda_version_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_agenda_version")),
    )
    op.create_table(
        "agenda_audience",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "item_id"],
            ["agenda_item.event_id", "agenda_item.id"],
            name=op.f("fk_agenda_audience_event_id_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "role_id"],
            ["event_role.event_id", "event_role.id"],
            name=op.f("fk_agenda_audience_event_id_role_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("item_id", "role_id", name=op.f("pk_agenda_audience")),
    )
    op.create_index("ix_agenda_audience_event", "agenda_audience", ["event_id"], unique=False)
    # not in a batch: on SQLite that would drop the table, and every row that hangs on it
    op.add_column("agenda_item", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column("agenda_item", sa.Column("in_charge", sa.String(length=120), nullable=False, server_default=""))
    op.add_column("agenda_item", sa.Column("note", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("agenda_item", sa.Column("removed_at", rakor.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
