"""Minutes of sessions: heads, edits of their notes, approved versions, papers"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("minutes",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("opened_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("closed_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("chair_name", sa.String(length=120), nullable=False),
        sa.Column("chair_post", sa.String(length=160), nullable=False),
        sa.Column("chair_rank", sa.String(length=80), nullable=False),
        sa.Column("chair_nip", sa.LargeBinary(), nullable=True),
        sa.Column("secretary_name", sa.String(length=120), nullable=False),
        sa.Column("secretary_post", sa.String(length=160), nullable=False),
        sa.Column("taker_name", sa.String(length=120), nullable=False),
        sa.Column("taker_post", sa.String(length=160), nullable=False),
        sa.Column("taker_rank", sa.String(length=80), nullable=False),
        sa.Column("taker_nip", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id", "item_id"], ["agenda_item.event_id", "agenda_item.id"], name="fk_minutes_event_id_item_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_minutes_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["user_account.id"], name="fk_minutes_reviewed_by_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "item_id", name="pk_minutes")
    )
    op.create_table("minutes_edit",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("parents", sa.JSON(), nullable=False),
        sa.Column("position", sa.String(length=250), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_name", sa.String(length=120), nullable=False),
        sa.Column("speaker_post", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id", "item_id"], ["minutes.event_id", "minutes.item_id"], name="fk_minutes_edit_event_id_item_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["written_by_id"], ["user_account.id"], name="fk_minutes_edit_written_by_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "item_id", "id", name="pk_minutes_edit")
    )
    op.create_index("ix_minutes_edit_note", "minutes_edit", ["event_id", "item_id", "note_id"], unique=False)
    op.create_table("minutes_version",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user_account.id"], name="fk_minutes_version_approved_by_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id", "item_id"], ["minutes.event_id", "minutes.item_id"], name="fk_minutes_version_event_id_item_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["user_account.id"], name="fk_minutes_version_reviewed_by_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "item_id", "number", name="pk_minutes_version")
    )
    op.create_table("minutes_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["event_id", "item_id"], ["minutes.event_id", "minutes.item_id"], name="fk_minutes_paper_event_id_item_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_minutes_paper_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["requested_by_id"], ["user_account.id"], name="fk_minutes_paper_requested_by_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_minutes_paper"),
        sa.UniqueConstraint("event_id", "id", name="uq_minutes_paper_event_id_id")
    )
    op.create_index("ix_minutes_paper_owner", "minutes_paper", ["event_id", "requested_by_id", "requested_at"], unique=False)


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
