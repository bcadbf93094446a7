"""Runs the migrations on the database of the current app (``rakor upgrade``)."""

from alembic import context

from rakor import models
from rakor.db import db

assert models  # every table is known before the comparison


def run() -> None:
    """Run the migrations in one transaction on the app's engine."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            user_module_prefix="rakor.db.",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
