"""The rundown on paper"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_paper",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_agenda_paper_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_agenda_paper")),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
