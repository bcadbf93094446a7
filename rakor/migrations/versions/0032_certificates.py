"""Certificates"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_rules",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signatory_name", sa.String(length=120), nullable=False),
        sa.Column("signatory_post", sa.String(length=160), nullable=False),
        sa.Column("signatory_nip", sa.LargeBinary(), nullable=True),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_certificate_rules_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_certificate_rules")),
    )
    op.create_table(
        "certificate_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_count", sa.Integer(), nullable=True),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_certificate_run_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["user_account.id"],
            name=op.f("fk_certificate_run_requested_by_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_run")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_certificate_run_event_id_id")),
    )
    with op.batch_alter_table("certificate_run", schema=None) as batch_op:
        batch_op.create_index("ix_certificate_run_owner", ["event_id", "requested_by_id", "requested_at"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_id", sa.Uuid(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=260), nullable=False),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("jp", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("issued_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("made_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("revoked_by_id", sa.Uuid(), nullable=True),
        sa.Column("revoke_reason", sa.String(length=200), nullable=True),
        sa.Column("is_replaced", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(registration_id IS NULL) <> (speaker_id IS NULL)", name=op.f("ck_certificate_one_holder")),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_certificate_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_certificate_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["user_account.id"], name=op.f("fk_certificate_revoked_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_certificate_event_id_id")),
        sa.UniqueConstraint("event_id", "serial", name=op.f("uq_certificate_event_id_serial")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index("ix_certificate_run", ["event_id", "run_id"], unique=False)
        batch_op.create_index(
            "uq_certificate_registration",
            ["event_id", "registration_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.create_index(
            "uq_certificate_speaker",
            ["event_id", "speaker_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "certificate_name_check",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(length=16), nullable=False),
        sa.Column("checked_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_certificate_name_check_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_certificate_name_check_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "registration_id", name=op.f("pk_certificate_name_check")),
    )
    op.create_table(
        "certificate_ruling",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("jp", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("ruled_by_id", sa.Uuid(), nullable=True),
        sa.Column("ruled_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_certificate_ruling_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_certificate_ruling_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["user_account.id"], name=op.f("fk_certificate_ruling_ruled_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("event_id", "registration_id", name=op.f("pk_certificate_ruling")),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
