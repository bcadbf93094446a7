"""Badges and their prints"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "badge",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("face", sa.LargeBinary(length=16), nullable=True),
        sa.Column("printed_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_badge_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_badge_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "registration_id", name=op.f("pk_badge")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_badge_event_id_number")),
    )
    op.create_table(
        "badge_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("design", sa.String(length=32), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=True),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("with_online", sa.Boolean(), nullable=False),
        sa.Column("only_new", sa.Boolean(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("requested_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("badge_count", sa.Integer(), nullable=True),
        sa.Column("sample_id", sa.Uuid(), nullable=True),
        sa.Column("wanted_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["event_id", column],
                [f"{parent}.event_id", f"{parent}.id"],
                name=op.f(f"fk_badge_run_event_id_{column}"),
                ondelete="CASCADE",
            )
            for column, parent in (
                ("role_id", "event_role"),
                ("registration_id", "registration"),
                ("device_id", "device"),
            )
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_badge_run_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_badge_run_office_id")),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["user_account.id"], name=op.f("fk_badge_run_requested_by_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_run")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_badge_run_event_id_id")),
    )
    op.create_index("ix_badge_run_owner", "badge_run", ["event_id", "requested_by_id", "requested_at"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
