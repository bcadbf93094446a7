"""Speakers as they are shown, their answers, and their materials in versions"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("withheld_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("created_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "speaker_id"],
            ["speaker.event_id", "speaker.id"],
            name=op.f("fk_material_event_id_speaker_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_material_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_material_event_id_id")),
    )
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.create_index("ix_material_speaker", ["event_id", "speaker_id"], unique=False)

    op.create_table(
        "material_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("byte_count", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("begun_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "speaker_id"],
            ["speaker.event_id", "speaker.id"],
            name=op.f("fk_material_upload_event_id_speaker_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_material_upload_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_upload")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_material_upload_event_id_id")),
    )
    with op.batch_alter_table("material_upload", schema=None) as batch_op:
        batch_op.create_index("ix_material_upload_speaker", ["event_id", "speaker_id"], unique=False)

    op.create_table(
        "speaker_profile",
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("bio", sa.String(length=800), nullable=False),
        sa.Column("photo_file_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("answer_reason", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id", "speaker_id"],
            ["speaker.event_id", "speaker.id"],
            name=op.f("fk_speaker_profile_event_id_speaker_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("speaker_id", name=op.f("pk_speaker_profile")),
    )
    op.create_table(
        "material_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("uploaded_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("taken_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("taken_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(file_id IS NULL) <> (url IS NULL)", name=op.f("ck_material_version_file_or_link")),
        sa.ForeignKeyConstraint(
            ["event_id", "material_id"],
            ["material.event_id", "material.id"],
            name=op.f("fk_material_version_event_id_material_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_version")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_material_version_event_id_id")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_material_version_material_id_number")),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
