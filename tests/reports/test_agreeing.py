"""The numbers on every screen and paper agree with each other for the demo event.

Read from what leaves: pages, texts, workbooks; of the picture and the daftar hadir from the values that are drawn.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor import clock
from rakor.accounts import routes as accounts_routes
from rakor.accounts import store as accounts
from rakor.accounts.rules import Role
from rakor.agenda import store as agenda
from rakor.db import db, transaction
from rakor.demo import worlds
from rakor.documents import store as papers
from rakor.documents.rules import Choice, ListKind
from rakor.events.models import Event, EventDay, Grant
from rakor.portal import cache, entries
from rakor.reports import card, summary
from rakor.reports.activity import jobs as activity
from rakor.reports.activity.rules import Facts, Grid
from rakor.reports.pages import counted
from tests.books import rows_of
from tests.conftest import Client, _empty_sqlite

PEOPLE = 200
Seen = dict[str, tuple[int, ...]]


@pytest.fixture
def world(lite: Flask, moment: datetime) -> Iterator[tuple[Event, FlaskClient]]:
    """The running demo event and its organiser."""
    summary.forget()
    cache.forget()
    kept = lite.config["RAKOR"].instance / "worlds.sqlite3"
    lite.test_client_class = Client
    if kept.exists():
        _empty_sqlite(lite, kept.name)
    with lite.test_request_context():
        if not kept.exists():
            worlds.make(PEOPLE, fresh=False, now=moment)
        event = db.session.scalars(select(Event).where(Event.demo_world == "live")).one()
        owner = select(Grant.user_id).where(Grant.event_id == event.id, Grant.role == Role.OWNER)
        with transaction():
            token = accounts.start_session(db.session.scalars(owner.limit(1)).one(), now=clock.now())
        browser = lite.test_client()
        browser.set_cookie(accounts_routes.cookie_name(), token, domain="localhost")
        yield event, browser


def text_of(html: str) -> str:
    """Return what is read on a page, without its tags, spaces single."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u2060", ""))


def figures(text: str, pattern: str) -> tuple[int, ...]:
    """Return the figures that a sentence holds; fails where it is not said."""
    found = re.search(pattern, text)
    assert found, f"{pattern!r} is not said in {text[:3000]}"
    return tuple(int(part.replace(".", "")) for part in found.groups())


def said_everywhere(event: Event, browser: FlaskClient) -> Seen:
    """Return present, invited (and what else each says) of every page, text, picture and workbook."""
    base = f"/events/{event.id}"
    leader = str(entries.path_of(entries.Who.LEADER))

    def page(path: str) -> str:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        return text_of(answer.text)

    def sheet(path: str) -> list[list[object]]:
        answer = browser.post(path)
        assert answer.status_code == 200, path
        return rows_of(answer)

    whole_line = r"Seluruhnya ([\d.]+) (?:[\d.]+ ){3}([\d.]+)"
    sentence = r"Hadir ([\d.]+) dari ([\d.]+) kursi \(luring ([\d.]+), daring ([\d.]+)\)"
    words = page(f"{base}/recap/words")
    face = dict(card.face(event, counted(event)).numbers)
    seen: Seen = {
        "summary": figures(page(base), r"([\d.]+) hadir dari ([\d.]+) kursi"),
        "coverage": figures(page(f"{base}/coverage"), r"([\d.]+) hadir dari ([\d.]+) kursi"),
        "leader": figures(page(leader), sentence)[:2],
        "chat": figures(words, sentence)[:2],
        "speech": figures(words, r"saat ini hadir ([\d.]+) dari ([\d.]+) kursi"),
        "wall": figures(page(f"{base}/board"), r"Hadir pada .*? ([\d.]+) dari ([\d.]+) kursi"),
        "leader's wall": figures(page(f"{leader}/board"), r"Hadir pada .*? ([\d.]+) dari ([\d.]+) kursi"),
        "picture": (int(face["Hadir"].replace(".", "")), int(face["Diundang"].replace(".", ""))),
        "public": figures(page(f"/e/{event.slug}/counts"), r"Seluruhnya ([\d.]+) [\d.]+ ([\d.]+)")[::-1],
    }
    for by in ("province", "regency", "office", "mode"):
        _head, *lines, whole = sheet(f"{base}/recap/sheets?by={by}")
        columns = list(zip(*[line[2:] for line in lines], strict=True))
        assert [sum(map(int, column)) for column in columns] == list(map(int, whole[2:])), by
        seen[f"workbook by {by}"] = (int(whole[6]), int(whole[2]))
        seen[f"page by {by}"] = figures(page(f"{base}/recap?by={by}"), whole_line)[::-1]
    *_provinces, whole = sheet(f"{base}/coverage/sheets")
    seen["workbook of the map"] = (int(whole[8]), int(whole[4]))
    return seen


