"""Steps of preparation; photos and quotations that are released; the activity report with its annexes"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None


def _event(table: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=f"fk_{table}_event_id_event", ondelete="CASCADE")]


def _user(table: str, column: str, ondelete: str = "SET NULL") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_user_account"
    return sa.ForeignKeyConstraint([column], ["user_account.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    _preparation()
    _release()
    _report()


def _preparation() -> None:
    op.create_table(
        "preparation_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("ready_key", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("anchor", sa.String(length=32), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("dropped_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("changed_at", rakor.db.UtcDateTime(), nullable=False),
        *_event("preparation_step"),
        _user("preparation_step", "assignee_id"),
        _user("preparation_step", "done_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_preparation_step"),
        sa.UniqueConstraint("event_id", "id", name="uq_preparation_step_event_id_id"),
        sa.UniqueConstraint("event_id", "ready_key", name="uq_preparation_step_event_id_ready_key"),
    )


def _release() -> None:
    op.create_table(
        "release_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("who", sa.String(length=300), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("alt", sa.String(length=300), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("preview_id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        *_released("release_photo"),
    )
    op.create_index("ix_release_photo_order", "release_photo", ["event_id", "position"])
    op.create_table(
        "release_quotation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=400), nullable=False),
        sa.Column("text", sa.String(length=800), nullable=False),
        *_released("release_quotation"),
    )
    op.create_index("ix_release_quotation_order", "release_quotation", ["event_id", "position"])


def _released(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", rakor.db.UtcDateTime(), nullable=True),
        *_event(table),
        _user(table, "added_by_id"),
        _user(table, "published_by_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("event_id", "id", name=f"uq_{table}_event_id_id"),
    ]


def _report() -> None:
    op.create_table(
        "report_text",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        *_event("report_text"),
        _user("report_text", "changed_by_id"),
        sa.PrimaryKeyConstraint("event_id", "section", name="pk_report_text"),
    )
    op.create_table(
        "report_annex",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", rakor.db.UtcDateTime(), nullable=False),
        *_event("report_annex"),
        _user("report_annex", "added_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_annex"),
        sa.UniqueConstraint("event_id", "id", name="uq_report_annex_event_id_id"),
    )
    op.create_table(
        "report_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("docx_id", sa.Uuid(), nullable=True),
        sa.Column("pdf_id", sa.Uuid(), nullable=True),
        sa.Column("annexes_id", sa.Uuid(), nullable=True),
        sa.Column("unfilled", sa.Integer(), nullable=True),
        *_event("report_run"),
        _user("report_run", "requested_by_id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_report_run"),
        sa.UniqueConstraint("event_id", "id", name="uq_report_run_event_id_id"),
    )
    op.create_index("ix_report_run_owner", "report_run", ["event_id", "requested_by_id", "requested_at"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
