"""Note takers in real browsers: they write into the same minutes, lose the network, close the tab and come back."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from bench._hall import build, environment
from bench._serving import free_port, serving
from bench.public import BROWSERS
from rakor import clock, config
from rakor.accounts import routes as accounts_routes
from rakor.accounts import store as accounts
from rakor.accounts.rules import Role
from rakor.agenda import store as agenda
from rakor.agenda.rules import AgendaKind
from rakor.agenda.store import ItemDraft
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.events.models import EventDay, Grant
from rakor.minutes.store import notes

PAUSE_MS = 25
SENTENCE = re.compile(r"<\d-\d{3}>")
# one sentence more: into a note that stands already, or as a new one; what is in conflict is joined first
WRITE = """([sentence, roll, shared]) => {
  const page = document.querySelector('[data-module="minutes/notes"]');
  const conflict = [...page.querySelectorAll('[data-conflict]:not([aria-busy])')][0];
  if (conflict && roll < 0.5) conflict.querySelector(':scope > [data-edit]')?.requestSubmit();
  const forms = [...page.querySelectorAll('[data-list] [data-typed]')];
  const begins = forms.length < shared || roll > 0.95;
  const into = begins ? page.querySelector('[data-new]') : forms[Math.floor(roll * forms.length)];
  const field = into.elements.text;
  if (into.dataset.new === undefined) into.closest('details').open = true;
  field.value = (field.value + ' ' + sentence).trim();
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  if (into.dataset.new !== undefined || (roll * 1000) % 10 < 6) into.requestSubmit();
  return Boolean(conflict);
}"""
# how much is left in this browser's log, of closed tabs too
LEFT = """async () => {
  const name = 'rakor-minutes-' + document.querySelector('[data-log]').dataset.log;
  const base = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); });
  const left = await new Promise((ok) => {
    const r = base.transaction('edits').objectStore('edits').count(); r.onsuccess = () => ok(r.result); });
  base.close();
  return left;
}"""
READY = "() => document.querySelector('[data-ready]')"


@dataclass(frozen=True)
class Desk:
    """A served session: where its minutes are written, and the cookie of each writer."""

    settings: config.Config
    event_id: UUID
    item_id: UUID
    cookies: list[tuple[str, str]]

    @property
    def url(self) -> str:
        """The address of its minutes."""
        return f"{self.settings.base_url}/events/{self.event_id}/minutes/{self.item_id}"

    def sentences(self) -> str:
        """Return all that the notes say now, both texts of a conflict too."""
        with create_app(self.settings).app_context():
            said = " ".join(h.text for n in notes.notes_of(self.event_id, self.item_id) for h in n.heads)
            db.engine.dispose()
        return said

    def counts(self) -> dict[str, int]:
        """Return how many edits and notes there are, and how many notes still say several things."""
        with create_app(self.settings).app_context():
            found = notes.notes_of(self.event_id, self.item_id)
            edits = len(notes.edits(self.event_id, self.item_id))
            db.engine.dispose()
        return {"edits_stored": edits, "notes": len(found), "open_conflicts": sum(n.in_conflict for n in found)}


@contextmanager
def desks(writers: int, sessions: int) -> Iterator[list[Desk]]:
    """Serve an event with so many sessions and note takers, on SQLite."""
    with TemporaryDirectory() as folder:
        port, instance = free_port(), Path(folder)
        hall = build(instance, f"sqlite:///{instance / 'rakor.db'}", port, 1, 0)
        with create_app(hall.settings).app_context():
            cookies = _note_takers(writers)
            found = [_session(hall.settings, number, cookies) for number in range(sessions)]
            db.engine.dispose()
        with serving(["rakor.cli", "web"], environment(hall), port):
            yield found


def _session(settings: config.Config, number: int, cookies: list[tuple[str, str]]) -> Desk:
    with transaction(unaudited="bench") as session:
        day = session.scalars(select(EventDay)).one()
        item_id = agenda.add(day.event_id, ItemDraft(day.id, AgendaKind.SESSION, f"Sesi {number}"), now=clock.now())
    return Desk(settings, day.event_id, item_id, cookies)


def _note_takers(writers: int) -> list[tuple[str, str]]:
    with transaction(unaudited="bench") as session:
        day, cookies = session.scalars(select(EventDay)).one(), []
        for number in range(writers):
            email, name = f"notulis{number}@contoh.test", f"Notulis {number} Contoh"
            user = accounts.create_user(email, name, "x" * 20, now=clock.now())
            session.flush()
            session.add(Grant(
                id=uuid4(), event_id=day.event_id, user_id=user.id, role=Role.NOTE_TAKER, created_at=clock.now(),
                ends_on=day.held_on.replace(year=day.held_on.year + 1),
            ))  # fmt: skip
            cookies.append((accounts_routes.cookie_name(), accounts.start_session(user.id, now=clock.now())))
    return cookies


@dataclass
class Writer:
    """One note taker with a browser profile of their own."""

    where: Desk
    number: int
    context: Any
    page: Any = None
    online: bool = True
    said: list[str] = field(default_factory=list)

    def open(self) -> None:
        """Come (back) to the minutes, with a network."""
        self.cut(online=True)
        self.page = self.context.new_page()
        self.page.goto(self.where.url)
        self.page.wait_for_function(READY)

    def write(self, chance: Random, shared: int) -> bool:
        """Add a sentence somewhere, as a rule to one of ``shared`` notes; whether the page shows a conflict."""
        sentence = f"<{self.number}-{len(self.said):03}>"
        self.said.append(sentence)
        return bool(self.page.evaluate(WRITE, [sentence, chance.random(), shared]))

    def wait(self) -> None:
        """Wait until all that was written here is on the server; TimeoutError after a minute."""
        for _ in range(300):
            if self.page.evaluate(LEFT) == 0:
                return
            self.page.wait_for_timeout(200)
        raise TimeoutError("something is left in the log")

    def cut(self, *, online: bool) -> None:
        """Lose the network, or find it again."""
        self.context.set_offline(not online)
        self.online = online


@dataclass(frozen=True)
class Weather:
    """How often the network goes or comes and a tab is closed, for each edit; how many notes are shared."""

    cut: float = 0.06
    closed: float = 0.02
    shared: int = 10


def drill(where: Desk, edits: int, chance: Random, weather: Weather, sown: str = "") -> dict[str, Any]:
    """Let everybody write ``edits`` sentences, with cuts and closed tabs; returns what was lost and what happened."""
    from playwright.sync_api import sync_playwright

    happened = {"cuts": 0, "closed_tabs": 0, "conflicts_seen": 0}
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        writers = [Writer(where, number, browser.new_context(locale="id-ID")) for number in range(len(where.cookies))]
        for writer, (name, value) in zip(writers, where.cookies, strict=True):
            writer.context.add_cookies([{"name": name, "value": value, "url": where.url}])
            writer.context.add_init_script(sown)
            writer.open()
        for _turn in range(edits):
            for writer in writers:
                happened["conflicts_seen"] += writer.write(chance, weather.shared)
                _misfortune(writer, chance, weather, happened)
            writers[0].page.wait_for_timeout(PAUSE_MS)
        for writer in writers:
            writer.cut(online=True)
        for writer in writers:
            writer.wait()
        browser.close()
    whole = set(SENTENCE.findall(where.sentences()))
    said = {sentence for writer in writers for sentence in writer.said}
    return {"sentences": len(said), "lost": len(said - whole), **happened, **where.counts()}


def _misfortune(writer: Writer, chance: Random, weather: Weather, happened: dict[str, int]) -> None:
    """Now and then the network goes, comes back, or the tab is closed in the middle, with the network gone."""
    if chance.random() < weather.cut:
        writer.cut(online=not writer.online)
        happened["cuts"] += not writer.online
    if chance.random() < weather.closed:
        writer.page.close()
        writer.open()
        happened["closed_tabs"] += 1