def test_every_screen_and_paper_says_the_same(world: tuple[Event, FlaskClient]) -> None:
    event, browser = world
    found = counted(event)
    truth = (found.count.present, found.count.invited)
    assert 0 < truth[0] < truth[1]
    seen = said_everywhere(event, browser)
    assert {where: said for where, said in seen.items() if said != truth} == {}
    # the daftar hadir has a line for each seat whose holder was there
    focus = found.focus
    assert focus is not None
    day = select(EventDay.id).where(EventDay.event_id == event.id, EventDay.held_on == focus.held_on)
    choice = Choice(ListKind.PARTICIPANTS, db.session.scalars(day).one(), focus.item_id)
    rows, _open = papers.list_rows(event, choice)
    there = [row for row in rows if row.present and row.seat]
    assert len(there) == truth[0]
    assert len({row.person for row in rows if row.present}) == found.heads.total


def test_every_session_is_counted_alike_on_page_workbook_and_report(world: tuple[Event, FlaskClient]) -> None:
    """Seats in the recap, its workbook and the activity report; people on the page of sessions; and who never came."""
    event, browser = world
    base, found = f"/events/{event.id}", counted(event)
    assert found.focus is not None
    truth = (found.count.present, found.count.onsite, found.count.online)
    assert min(truth) > 0

    def read(path: str) -> str:
        return text_of(browser.get(path).text)

    report = activity.read(event, [])
    grids = [block for one in report.chapters for block in one.blocks if isinstance(block, Grid)]
    [of_report] = [grid.rows for grid in grids if grid.head[1] == "Hari atau sesi"]
    of_book = [line for line in rows_of(browser.post(f"{base}/recap/sheets?by=session")) if line[0]]
    of_page = read(f"{base}/recap?by=session")
    programme = {item.id: item for item in agenda.programme(event.id, agenda.EVERYTHING)}
    name = programme[found.focus.item_id].title if found.focus.item_id else ""
    assert name
    told = {
        "report": [tuple(number(cell) for cell in row[2:]) for row in of_report if row[1] == name],
        "workbook": [tuple(map(int, line[6:9])) for line in of_book if name in line],
        "page": [figures(of_page, rf"{re.escape(name)} (?:[\d.]+ ){{4}}([\d.]+) ([\d.]+) ([\d.]+)")],
    }
    assert told == {where: [truth] for where in told}
    people = figures(read(f"{base}/presence/sessions"), rf"{re.escape(name)}.*?WIB ([\d.]+)")
    assert people == (found.heads.total,)

    # whoever ever came, whoever will not, and whoever never did are all who are invited
    [said] = [dict(block.pairs) for one in report.chapters for block in one.blocks if isinstance(block, Facts)
              and "Konfirmasi" in dict(block.pairs)]  # fmt: skip
    came = number(said["Hadir"].split()[0])
    never = figures(read(f"{base}/missing?show=absent&at=ever"), r"([\d.]+) kursi di")[0]
    assert came >= truth[0]
    declined = number(said["Konfirmasi"].split()[-1])
    assert came + declined + never == number(said["Diundang"].split()[0]) == found.count.invited


def number(said: str) -> int:
    """Return a number as papers write it."""
    return int(said.replace(".", ""))
