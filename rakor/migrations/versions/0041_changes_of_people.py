"""People by the number of their last change: a desk that asks what is new reads no more than that"""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_registration_change", "registration", ["event_id", "change_seq"])


def downgrade() -> None:
    raise RuntimeError("rakor does not go back: restore the backup taken before the upgrade")
