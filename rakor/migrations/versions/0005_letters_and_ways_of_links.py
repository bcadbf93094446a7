"""letters, exceptions, and the way of the links"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

YEAR = "CAST(SUBSTR(CAST(letter_on AS VARCHAR(10)), 1, 4) AS INTEGER)"
FIRST = (
    "NOT EXISTS (SELECT 1 FROM event AS other WHERE other.institution_id = event.institution_id "
    "AND other.letter_number = event.letter_number AND other.letter_on IS NOT NULL AND other.id < event.id)"
)


def upgrade() -> None:
    op.add_column("event", sa.Column("letter_year", sa.Integer(), nullable=True))
    # of two old letters under one number the first keeps its place; the other is told when it is saved again
    op.execute(
        f"UPDATE event SET letter_year = {YEAR} WHERE letter_number <> '' AND letter_on IS NOT NULL AND {FIRST}"
    )
    op.create_index("uq_event_letter", "event", ["institution_id", "letter_year", "letter_number"], unique=True)
    op.add_column("access_link", sa.Column("passed_on_by", sa.String(length=32), nullable=True))
    op.add_column("access_link", sa.Column("opened_at", rakor.db.UtcDateTime(), nullable=True))
    op.execute("UPDATE access_link SET passed_on_by = 'centre' WHERE passed_on_at IS NOT NULL")
    op.create_table(
        "seat_exception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("created_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "role_id"],
            ["event_role.event_id", "event_role.id"],
            name=op.f("fk_seat_exception_event_id_role_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seat_exception_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_seat_exception_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_exception")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_seat_exception_event_id_id")),
    )
    op.create_index("uq_seat_exception_pair", "seat_exception", ["event_id", "office_id", "role_id"], unique=True)
    op.create_table(
        "invitation_letter",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("nature", sa.String(length=32), nullable=False),
        sa.Column("attachments", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=240), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("addressees", sa.String(length=1000), nullable=False),
        sa.Column("basis", sa.String(length=2000), nullable=False),
        sa.Column("time_note", sa.String(length=120), nullable=False),
        sa.Column("dress", sa.String(length=300), nullable=False),
        sa.Column("bring", sa.String(length=1000), nullable=False),
        sa.Column("lodging", sa.String(length=1000), nullable=False),
        sa.Column("cc", sa.String(length=2000), nullable=False),
        sa.Column("with_list", sa.Boolean(), nullable=False),
        sa.Column("with_agenda", sa.Boolean(), nullable=False),
        sa.Column("with_form", sa.Boolean(), nullable=False),
        sa.Column("signed_file_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("shared_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("updated_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_invitation_letter_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_invitation_letter")),
    )
    op.create_table(
        "letter_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("requested_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_paper_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_letter_paper_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_paper")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_letter_paper_event_id_id")),
    )
    op.create_index("ix_letter_paper_office", "letter_paper", ["event_id", "office_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
