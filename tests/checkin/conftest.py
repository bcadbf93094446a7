"""Fixtures of the desks: a hall on both databases, at the moment of the pictures."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from tests.checkin.hall import Hall, open_hall
from tests.conftest import Client


@pytest.fixture
def hall(app: Flask, moment: datetime) -> Iterator[Hall]:
    """An open hall; each test runs on SQLite and on PostgreSQL."""
    app.test_client_class = Client
    with app.app_context():
        yield open_hall(app)


@pytest.fixture
def lite_hall(lite: Flask, moment: datetime) -> Iterator[Hall]:
    """An open hall on SQLite only."""
    lite.test_client_class = Client
    with lite.app_context():
        yield open_hall(lite)
