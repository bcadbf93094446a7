"""A desk in a real browser against a real server, for the drills of the device. Its camera looks at a canvas."""

import shutil
import sqlite3
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bench._film import lens
from bench._hall import build
from bench._serving import ROOT, free_port, serving
from bench.public import BROWSERS
from rakor import clock
from rakor.app import create_app
from rakor.checkin import names
from rakor.checkin.models import Device
from rakor.db import db
from rakor.qr import qr_png
from rakor.registrations.models import Registration
from rakor.registrations.tickets import code_of

SIZE: Any = {"width": 360, "height": 740}
READY = "() => document.getElementById('isi').dataset.ready && document.getElementById('isi').dataset.known"
FREE = "() => !document.querySelector('[data-part=ready]').hidden"
KEPT_CACHE = "() => caches.match('/desk/shell').then((found) => Boolean(found))"
# the camera is a canvas; `show` puts a picture before it and tells after how long the screen said something
CAMERA = """
  const canvas = document.createElement('canvas'); canvas.width = 640; canvas.height = 480;
  const paper = canvas.getContext('2d');
  const blank = () => { paper.fillStyle = '#ddd'; paper.fillRect(0, 0, 640, 480); };
  blank(); setInterval(() => paper.fillRect(0, 0, 1, 1), 40);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(25);
  window.show = async (address, green) => {
    const image = new Image(); image.src = address; await image.decode();
    const screen = document.querySelector('[data-part=verdict]');
    const said = new Promise((resolve) => { const watch = new MutationObserver(() => {
      if (screen.hidden) return; watch.disconnect(); requestAnimationFrame(() => resolve(performance.now())); });
      watch.observe(screen, { attributes: true }); });
    blank(); const began = performance.now(); paper.drawImage(image, 170, 90, 300, 300);
    const took = await said - began; blank(); if (green) screen.click();
    return { took, verdict: screen.dataset.verdict };
  };
"""


@dataclass(frozen=True)
class Site:
    """A running server with one event: where, the desks' cookies, the codes and names of its people, its database."""

    url: str
    event_id: str
    cookies: Sequence[str]
    codes: Sequence[str]
    names: Sequence[str]
    database: Path

    def picture(self, number: int) -> str:
        """Return the QR of a person as a data address."""
        return "data:image/png;base64," + b64encode(qr_png(self.codes[number], 12)).decode()


@contextmanager
def site(people: int, desks: int = 1) -> Iterator[Site]:
    """Serve a fresh event with ``people`` tickets on SQLite."""
    subprocess.run([sys.executable, "-m", "tools.assets"], cwd=ROOT, check=True, capture_output=True)
    with TemporaryDirectory() as folder:
        port, instance = free_port(), Path(folder)
        database = f"sqlite:///{instance / 'rakor.db'}"
        hall = build(instance, database, port, people, desks)
        with create_app(hall.settings).app_context():
            rows = db.session.execute(select(Registration.event_id, Registration.id, Registration.name)).all()
            codes = [code_of(event, who, 0) for event, who, _ in rows]
        environment = {
            "RAKOR_INSTANCE": str(instance),
            "RAKOR_DATABASE_URL": database,
            "RAKOR_BASE_URL": f"http://127.0.0.1:{port}",
        }
        with serving(["rakor.cli", "web"], environment, port):
            names = [row[2] for row in rows]
            url = f"http://127.0.0.1:{port}"
            yield Site(url, str(rows[0][0]), hall.cookies, codes, names, instance / "rakor.db")


def keep_names(where: Site, more: str = "") -> str:
    """Turn mode daftar on for the desk, ``more`` words beside each name; returns the passphrase that opens them."""
    since_at = clock.now().replace(microsecond=0)
    with closing(sqlite3.connect(where.database, timeout=30)) as database, database:
        database.execute("UPDATE device SET names_since_at = ?", (since_at.strftime("%Y-%m-%d %H:%M:%S.000000"),))
        database.execute("UPDATE registration SET search_key = trim(lower(name) || ' ' || ?)", (more,))
        [(device,)] = database.execute("SELECT id FROM device").fetchall()
    return names.passphrase(Device(id=UUID(device), names_since_at=since_at)) or ""


@contextmanager
def phone(
    play: Any, where: Site, profile: Path, *, slow: int = 1, sown: str = "", video: Path | None = None
) -> Iterator[Any]:
    """Open the desk in a browser with a profile on disk, its CPU ``slow`` times slower; wait until it is ready.

    ``sown`` is a fault: a script that changes what the browser does for the desk. Its camera plays ``video``, if given.
    """
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    switches = ["--no-sandbox", *(lens(video) if video else [])]
    context = play.chromium.launch_persistent_context(
        str(profile), executable_path=found, args=switches, locale="id-ID", viewport=SIZE
    )
    name, value = where.cookies[0].split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": where.url, "httpOnly": True}])
    if video is None:
        context.add_init_script(CAMERA)
    if sown:
        context.add_init_script(sown)
    page = context.pages[0]
    if slow > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    page.goto(f"{where.url}/desk/{where.event_id}")
    page.wait_for_function(READY, timeout=60_000)
    try:
        yield page
    finally:
        with suppress(Exception):  # a drill may have killed it
            context.close()
