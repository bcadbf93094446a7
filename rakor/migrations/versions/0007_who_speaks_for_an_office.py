"""Who speaks for an office, and its letters of assignment"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_speaker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("since_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_office_speaker_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_office_speaker_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_speaker")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_office_speaker_event_id_id")),
        sa.UniqueConstraint("event_id", "office_id", name=op.f("uq_office_speaker_event_id_office_id")),
    )
    op.create_table(
        "office_phone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("device_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("trusted_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "speaker_id"],
            ["office_speaker.event_id", "office_speaker.id"],
            name=op.f("fk_office_phone_event_id_speaker_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_phone")),
    )
    op.create_index("uq_office_phone_device", "office_phone", ["event_id", "speaker_id", "device_hash"], unique=True)
    op.create_table(
        "assignment_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_assignment_letter_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_assignment_letter_office_id")),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_assignment_letter_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_letter")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_assignment_letter_event_id_id")),
    )
    op.create_index("ix_assignment_letter_office", "assignment_letter", ["event_id", "office_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
