"""Two machines in one network, on this machine: a server and a phone, each in a network namespace of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

SERVER_ADDRESS, PHONE_ADDRESS = "10.77.0.1", "10.77.0.2"
_numbers = count()


@dataclass(frozen=True)
class Networks:
    """The names of both namespaces, joined by one cable."""

    server: str
    phone: str

    def at_server(self, *command: str) -> list[str]:
        """The command, run where the server is."""
        return ["ip", "netns", "exec", self.server, *command]

    def at_phone(self, *command: str) -> list[str]:
        """The command, run where the phone is."""
        return ["ip", "netns", "exec", self.phone, *command]

    def move_server(self, address: str) -> None:
        """The router hands out another address."""
        _ip("-n", self.server, "addr", "flush", "dev", "hall", "scope", "global")
        _ip("-n", self.server, "addr", "add", f"{address}/24", "dev", "hall")


def missing() -> str:
    """Why there can be no second network here; empty where there can."""
    if not shutil.which("ip") or not shutil.which("certutil"):
        return "no ip or certutil (iproute2, libnss3-tools)"
    name = f"rakor{os.getpid()}t"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    if made.returncode:
        return f"no network namespaces: {made.stderr.decode().strip()}"
    _ip("netns", "del", name)
    return ""


@contextmanager
def two_machines() -> Iterator[Networks]:
    """Make both and the cable between them; take them away afterwards."""
    names = [f"rakor{os.getpid()}{side}{next(_numbers)}" for side in "sp"]
    made = []
    try:
        for name in names:
            _ip("netns", "add", name)
            made.append(name)
        _ip("link", "add", "hall", "netns", names[0], "type", "veth", "peer", "name", "wifi", "netns", names[1])
        for name, device, address in zip(names, ("hall", "wifi"), (SERVER_ADDRESS, PHONE_ADDRESS), strict=True):
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", device)
            _ip("-n", name, "link", "set", device, "up")
            _ip("-n", name, "link", "set", "lo", "up")
        yield Networks(*names)
    finally:
        for name in made:
            subprocess.run(["ip", "netns", "del", name], check=False)


def browser_of(networks: Networks, chromium: Path, folder: Path) -> Path:
    """Return a command that starts Chromium on the phone's side."""
    command = folder / "chromium-of-the-phone"
    command.write_text(f'#!/bin/sh\nexec ip netns exec {networks.phone} {chromium} "$@"\n', encoding="ascii")
    command.chmod(0o755)
    return command


def trust(home: Path, certificate: Path) -> None:
    """Install an authority for the Chromium whose home folder this is, as its settings do."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    certutil = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*certutil, "-N", "--empty-password"], check=True, timeout=60)
    subprocess.run([*certutil, "-A", "-t", "C,,", "-n", "rakor", "-i", str(certificate)], check=True, timeout=60)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)
