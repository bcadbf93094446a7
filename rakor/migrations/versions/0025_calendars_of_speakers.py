"""Calendars of speakers: where they are written to, and what stands in their calendars"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("speaker_profile", sa.Column("email", rakor.db.Encrypted(), nullable=True))
    op.add_column("speaker_profile", sa.Column("language", sa.String(2), nullable=False, server_default="id"))
    op.create_table(
        "speaker_entry",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.String(length=300), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("changed_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id", "speaker_id"],
            ["speaker.event_id", "speaker.id"],
            name=op.f("fk_speaker_entry_event_id_speaker_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("speaker_id", "subject_id", name=op.f("pk_speaker_entry")),
    )
    op.create_index("ix_speaker_entry_event", "speaker_entry", ["event_id"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
