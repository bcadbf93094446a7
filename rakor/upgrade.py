"""The schema: brought to the newest migration, made, or compared with the models.

Alembic is slow to import and needed at the start and by an administrator alone: each function asks for it itself.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from rakor.db import db

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

FOLDER = Path(__file__).parent / "migrations"


def _config() -> "AlembicConfig":
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    return settings


def upgrade(revision: str = "head") -> None:
    """Bring the current app's database up to ``revision``, the newest by default; nothing where it is there already.

    Each migration is named in the log where tables are changed, not where the first ones are made.
    """
    log = logging.getLogger("alembic")
    log.setLevel(logging.WARNING)  # before its import, which speaks of its own parts
    from alembic import command
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    settings = _config()
    with db.engine.connect() as connection:
        before = MigrationContext.configure(connection).get_current_revision()
    if before is not None and before == ScriptDirectory.from_config(settings).as_revision_number(revision):
        return
    log.setLevel(logging.INFO if before else logging.WARNING)
    command.upgrade(settings, revision)


def make_migration(message: str, number: str) -> None:
    """Write a migration from the difference between the models and the current app's database."""
    from alembic import command

    command.revision(_config(), message, autogenerate=True, rev_id=number)


def differences(engine: Engine) -> list[object]:
    """Return what the models say and the database lacks, or the other way round; empty where they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))
