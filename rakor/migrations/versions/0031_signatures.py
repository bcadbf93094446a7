"""Signatures on the attendance list, and whether the desk asks for them"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
        sa.Column("via", sa.String(32), nullable=False),
        sa.Column("strokes", sa.LargeBinary(), nullable=True),
        sa.Column("typed", sa.LargeBinary(), nullable=True),
        sa.Column("signed_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_signature_event_id_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"], ["registration.event_id", "registration.id"],
            name="fk_signature_event_id_registration", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "checkpoint_id"], ["checkpoint.event_id", "checkpoint.id"],
            name="fk_signature_event_id_checkpoint", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
    )
    op.create_index("ix_signature_place", "signature", ["event_id", "checkpoint_id", "registration_id"])
    op.create_index("ix_signature_person", "signature", ["event_id", "registration_id"])
    op.create_table(
        "signature_setting",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("at_desk", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name="fk_signature_setting_event_id_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_signature_setting"),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
