"""Relays: events kept for another server, and the desks behind a relay"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("is_relay", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("device", sa.Column("relay_id", sa.Uuid(), nullable=True))
    op.create_table(
        "upstream",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(200), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("ticket_key", sa.LargeBinary(), nullable=True),
        sa.Column("seal_point", sa.LargeBinary(65), nullable=False),
        sa.Column("frame", sa.String(64), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=True),
        sa.Column("pulled_seq", sa.BigInteger(), nullable=False),
        sa.Column("sent_seq", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_upstream_event_id_event", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name="pk_upstream"),
    )
    op.create_table(
        "upstream_mark",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("own_seq", sa.BigInteger(), nullable=False),
        sa.Column("upstream_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_upstream_mark_event_id_event", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "own_seq", name="pk_upstream_mark"),
    )
    op.create_table(
        "upstream_hold",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_upstream_hold_event_id_event", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("scan_id", "digest", name="pk_upstream_hold"),
    )


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
