"""The migrations make exactly what the models say, on both databases, and running them again changes nothing."""

from pathlib import Path

import pytest

from rakor import upgrade
from rakor.app import create_app
from rakor.db import db
from tests.conftest import settings
from tools import postgres


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_migrations_and_models_agree(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    if kind == "postgresql":
        url = postgres.create_database(request.getfixturevalue("postgres_server"), f"migrated_{tmp_path.name[-12:]}")
    app = create_app(settings(tmp_path, url))
    with app.app_context():
        upgrade.upgrade()
        upgrade.upgrade()
        assert upgrade.differences(db.engine) == []
        db.session.remove()
        db.engine.dispose()
