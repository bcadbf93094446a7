"""300 hostile names, titles, addresses and texts through every kind of message: the mail keeps its shape.

Compared with the mail of a harmless person: the same headers in the same order, the same MIME parts, one recipient,
links to us alone, and nothing of a bait that a mail program would make a link of. An address with a line break in it,
or with two addresses, is no address: there is no mail.
"""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sqlalchemy import update

from bench import _post
from bench._letters import Cast, build, dress
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.messages import campaign_letters, delivery, letters, to_speakers, values
from rakor.messages.models import Message
from rakor.messages.rules import Kind
from rakor.registrations.models import Registration

WHAT = "300 hostile names, titles and addresses in every kind of message: headers, MIME parts and links as the baseline"
COUNT, FEW = 300, 24
HOST = "jahat.test"
BAITS = (
    "https://jahat.test/masuk", "HTTP://JAHAT.TEST", "www.jahat.test", "jahat.test/tiket", "korban@jahat.test",
    "mailto:korban@jahat.test", "//jahat.test", "<a href='https://jahat.test'>tiket</a>", "[tiket](https://jahat.test)",
    "<img src=//jahat.test/x.png>", "</p><script src=//jahat.test></script>", "x\r\nBcc: korban@jahat.test",
    "x\nContent-Type: text/html\n\nhttps://jahat.test", "\u2028Bcc: korban@jahat.test", "x\x00jahat.test",
    "=?utf-8?q?=0D=0ABcc:_korban=40jahat.test?=", "{tautan} jahat.test", "{{7*7}} jahat.test", "%(tautan)s jahat.test",
    "\u202ejahat.test\u202c", "--boundary\r\nContent-Type: text/html\r\n\r\njahat.test", "jahat\u3002test jahat.test",
    "tel:+62jahat.test", "javascript:jahat.test", "data:text/html,jahat.test", ".\r\nMAIL FROM:<korban@jahat.test>",
)  # fmt: skip
WRAPS: tuple[Callable[[str], str], ...] = (
    str, lambda bait: f"Agustina {bait}", lambda bait: f"{bait}, S.H.", lambda bait: f"({bait})",
    lambda bait: f"\"{bait}\" Contoh", lambda bait: f"'{bait}'", lambda bait: f"Ny. {bait} Contoh, M.Si.",
    lambda bait: f"{bait} {bait}", lambda bait: bait.upper(), lambda bait: f"*{bait}*", lambda bait: f"x{bait}",
    lambda bait: f"\t{bait}\t",
)  # fmt: skip
ADDRESSES = (
    "a@contoh.test\r\nBcc: korban@jahat.test", "a@contoh.test, korban@jahat.test", "a@contoh.test;korban@jahat.test",
    "<korban@jahat.test> a@contoh.test", "\"x\r\nRCPT TO:<korban@jahat.test>\"@contoh.test", "a@contoh.test\x00",
    "a@contoh.test\nDATA", "Nama <a@contoh.test>", "a@contoh.test korban@jahat.test", "@", "a@", "a b@contoh.test",
)  # fmt: skip
LINKED = re.compile(rf"(?:https?://|www\.|//|@)[^\s<>\"]*{re.escape(HOST)}|\b{re.escape(HOST)}", re.IGNORECASE)


@dataclass
class Anchors(HTMLParser):
    """What an HTML part links to, loads or runs; and the words of its body (a title is shown, not linked)."""

    hrefs: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.in_title = tag == "title"
        self.hrefs += [value or "" for name, value in attrs if name in ("href", "src", "action", "background")]

    def handle_data(self, data: str) -> None:
        """Note its words."""
        if not self.in_title:
            self.words.append(data)


@dataclass(frozen=True)
class Shape:
    """What must not depend on what somebody typed."""

    headers: tuple[str, ...]
    parts: tuple[str, ...]
    recipients: int
    tags: frozenset[str]
    links: int


