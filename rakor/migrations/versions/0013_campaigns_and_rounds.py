"""Campaigns, rounds by WhatsApp, and a mail server that rests"""

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("nature", sa.String(32), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(150), nullable=False),
        sa.Column("body", sa.String(4000), nullable=False),
        sa.Column("subject_en", sa.String(150), nullable=False),
        sa.Column("body_en", sa.String(4000), nullable=False),
        sa.Column("timing", sa.String(32), nullable=False),
        sa.Column("send_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("lead_hours", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("updated_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("started_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("finished_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_campaign_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_campaign_event_id_id")),
    )
    op.create_index("ix_campaign_event", "campaign", ["event_id", "created_at"])
    op.create_table(
        "whatsapp_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("over", sa.String(32), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("body", sa.String(2000), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", rakor.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_whatsapp_round_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whatsapp_round")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_whatsapp_round_event_id_id")),
    )
    op.create_index("ix_whatsapp_round_event", "whatsapp_round", ["event_id", "started_at"])
    op.create_table(
        "whatsapp_step",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("taken_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "round_id"],
            ["whatsapp_round.event_id", "whatsapp_round.id"],
            name=op.f("fk_whatsapp_step_event_id_round_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "subject_id", name=op.f("pk_whatsapp_step")),
    )
    op.create_index("ix_whatsapp_step_round", "whatsapp_step", ["event_id", "round_id"])
    op.create_table(
        "message_opt_out",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("opted_out_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_message_opt_out_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "registration_id", name=op.f("pk_message_opt_out")),
    )
    op.create_table(
        "job_pause",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("since_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("until_at", rakor.db.UtcDateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_pause")),
    )
    for name, kind in (("campaign_id", sa.Uuid()), ("queued_at", rakor.db.UtcDateTime()),
                       ("next_try_at", rakor.db.UtcDateTime())):  # fmt: skip
        op.add_column("message", sa.Column(name, kind, nullable=True))
    op.create_index("ix_message_recipient", "message", ["event_id", "recipient_id"])
    op.create_index("ix_message_campaign", "message", ["event_id", "campaign_id", "state"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
