"""Quota pools, offers, and answers to applicants"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

import rakor.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quota_pool",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_rest", sa.Boolean(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=True),
        sa.Column("provinces", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("size IS NULL OR used <= size", name=op.f("ck_quota_pool_used_within_size")),
        sa.CheckConstraint("used >= 0", name=op.f("ck_quota_pool_used_not_negative")),
        sa.ForeignKeyConstraint(
            ["event_id", "role_id"],
            ["event_role.event_id", "event_role.id"],
            name=op.f("fk_quota_pool_event_id_role_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_quota_pool_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_pool")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_quota_pool_event_id_id")),
    )
    op.create_table(
        "pool_member",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.Column("offered_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("offer_expires_at", rakor.db.UtcDateTime(), nullable=True),
        sa.Column("lapse_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "pool_id"],
            ["quota_pool.event_id", "quota_pool.id"],
            name=op.f("fk_pool_member_event_id_pool_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_pool_member_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_pool_member")),
    )
    op.create_index("ix_pool_member_pool", "pool_member", ["event_id", "pool_id"], unique=False)
    op.create_table(
        "registration_decision",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", rakor.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "registration_id"],
            ["registration.event_id", "registration.id"],
            name=op.f("fk_registration_decision_event_id_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_registration_decision")),
    )
    op.add_column("event", sa.Column("offer_hours", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("self_service_until_at", rakor.db.UtcDateTime(), nullable=True))
    _one_pool_each(op.get_bind())
    # not in a batch: on SQLite that would drop the table, and every row that hangs on it
    op.drop_column("event", "registered_count")
    op.drop_column("event", "capacity")


def _one_pool_each(connection: sa.Connection) -> None:
    """Move the one quota an event had into a pool for everybody, and those who registered by the form into it."""
    event = sa.table("event", sa.column("id", sa.Uuid()), sa.column("capacity", sa.Integer()))
    person = sa.table(
        "registration",
        sa.column("id", sa.Uuid()),
        sa.column("event_id", sa.Uuid()),
        sa.column("source", sa.String()),
        sa.column("state", sa.String()),
    )
    pool = sa.table(
        "quota_pool",
        sa.column("id", sa.Uuid()),
        sa.column("event_id", sa.Uuid()),
        sa.column("name", sa.String()),
        sa.column("is_rest", sa.Boolean()),
        sa.column("provinces", sa.JSON()),
        sa.column("size", sa.Integer()),
        sa.column("used", sa.Integer()),
        sa.column("position", sa.Integer()),
    )
    member = sa.table(
        "pool_member",
        sa.column("registration_id", sa.Uuid()),
        sa.column("event_id", sa.Uuid()),
        sa.column("pool_id", sa.Uuid()),
        sa.column("lapse_count", sa.Integer()),
    )
    for event_id, capacity in connection.execute(sa.select(event.c.id, event.c.capacity)).all():
        mine = sa.select(person.c.id, person.c.state).where(person.c.event_id == event_id, person.c.source == "open")
        people = connection.execute(mine).all()
        used = sum(state in ("registered", "confirmed") for _id, state in people)
        row = {
            "id": uuid4(),
            "event_id": event_id,
            "name": "",
            "is_rest": True,
            "provinces": [],
            "size": None if capacity is None else max(capacity, used),
            "used": used,
            "position": 0,
        }
        connection.execute(sa.insert(pool).values(**row))
        members = [
            {"registration_id": who, "event_id": event_id, "pool_id": row["id"], "lapse_count": 0} for who, _ in people
        ]
        if members:
            connection.execute(sa.insert(member), members)


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
