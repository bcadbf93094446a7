"""The installation's own authority, and what `rakor serve --lan` says where it cannot serve phones."""

import socket
import ssl
import subprocess
import sys
import threading
import time
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from rakor.serve import lan, tls
from rakor.upkeep import authority, rules
from rakor.upkeep.rules import Check, Lan, Level, Observed, Word
from tests.cli.running import environment, eventually, free_port, rakor

NOW = datetime.now(UTC)
NAMES = ("192.168.7.5", "rakor.local")


def kept(instance: Path, name: str) -> bytes:
    return (instance / "lan" / f"{name}.pem").read_bytes()


def test_the_authority_is_made_once_and_its_certificates_are_renewed(tmp_path: Path) -> None:
    assert authority.ensure(tmp_path, NAMES, now=NOW) is True
    top, server = kept(tmp_path, "authority"), kept(tmp_path, "server")
    assert authority.ensure(tmp_path, NAMES, now=NOW) is False
    assert (kept(tmp_path, "authority"), kept(tmp_path, "server")) == (top, server)
    assert authority.ensure(tmp_path, ("192.168.7.9",), now=NOW) is False
    assert kept(tmp_path, "authority") == top
    assert kept(tmp_path, "server") != server
    server = kept(tmp_path, "server")
    assert authority.ensure(tmp_path, ("192.168.7.9",), now=NOW + timedelta(days=21)) is False
    assert kept(tmp_path, "server") != server
    assert authority.ensure(tmp_path, NAMES, now=NOW + timedelta(days=729)) is True


def test_the_keys_are_for_rakor_alone(tmp_path: Path) -> None:
    authority.ensure(tmp_path, NAMES, now=NOW)
    folder = tmp_path / "lan"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    standing = authority.standing(tmp_path)
    assert standing is not None
    assert (standing.names, standing.open_file) == (NAMES, "")
    (folder / "authority.pem").chmod(0o644)
    opened = authority.standing(tmp_path)
    assert opened is not None
    assert opened.open_file.endswith("authority.pem")


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("192.168.1.5", True),
        ("10.0.0.1", True),
        ("172.20.10.2", True),
        ("rakor.local", True),
        ("rakor.hotel.lan", True),
        ("fd12::7", True),
        ("8.8.8.8", False),
        ("2001:db8::1", False),
        ("rakor.contoh.go.id", False),
        ("xlocal", False),
        ("", False),
    ],
)
def test_it_vouches_for_local_names_only(name: str, may: bool) -> None:
    assert authority.may_name(name) is may


def hand_shake(instance: Path, name: str) -> str:
    """Connect to a server with the kept certificate as ``name``; the reason of a refusal, or nothing."""
    client = ssl.create_default_context()
    top = authority.authority(instance)
    assert top is not None
    client.load_verify_locations(cadata=top.public_bytes(Encoding.PEM).decode())
    ours, theirs = socket.socketpair()
    context = tls._newest(str(authority.server_file(instance)))

    def serve() -> None:
        try:
            context.wrap_socket(theirs, server_side=True).close()
        except OSError:
            theirs.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        client.wrap_socket(ours, server_hostname=name).close()
    except ssl.SSLCertVerificationError as refusal:
        return refusal.verify_message
    finally:
        ours.close()
        thread.join(10)
    return ""


def test_a_browser_takes_its_certificate_for_the_names_it_carries(tmp_path: Path) -> None:
    authority.ensure(tmp_path, NAMES, now=NOW)
    assert hand_shake(tmp_path, "192.168.7.5") == ""
    assert hand_shake(tmp_path, "rakor.local") == ""
    assert "mismatch" in hand_shake(tmp_path, "192.168.7.6")


@pytest.mark.parametrize("name", ["rakor.contoh.go.id", "8.8.8.8"])
def test_a_stolen_authority_cannot_pretend_to_be_another_site(tmp_path: Path, name: str) -> None:
    authority.ensure(tmp_path, (name,), now=NOW)  # what a thief would do with the key
    assert "permitted subtree" in hand_shake(tmp_path, name)


def test_a_renewed_certificate_counts_without_a_new_start(tmp_path: Path) -> None:
    authority.ensure(tmp_path, ("192.168.7.5",), now=NOW)
    assert hand_shake(tmp_path, "192.168.7.5") == ""
    authority.ensure(tmp_path, ("192.168.7.6",), now=NOW)
    assert hand_shake(tmp_path, "192.168.7.6") == ""


def chosen(**given: object) -> Namespace:
    return Namespace(**{"host": "127.0.0.1", "port": 8000, "setup_port": 8080} | given)


