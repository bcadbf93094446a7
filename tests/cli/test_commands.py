"""rakor user add, check, audit, upgrade."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from rakor import config
from rakor.accounts import store as accounts
from rakor.app import create_app
from rakor.db import db
from tests.cli.running import rakor

PASSWORD = "kata sandi yang panjang"


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("instance")
    assert rakor(folder, "upgrade").returncode == 0
    return folder


def test_upgrading_twice_changes_nothing(instance: Path) -> None:
    assert rakor(instance, "upgrade").returncode == 0
    assert "fit to serve" in rakor(instance, "check").stdout


def test_the_first_administrator_comes_by_the_command_line(instance: Path) -> None:
    added = rakor(instance, "user", "add", "--admin", "Sari@Contoh.test", "Sari Contoh", typed=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    again = rakor(instance, "user", "add", "sari@contoh.test", "Sari Contoh", typed=f"{PASSWORD}\n")
    assert again.returncode == 1
    assert "account already" in again.stderr
    short = rakor(instance, "user", "add", "rina@contoh.test", "Rina Contoh", typed="pendek\n")
    assert short.returncode == 1
    with create_app(config.from_environment(instance=instance, base_url="http://localhost")).app_context():
        user = accounts.user_by_email("sari@contoh.test")
        assert user is not None
        assert user.is_admin
        assert accounts.password_fits(user, PASSWORD)
        assert accounts.user_by_email("rina@contoh.test") is None


def test_a_forgotten_password_is_set_anew_by_command(instance: Path) -> None:
    rakor(instance, "user", "add", "joko@contoh.test", "Joko Contoh", typed=f"{PASSWORD}\n")
    new = "kereta pagi lewat Cilacap"
    assert rakor(instance, "user", "password", "Joko@contoh.test", typed=f"{new}\n").returncode == 0
    unknown = rakor(instance, "user", "password", "tiada@contoh.test", typed=f"{new}\n")
    assert unknown.returncode == 1
    assert "Nobody has" in unknown.stderr
    with create_app(config.from_environment(instance=instance, base_url="http://localhost")).app_context():
        user = accounts.user_by_email("joko@contoh.test")
        assert accounts.password_fits(user, new)
        assert not accounts.password_fits(user, PASSWORD)


def test_audit_finds_a_changed_entry(instance: Path) -> None:
    rakor(instance, "user", "add", "lena@contoh.test", "Lena Contoh", typed=f"{PASSWORD}\n")
    assert rakor(instance, "audit").returncode == 0
    app = create_app(config.from_environment(instance=instance, base_url="http://localhost"))
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entry SET action = 'user.nothing' WHERE number = 1"))
    found = rakor(instance, "audit")
    assert found.returncode == 1
    assert "changed" in found.stderr


def test_check_says_what_is_wrong(instance: Path, tmp_path: Path) -> None:
    empty = rakor(tmp_path / "new", "check")
    assert empty.returncode == 1
    assert "rakor upgrade" in empty.stderr
    plain = rakor(instance, "check", RAKOR_BASE_URL="http://rakor.contoh.go.id")
    assert plain.returncode == 1
    assert "plain http" in plain.stderr
    os.chmod(instance / "secret.key", 0o644)
    assert "chmod 600" in rakor(instance, "check").stderr
    os.chmod(instance / "secret.key", 0o600)
