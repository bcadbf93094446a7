"""Conclusions; follow-ups with a row for each office, its answers and evidence; what an event carries over"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conclusion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("changed_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user_account.id"], name="fk_conclusion_approved_by_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id", "agenda_item_id"], ["agenda_item.event_id", "agenda_item.id"], name="fk_conclusion_event_id_agenda_item_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_conclusion_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"], name="fk_conclusion_made_by_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_conclusion"),
        sa.UniqueConstraint("event_id", "id", name="uq_conclusion_event_id_id"),
        sa.UniqueConstraint("event_id", "number", name="uq_conclusion_event_id_number"),
    )
    op.create_index("ix_conclusion_item", "conclusion", ["event_id", "agenda_item_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("conclusion_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("assignee", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("role_id", sa.Uuid(), nullable=True),
        sa.Column("person_name", sa.LargeBinary(), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("changed_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id", "conclusion_id"], ["conclusion.event_id", "conclusion.id"], name="fk_follow_up_event_id_conclusion_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id", "role_id"], ["event_role.event_id", "event_role.id"], name="fk_follow_up_event_id_role_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_follow_up_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"], name="fk_follow_up_made_by_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_follow_up_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
        sa.UniqueConstraint("event_id", "id", name="uq_follow_up_event_id_id"),
        sa.UniqueConstraint("event_id", "number", name="uq_follow_up_event_id_number"),
    )
    op.create_table(
        "follow_up_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("answer_count", sa.Integer(), nullable=False),
        sa.Column("evidence_count", sa.Integer(), nullable=False),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id", "follow_up_id"], ["follow_up.event_id", "follow_up.id"], name="fk_follow_up_row_event_id_follow_up_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_follow_up_row_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_follow_up_row_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up_row"),
        sa.UniqueConstraint("event_id", "follow_up_id", "office_id", name="uq_follow_up_row_event_id_follow_up_id_office_id"),
        sa.UniqueConstraint("event_id", "id", name="uq_follow_up_row_event_id_id"),
    )
    op.create_index("ix_follow_up_row_office", "follow_up_row", ["event_id", "office_id"], unique=False)
    op.create_table(
        "follow_up_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("idempotency_key", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_follow_up_answer_by_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id", "row_id"], ["follow_up_row.event_id", "follow_up_row.id"], name="fk_follow_up_answer_event_id_row_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_follow_up_answer_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up_answer"),
        sa.UniqueConstraint("event_id", "id", name="uq_follow_up_answer_event_id_id"),
        sa.UniqueConstraint("event_id", "row_id", "number", name="uq_follow_up_answer_event_id_row_id_number"),
        sa.UniqueConstraint("idempotency_key", name="uq_follow_up_answer_idempotency_key"),
    )
    op.create_table(
        "follow_up_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("added_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("removed_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id", "answer_id"], ["follow_up_answer.event_id", "follow_up_answer.id"], name="fk_follow_up_evidence_event_id_answer_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id", "row_id"], ["follow_up_row.event_id", "follow_up_row.id"], name="fk_follow_up_evidence_event_id_row_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_follow_up_evidence_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up_evidence"),
        sa.UniqueConstraint("event_id", "id", name="uq_follow_up_evidence_event_id_id"),
    )
    op.create_index("ix_follow_up_evidence_row", "follow_up_evidence", ["event_id", "row_id"], unique=False)
    op.create_table(
        "follow_up_carry",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("from_event_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("carried_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_follow_up_carry_by_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_follow_up_carry_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["from_event_id"], ["event.id"], name="fk_follow_up_carry_from_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "from_event_id", name="pk_follow_up_carry"),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
