"""The supervisor, with a real server on a free loopback port."""

import os
import signal
import socket
from pathlib import Path

import pytest

from rakor.serve.children import LONGEST_PAUSE, pause_after
from rakor.upkeep.address import base_url_of, problem_of
from tests.cli.running import Running, child, children_of, eventually, rakor, serving, status


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("https://rakor.contoh.go.id", True),
        ("http://rakor.contoh.go.id", False),
        ("http://0.0.0.0:8000", False),
        ("ftp://rakor.contoh.go.id", False),
        ("https://rakor.contoh.go.id/sub", False),
        ("https://rakor.contoh.go.id:x", False),
        ("rakor.contoh.go.id", False),
    ],
)
def test_plain_http_stays_on_this_machine(url: str, fits: bool) -> None:
    assert (problem_of(url) is None) is fits


def test_the_base_url_follows_host_and_port_unless_it_is_given() -> None:
    assert base_url_of("127.0.0.1", 8123, {}) == "http://127.0.0.1:8123"
    assert base_url_of("::1", 8123, {}) == "http://[::1]:8123"
    assert base_url_of("0.0.0.0", 80, {"RAKOR_BASE_URL": "https://rakor.contoh.go.id/"}) == "https://rakor.contoh.go.id"


def test_the_pause_grows_and_ends() -> None:
    pauses = [pause_after(failures) for failures in range(1, 12)]
    assert pauses[:4] == [0.5, 1.0, 2.0, 4.0]
    assert max(pauses) == LONGEST_PAUSE


def test_a_backup_is_put_back_while_it_serves(tmp_path: Path) -> None:
    """One command: the server rests, the data is as it was saved, the server goes on by itself; both children anew."""
    with serving(tmp_path / "instance") as running:
        pid, folder = running.process.pid, tmp_path / "saved"
        assert rakor(tmp_path / "instance", "user", "add", "sari@example.com", "Sari", typed="x" * 20).returncode == 0
        saved = rakor(tmp_path / "instance", "backup", str(folder))
        assert saved.returncode == 0, saved.stderr
        assert rakor(tmp_path / "instance", "user", "add", "joko@example.com", "Joko", typed="x" * 20).returncode == 0
        assert eventually(lambda: child(pid, "worker") is not None)
        before = set(children_of(pid))
        archive = str(next(folder.iterdir()))
        unasked = rakor(tmp_path / "instance", "restore", archive)
        assert unasked.returncode == 1
        assert "--replace" in unasked.stderr
        assert set(children_of(pid)) == before, "nothing rests for what is refused"
        done = rakor(tmp_path / "instance", "restore", archive, "--replace")
        assert done.returncode == 0, done.stderr
        assert "rakor serves again." in done.stdout
        assert eventually(running.answers)
        assert eventually(lambda: child(pid, "worker") is not None)
        assert not before & set(children_of(pid))
        again = rakor(tmp_path / "instance", "user", "add", "joko@example.com", "Joko", typed="x" * 20)
        assert again.returncode == 0, "Joko came after the backup"
        known = rakor(tmp_path / "instance", "user", "add", "sari@example.com", "Sari", typed="x" * 20)
        assert known.returncode != 0
        assert "going on" in running.log.read_text()


def test_what_dies_comes_back_and_all_stop_together(tmp_path: Path) -> None:
    with serving(tmp_path / "instance") as running:
        pid = running.process.pid
        for word in ("worker", "web"):
            assert eventually(lambda word=word: child(pid, word) is not None)
            old = child(pid, word)
            assert old is not None
            os.kill(old, signal.SIGKILL)
            assert eventually(lambda word=word, old=old: child(pid, word) not in (None, old)), running.log.read_text()
        assert eventually(running.answers)
        grandchildren = [g for c in children_of(pid) for g in children_of(c)]
        family = [*children_of(pid), *grandchildren]
        assert running.stop() < 5
        assert eventually(lambda: not any(Path(f"/proc/{number}").exists() for number in family), 20)
    assert running.process.returncode == 0


def test_whoever_holds_the_turn_is_not_stopped_by_who_waits_for_it(tmp_path: Path) -> None:
    with serving(tmp_path / "instance") as running:
        web = child(running.process.pid, "web")
        assert web is not None
        assert eventually(lambda: len(children_of(web)) > 1)
        assert {os.sched_getscheduler(one) for one in (web, *children_of(web))} == {os.SCHED_BATCH}


def test_children_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    with serving(tmp_path / "instance") as running:
        assert eventually(lambda: child(running.process.pid, "worker") is not None)
        family = list(children_of(running.process.pid))
        assert len(family) == 2
        running.stop(signal.SIGKILL)
        assert eventually(lambda: status(running.port) is None)
        assert eventually(lambda: not any(Path(f"/proc/{number}").exists() for number in family))


def test_the_log_holds_no_secret_of_a_link(tmp_path: Path) -> None:
    with serving(tmp_path / "instance", "--no-worker") as running:
        for letter in "oplsv":
            status(running.port, f"/{letter}/rahasiarahasiarahasiarahas?x=rahasia")
        status(running.port, "/a%0Ab%22c")
        status(running.port, "/patterns?token=rahasia")
        assert eventually(lambda: "/patterns" in running.log.read_text())
        assert child(running.process.pid, "worker") is None
    log = running.log.read_text()
    assert "GET /o/…" in log
    assert '"GET /a\\nb%22c" 404' in log, "what somebody asks for writes no line of its own"
    assert "rahasia" not in log


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = rakor(tmp_path / "instance", "serve", "--port", str(taken.getsockname()[1]))
    assert answer.returncode == 2
    assert "cannot listen" in answer.stderr
    assert "--port" in answer.stderr


def test_listening_everywhere_needs_an_address(tmp_path: Path) -> None:
    answer = rakor(tmp_path / "instance", "serve", "--host", "0.0.0.0", "--port", "0")
    assert answer.returncode == 2
    assert "RAKOR_BASE_URL" in answer.stderr


def test_a_broken_database_stops_the_start(tmp_path: Path) -> None:
    running = Running(tmp_path / "instance")
    running.stop(signal.SIGKILL)
    (tmp_path / "instance" / "rakor.sqlite3").write_bytes(b"this is no database" * 100)
    answer = rakor(tmp_path / "instance", "serve", "--port", str(running.port))
    assert answer.returncode == 1
    assert "was not started" in answer.stderr
