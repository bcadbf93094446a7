"""The schema: brought to the newest migration, made, or compared with the models."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from rakor.db import db

FOLDER = Path(__file__).parent / "migrations"


def _config() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(FOLDER))
    return settings


def upgrade(revision: str = "head") -> None:
    """Bring the current app's database up to ``revision``, the newest by default; nothing where it is there already."""
    command.upgrade(_config(), revision)


def make_migration(message: str, number: str) -> None:
    """Write a migration from the difference between the models and the current app's database."""
    command.revision(_config(), message, autogenerate=True, rev_id=number)


def differences(engine: Engine) -> list[object]:
    """Return what the models say and the database lacks, or the other way round; empty where they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))
