"""What is found about an installation: each fault has its own line, on the page and at the command line."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from rakor.upkeep import observing, running, words
from rakor.upkeep.rules import Check, Finding, Level, Observed, Word, judge, worst
from tests import cast

NOW = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)
WELL = Observed(
    now=NOW,
    base_url="https://rakor.contoh.go.id",
    database="postgresql",
    version=(16, 2),
    settings=(("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on")),
    database_now=NOW,
    free_bytes=50 * 10**9,
    clock_kept=True,
    working=True,
    backup_at=NOW - timedelta(hours=3),
    backup_bytes=10**8,
)
FAULTS = {
    (Check.DATABASE, Word.SILENT): {"database": ""},
    (Check.DATABASE, Word.OLD): {"version": (14, 9)},
    (Check.SETTINGS, Word.UNSAFE): {"settings": (("fsync", "off"),)},
    (Check.SCHEMA, Word.BEHIND): {"schema_differences": 3},
    (Check.ADDRESS, Word.PLAIN): {"base_url": "http://rakor.contoh.go.id"},
    (Check.ADDRESS, Word.NO_ADDRESS): {"base_url": "rakor"},
    (Check.ADDRESS, Word.ANYWHERE): {"base_url": "https://0.0.0.0"},
    (Check.SECRET, Word.OPEN): {"secret_open": "/x/secret.key"},
    (Check.DISK, Word.FEW): {"free_bytes": 10**9},
    (Check.DISK, Word.HARDLY): {"free_bytes": 10**8},
    (Check.CLOCK, Word.DIFFERS): {"database_now": NOW - timedelta(seconds=90)},
    (Check.CLOCK, Word.UNKEPT): {"clock_kept": False},
    (Check.WORKER, Word.STOPPED): {"working": False},
    (Check.WORKER, Word.LATE): {"waiting_since": NOW - timedelta(minutes=10)},
    (Check.WORKER, Word.FAILED): {"failed_jobs": 2},
    (Check.BACKUP, Word.NONE): {"backup_at": None},
    (Check.BACKUP, Word.OLD): {"backup_at": NOW - timedelta(hours=30)},
}


def test_a_well_installation_is_well() -> None:
    found = judge(WELL)
    assert [one.check for one in found] == [check for check in Check if check is not Check.LAN]
    assert worst(found) is Level.OK


@pytest.mark.parametrize(("said", "change"), FAULTS.items(), ids=lambda one: "-".join(one) if len(one) == 2 else "")
def test_every_fault_has_its_line_and_only_that(said: tuple[Check, Word], change: dict[str, object]) -> None:
    found = judge(replace(WELL, **change))  # type: ignore[arg-type]
    assert [(one.check, one.word) for one in found if one.level is not Level.OK] == [said]


def test_every_finding_has_a_sentence(lite: Flask) -> None:
    with lite.app_context():
        for check, word in {*FAULTS, *((one.check, one.word) for one in judge(WELL))}:
            assert words.sentence(Finding(check, Level.OK, word, "teks", 7, NOW))


def test_an_administrator_sees_it_and_nobody_else(people: cast.Cast) -> None:
    page = people.browser("admin").get("/status")
    assert page.status_code == 200
    assert "Keadaan sistem" in page.text
    assert "Belum pernah. Jalankan `rakor backup FOLDER`" in page.text
    assert people.browser("sari").get("/status").status_code == 403


def test_a_worker_is_seen_while_it_lives(lite: Flask) -> None:
    instance = lite.config["RAKOR"].instance
    with lite.app_context():
        assert not observing.observe().working
        held = running.hold(instance, running.WORKING)
        assert observing.observe().working
        os.close(held)
        assert not observing.observe().working
