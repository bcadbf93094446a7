"""rakor upgrade, rakor migration."""

from argparse import Namespace

from rakor import upgrade as schema
from rakor.app import create_app


def upgrade(chosen: Namespace) -> int:
    """Bring the database to the newest schema."""
    with create_app().app_context():
        schema.upgrade()
    return 0


def migration(chosen: Namespace) -> int:
    """Write a migration from the models."""
    with create_app().app_context():
        schema.make_migration(chosen.message, chosen.number)
    return 0