def test_the_address_is_the_network_s_or_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "addresses", lambda: ["192.168.7.5", "10.0.0.4"])
    place = lan.lan_place(chosen(), {}, tmp_path)
    assert not isinstance(place, str)
    assert (place.host, place.base_url, place.setup_url) == (
        "192.168.7.5",
        "https://192.168.7.5:8000",
        "http://192.168.7.5:8080",
    )
    assert place.setup_url in place.welcome
    other = lan.lan_place(chosen(host="10.0.0.4"), {}, tmp_path)
    assert not isinstance(other, str)
    assert other.base_url == "https://10.0.0.4:8000"
    named = lan.lan_place(chosen(), {"RAKOR_BASE_URL": "https://rakor.local:8000"}, tmp_path)
    assert not isinstance(named, str)
    assert named.base_url == "https://rakor.local:8000"
    server = x509.load_pem_x509_certificate(kept(tmp_path, "server"))
    assert set(authority.names_of(server)) == {"rakor.local", "192.168.7.5", "10.0.0.4"}
    assert "no address of this machine" in str(lan.lan_place(chosen(host="10.9.9.9"), {}, tmp_path))
    for url in ("https://rakor.contoh.go.id", "http://192.168.7.5:8000"):
        assert "Caddy" in str(lan.lan_place(chosen(), {"RAKOR_BASE_URL": url}, tmp_path))
    monkeypatch.setattr(lan, "addresses", list)
    assert "needs a network" in str(lan.lan_place(chosen(), {}, tmp_path))


def test_another_address_is_noticed_and_a_lost_network_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = ["192.168.7.5"]
    monkeypatch.setattr(lan, "addresses", lambda: list(now))
    monkeypatch.setattr(lan, "LOOK_EVERY_S", 0.0)
    place = lan.lan_place(chosen(), {}, tmp_path)
    assert not isinstance(place, str)
    watch = lan.Watch(chosen(), {}, tmp_path, place)
    assert watch.moved() is None
    now[:] = []
    assert watch.moved() is None
    now[:] = ["192.168.7.77"]
    moved = watch.moved()
    assert moved is not None
    assert moved.base_url == "https://192.168.7.77:8000"
    assert hand_shake(tmp_path, "192.168.7.77") == ""
    assert watch.moved() is None


UNTIL = NOW + timedelta(days=20)


@pytest.mark.parametrize(
    ("seen", "level", "word"),
    [
        (Lan(("192.168.7.5",), ("192.168.7.5",), UNTIL), Level.OK, Word.WELL),
        (Lan(("192.168.7.5",)), Level.OK, Word.NONE),
        (Lan(()), Level.WARN, Word.NO_NETWORK),
        (Lan(("192.168.7.6",), ("192.168.7.5",), UNTIL), Level.WARN, Word.ELSEWHERE),
        (Lan(("192.168.7.5",), ("192.168.7.5",), NOW), Level.WARN, Word.ENDS),
        (Lan(("192.168.7.5",), ("192.168.7.5",), UNTIL, "/somewhere/authority.pem"), Level.BAD, Word.OPEN),
    ],
)
def test_how_the_check_judges_the_network(seen: Lan, level: Level, word: Word) -> None:
    found = rules.judge(Observed(now=NOW, base_url="http://127.0.0.1:8000", lan=seen))
    assert [(one.level, one.word) for one in found if one.check is Check.LAN] == [(level, word)]


def test_the_check_speaks_of_the_network_when_asked_or_when_it_was_served(tmp_path: Path) -> None:
    assert rakor(tmp_path, "upgrade").returncode == 0
    assert "Local network" not in "".join(rakor(tmp_path, "check").stdout)
    asked = rakor(tmp_path, "check", "--lan")
    assert "Local network" in asked.stdout + asked.stderr
    authority.ensure(tmp_path, ("192.168.254.254",), now=NOW)
    served = rakor(tmp_path, "check")
    assert "Local network" in served.stdout + served.stderr


def test_silent_connections_keep_nobody_waiting(tmp_path: Path) -> None:
    """Browsers open connections before they need them: six of them, and two threads, still leave an answer at once."""
    authority.ensure(tmp_path, ("127.0.0.1",), now=NOW)
    port = free_port()
    words = ["web", "--port", str(port), "--workers", "1", "--threads", "2", "--prepare", "upgrade"]
    command = [sys.executable, "-m", "rakor.cli", *words, "--tls", str(authority.server_file(tmp_path))]
    told = environment(tmp_path, RAKOR_BASE_URL=f"https://127.0.0.1:{port}")
    with (tmp_path / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, env=told, stdout=log, stderr=log)
    silent: list[ssl.SSLSocket] = []
    try:
        assert eventually(lambda: asked(port) is not None), (tmp_path / "log.txt").read_text()
        silent += [connected(port) for _ in range(6)]
        time.sleep(1)
        answer = asked(port, within=3)
        assert answer is not None
        assert answer.startswith(b"HTTP/1.1 200")
        late = silent[0]
        late.sendall(request(port))
        assert late.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        for one in silent:
            one.close()
        process.terminate()
        process.wait(15)


def request(port: int) -> bytes:
    return f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()


def connected(port: int, within: float = 10) -> ssl.SSLSocket:
    """A connection whose handshake is done; whom it meets is not the question here."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), within))


def asked(port: int, within: float = 10) -> bytes | None:
    try:
        with connected(port, within) as client:
            client.sendall(request(port))
            return client.recv(1000)
    except OSError:
        return None
