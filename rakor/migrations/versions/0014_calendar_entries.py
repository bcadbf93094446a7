"""Calendar entries: what was said to people's calendars"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_content",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", rakor.db.Encrypted(), nullable=False),
        sa.Column("created_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_calendar_content_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "content_hash", name=op.f("pk_calendar_content")),
    )
    op.create_table(
        "calendar_entry",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.String(length=300), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("changed_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_calendar_entry_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "subject_id", name=op.f("pk_calendar_entry")),
    )
    op.create_index("ix_calendar_entry_event", "calendar_entry", ["event_id", "subject_id"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
