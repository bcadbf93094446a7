"""Runs the migrations on the database of the current app (``rakor upgrade``)."""

from typing import Any, Literal

from alembic import context

from rakor import models
from rakor.db import Encrypted, UtcDateTime, Word, db

assert models  # every table is known before the comparison


def render(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as what they are in the database, so a migration outlives the class."""
    if kind != "type":
        return False
    plain = {Word: "sa.String(length=32)", Encrypted: "sa.LargeBinary()", UtcDateTime: "rakor.db.UtcDateTime()"}
    return plain.get(type(thing), False)


def run() -> None:
    """Run the migrations in one transaction on the app's engine."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            transactional_ddl=True,
            compare_type=True,
            render_item=render,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
