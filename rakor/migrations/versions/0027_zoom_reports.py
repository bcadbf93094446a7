"""Zoom reports: uploads for a day, and whose seat each participant was"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zoom_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("day_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("least_minutes", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("refusal", sa.String(length=32), nullable=False),
        sa.Column("host_lines", sa.Integer(), nullable=False),
        sa.Column("waiting_lines", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_zoom_report_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id", "day_id"], ["event_day.event_id", "event_day.id"],
            name="fk_zoom_report_event_id_day_id", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["user_account.id"], name="fk_zoom_report_requested_by_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_zoom_report"),
        sa.UniqueConstraint("event_id", "id", name="uq_zoom_report_event_id_id"),
        sa.UniqueConstraint("event_id", "day_id", "digest", name="uq_zoom_report_event_id_day_id_digest"),
    )
    op.create_table(
        "zoom_attendee",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(length=32), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("saved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "report_id"], ["zoom_report.event_id", "zoom_report.id"],
            name="fk_zoom_attendee_event_id_report_id", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"], ["registration.event_id", "registration.id"],
            name="fk_zoom_attendee_event_id_registration_id", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "number", name="pk_zoom_attendee"),
    )
    op.create_index("ix_zoom_attendee_found", "zoom_attendee", ["report_id", "found", "saved"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
