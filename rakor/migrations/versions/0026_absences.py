"""Absences: who is excused or ill on a day, with the paper that shows it"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence_absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("day_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_presence_absence_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"], ["registration.event_id", "registration.id"],
            name="fk_presence_absence_event_id_registration_id", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "day_id"], ["event_day.event_id", "event_day.id"],
            name="fk_presence_absence_event_id_day_id", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name="fk_presence_absence_by_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_presence_absence"),
        sa.UniqueConstraint("event_id", "id", name="uq_presence_absence_event_id_id"),
        sa.UniqueConstraint(
            "event_id", "registration_id", "day_id", name="uq_presence_absence_event_id_registration_id_day_id"
        ),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