def run(quick: bool) -> dict[str, Any]:
    """Send the hostile through every kind; the faults must be seen."""
    with tempfile.TemporaryDirectory() as place:
        app = create_app(_post.settings(Path(place), f"sqlite:///{place}/rakor.sqlite3"))
        with app.app_context():
            cast = build(app)
            hostile = [wrap(bait) for bait in BAITS for wrap in WRAPS]
            hostile = hostile[:: len(hostile) // FEW] if quick else hostile[:COUNT]
            broken, made = _all(cast, hostile)
            addresses = _addresses(cast)
            bites = {name: len(_bitten(fault, cast)) for name, fault in FAULTS}
            db.session.remove()
            db.engine.dispose()
    kinds = sorted(cast.messages)
    unseen = sorted(set(Kind) - {name.split("/")[0] for name in kinds})
    return {
        "ok": not broken and not addresses and all(bites.values()) and not unseen,
        "hostile": len(hostile), "kinds": len(kinds), "mails": made, "kinds_unseen": unseen,
        "broken": len(broken), "first_broken": broken[:2],
        "bad_addresses_mailed": len(addresses), "bites": bites, "limits": {"broken": 0, "bad_addresses_mailed": 0},
    }  # fmt: skip


def _all(cast: Cast, hostile: list[str]) -> tuple[list[str], int]:
    """Every kind with every hostile text; what was wrong, and how many mails were looked at."""
    dress(cast, "Agustina Contoh")
    baseline = {name: _shape(_mail(row)) for name, row in cast.messages.items()}
    broken, made = [], 0
    for text in hostile:
        dress(cast, text)
        for name, row in cast.messages.items():
            mail = _mail(row)
            made += 1
            broken += [f"{name}: {what}: {text!r}"[:160] for what in _wrong(mail, baseline[name])]
    return broken, made


def _wrong(mail: EmailMessage, baseline: Shape) -> Iterator[str]:
    found = _shape(mail)
    if found != baseline:
        yield f"{found} is not {baseline}"[:110]
    for part in mail.walk():
        if part.get_content_maintype() != "text" or part.get_content_subtype() == "calendar":
            continue
        content = part.get_content()
        anchors = _anchors(content) if part.get_content_subtype() == "html" else None
        words = " ".join(anchors.words) if anchors else content
        if LINKED.search(words):
            yield "a bait can be clicked"
        if anchors and any(not href.startswith("http://127.0.0.1/") for href in anchors.hrefs):
            yield "a link leads away"
    if any(len(str(value).splitlines()) > 1 for value in mail.values()):
        yield "a header has two lines"


def _anchors(content: str) -> Anchors:
    found = Anchors()
    found.feed(content)
    return found


def _shape(mail: EmailMessage) -> Shape:
    html = next((part.get_content() for part in mail.walk() if part.get_content_type() == "text/html"), "")
    anchors = _anchors(html)
    return Shape(
        headers=tuple(name.lower() for name in mail.keys()),  # noqa: SIM118 - a message has repeated keys
        parts=tuple(part.get_content_type() for part in mail.walk()),
        recipients=len(mail["To"].addresses) if mail["To"] else 0,
        tags=frozenset(anchors.tags - {"br"}),
        links=len(anchors.hrefs),
    )


def _mail(row: Message) -> EmailMessage:
    said = delivery.written(row)
    assert said is not None
    assert said[1] is not None, row.kind
    read = message_from_bytes(said[1].as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def _addresses(cast: Cast) -> list[str]:
    """Addresses that are none, and were written to all the same."""
    dress(cast, "Agustina Contoh")
    mailed = []
    for address in ADDRESSES:
        with transaction(unaudited="bench") as session:
            session.execute(update(Registration).where(Registration.id == cast.person_id).values(email=address))
        said = delivery.written(cast.messages[Kind.CONFIRMATION])
        if said is not None and said[1] is not None:
            mailed.append(address)
    dress(cast, "Agustina Contoh")
    return mailed


@contextmanager
def _linked() -> Iterator[None]:
    """Names go into mails as they were typed."""
    rooms = [room for room in (letters, values, campaign_letters, to_speakers) if hasattr(room, "unlinked")]
    real = [room.unlinked for room in rooms]
    for room in rooms:
        setattr(room, "unlinked", str)  # noqa: B010
    try:
        yield
    finally:
        for room, one in zip(rooms, real, strict=True):
            setattr(room, "unlinked", one)  # noqa: B010


@contextmanager
def _unescaped() -> Iterator[None]:
    """HTML is written without escaping."""
    from flask import current_app

    environment = current_app.jinja_env
    real, environment.autoescape = environment.autoescape, False
    environment.cache.clear()  # type: ignore[union-attr]
    try:
        yield
    finally:
        environment.autoescape = real
        environment.cache.clear()  # type: ignore[union-attr]
FAULTS: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("names as they were typed", _linked),
    ("HTML without escaping", _unescaped),
)


def _bitten(fault: Callable[[], Any], cast: Cast) -> list[str]:
    with fault():
        return _all(cast, [BAITS[0], BAITS[3], BAITS[7], BAITS[9]])[0]
