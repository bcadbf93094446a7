"""Every route × every principal × own and foreign event, walked from the app's own URL map.

What is allowed follows from the policy a route wears (the oracle below), and which policies there are stands in
``tests/policies.txt``, reviewed by a person: widening a role there or here alone is seen. What comes back, in whatever
format, may never hold a canary word of the other event. A new route is in the matrix the moment it exists; a new kind
of URL argument fails until it has an example in ``tests/world.py``.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from rakor.accounts.rules import Role
from rakor.db import db, transaction
from rakor.web.access import Policy, Scope, policy_of
from tests import make
from tests import world as worlds
from tests import world_private as private
from tests.conftest import Client, _empty_postgres
from tests.papers import words_of
from tests.watcher import Watcher
from tests.world import FOREIGN, Side, World

USERS = [*map(str, Role), "stranger", "admin", "foreign_owner", "expired_owner", "disabled_owner", "device"]
pytestmark = pytest.mark.long
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {401, 403, 404}
OTHER_DEVICES = ("/scan/v1/relay/", "/scan/v1/help")  # a relay, a help desk: tests/checkin
# 404 unless the server was started for a hall (tests/cli/test_lan), or the desk keeps names (tests/checkin/test_names);
# and a file that the walk threw away does not come back with its row
SOMETIMES = {"/lan", "/scan/v1/names", "/p/<token>/photo.jpg"}


@dataclass(frozen=True)
class Case:
    """One request: who asks for which rule by which method on which side, with which link's token."""

    rule: Rule
    method: str
    who: str
    side: str
    purpose: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule} as {self.who or self.purpose or 'anonymous'} ({self.side})"


def allowed(policy: Policy, case: Case) -> bool:
    """The oracle: may this principal pass the door of this route? Written from security.md §6, not from the routes."""
    living = case.who not in ("", "disabled_owner", "device")
    if policy.scope is Scope.PUBLIC:
        return True
    if policy.scope is Scope.USER:
        return living
    if policy.scope is Scope.INSTALLATION:
        return case.who == "admin"
    if policy.scope is Scope.EVENT:
        if case.who == "admin":
            return True
        if case.who == "foreign_owner":
            return case.side == "foreign" and Role.OWNER in policy.roles
        return case.side == "own" and case.who in policy.roles
    if policy.scope is Scope.LINK:
        return case.purpose in policy.purposes
    special = case.rule.rule.startswith(OTHER_DEVICES)
    return case.who == "device" and case.side == "own" and not special


def cases(app: Flask) -> Iterator[Case]:
    for rule in app.url_map.iter_rules():
        policy = policy_of(app, rule.endpoint)
        assert policy is not None
        for method in sorted((rule.methods or set()) & set(METHODS)):
            sides = ("own", "foreign") if {"event_id", "slug"} & rule.arguments else ("own",)
            if policy.scope is Scope.LINK:
                for purpose in ("office", "province", "person", "leader", "speaker", "calendar", "nonsense"):
                    yield Case(rule, method, "", "own", purpose)
                continue
            for who in ("", *USERS):
                for side in sides:
                    yield Case(rule, method, who, side)


def ask(world: World, case: Case, policy: Policy) -> tuple[int, str, str]:
    """Send one request and return status, body and where it leads.

    Of those to be refused only a stranger is shown the page that says so: it is the same for everybody.
    """
    side: Side = getattr(world, case.side)
    token = side.tokens.get(case.purpose, "a" * 26)
    url = world.url(case.rule, side, token)
    as_page = case.who == "stranger" or allowed(policy, case)
    headers = {"Accept": "text/html" if as_page else "application/json"}
    answer = world.browser(case.who).open(url, method=case.method, headers=headers)
    return answer.status_code, f"{answer.headers}\n{words_in(answer)}", answer.location or ""


def words_in(answer: TestResponse) -> str:
    """Return every word of an answer: of a workbook its cells, of a paper its text, of an archive its files."""
    if answer.mimetype == "application/pdf":
        return words_of(answer.data) if b"/Page" in answer.data else ""  # the world's own are stand-ins
    if answer.data[:2] == b"PK":
        with ZipFile(BytesIO(answer.data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return answer.data.decode("utf-8", "replace")


def judge(case: Case, policy: Policy, status: int, body: str, location: str) -> str:
    """Return what is wrong with an answer, or nothing."""
    if status >= 500:
        return f"{status}"
    turned_away = status in REFUSED or location.startswith("/login?") or location.endswith("/login")
    may = allowed(policy, case)
    if not may and not turned_away:
        return f"let in with {status}"
    asked_proof = policy.reauth and (location.startswith("/login/proof") or status == 403)
    named_a_thing = bool(case.rule.arguments - {"event_id", "slug", "token"}) or case.rule.rule in SOMETIMES
    if may and turned_away and not asked_proof and not (status == 404 and named_a_thing):
        return f"turned away with {status}"
    seen = FOREIGN in body
    entitled = (case.side == "foreign" and may) or case.who in ("admin", "foreign_owner")
    entitled = entitled or policy.scope is Scope.PUBLIC
    if seen and not entitled:
        return "shows the other event"
    read = private.read_by_others(body, case.who, case.purpose)
    return f"shows {', '.join(read)}" if read else ""


@pytest.fixture
def watcher(walked: World) -> Iterator[Watcher]:
    with closing(Watcher(walked.app)) as watching:
        yield watching


@pytest.fixture
def walked(lite: Flask, moment: object, request: pytest.FixtureRequest) -> World:
    lite.test_client_class = Client
    with lite.app_context():
        made = worlds.build(lite)
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
    folder = lite.config["RAKOR"].instance
    shutil.copy(folder / "rakor.sqlite3", folder / "world.sqlite3")
    return made


def test_every_route_lets_in_exactly_whom_its_policy_names(walked: World, watcher: Watcher) -> None:
    """One walk of everything; and a GET writes nothing, but for the routes that say why."""
    wrong = []
    for case in cases(walked.app):
        policy = policy_of(walked.app, case.rule.endpoint)
        assert policy is not None
        found = judge(case, policy, *ask(walked, case, policy))
        if found:
            wrong.append(f"{case}: {found}")
        if not watcher.wrote():
            continue
        if case.method != "GET":
            watcher.put_back()
        elif allowed(policy, case) and not policy.writes_on_get:
            wrong.append(f"{case}: writes")
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:40])


def test_a_desk_that_searches_reads_names_and_nothing_that_few_may_read(walked: World) -> None:
    found = words_in(walked.browser("device").get("/scan/v1/search?q=orang"))
    assert f"Orang {worlds.OWN}" in found
    assert not private.read_by_others(found, "device", "")


def test_a_private_word_is_seen_however_it_is_written(walked: World) -> None:
    """The page that shows everything to its owner would show it to nobody else."""
    person = walked.own.things["registration_id"]
    data = walked.browser("").get(f"/p/{walked.own.tokens['person']}/data").text
    shown = walked.browser("owner").get(f"/events/{walked.own.event_id}/people/{person}").text
    assert {"a person's number", "a person's NIP", "a person's answer"} <= set(private.read_by_others(data, "desk", ""))
    assert "a person's answer" in private.read_by_others(shown, "leader", "")
    assert private.read_by_others("0812-7777 0011", "", "province") == ["a person's number"]


def test_a_write_is_seen(walked: World, watcher: Watcher) -> None:
    assert not watcher.wrote()
    for _ in range(2):
        with walked.app.app_context(), transaction(unaudited="test"):
            make.institution()
        assert watcher.wrote()
        assert not watcher.wrote()
        watcher.put_back()
        assert not watcher.wrote()


def declared(app: Flask) -> list[str]:
    """Return every route's policy as a line: action, scope, who, and whether the password is asked again."""
    lines = set()
    for rule in app.url_map.iter_rules():
        policy = policy_of(app, rule.endpoint)
        assert policy is not None
        who = ",".join(sorted(map(str, policy.roles | policy.purposes))) or "-"
        asked = " reauth" if policy.reauth else ""
        writes = " writes-on-get" if policy.writes_on_get else ""
        methods = "+".join(sorted((rule.methods or set()) & set(METHODS)))
        lines.add(f"{rule.endpoint} {methods} {policy.scope} {who}{asked}{writes}")
    return sorted(lines)


def test_policies_are_a_reviewed_list(lite: Flask) -> None:
    """A new or changed policy is a decision: change the list with open eyes (RAKOR_REVIEW=1 writes it anew)."""
    path = Path(__file__).parent / "policies.txt"
    if os.environ.get("RAKOR_REVIEW"):
        path.write_text("\n".join(declared(lite)) + "\n", encoding="utf-8")
    assert declared(lite) == path.read_text(encoding="utf-8").splitlines()


def test_every_address_leads_to_one_place(lite: Flask) -> None:
    """Of two routes at one address only the first answers, under its own policy."""
    seen: dict[tuple[str, str], str] = {}
    for rule in lite.url_map.iter_rules():
        for method in (rule.methods or set()) & set(METHODS):
            assert seen.setdefault((rule.rule, method), rule.endpoint) == rule.endpoint, rule.rule


def test_a_slice_of_the_matrix_holds_on_postgresql(postgres_app: Flask, moment: object) -> None:
    _empty_postgres(postgres_app)
    postgres_app.test_client_class = Client
    with postgres_app.app_context():
        world = worlds.build(postgres_app)
        db.session.remove()
    wrong = []
    for case in cases(postgres_app):
        policy = policy_of(postgres_app, case.rule.endpoint)
        assert policy is not None
        if case.method == "GET" and case.who in ("", "owner", "desk", "stranger", "foreign_owner"):
            found = judge(case, policy, *ask(world, case, policy))
            if found:
                wrong.append(f"{case}: {found}")
    assert not wrong, "\n".join(wrong[:40])


def test_the_matrix_bites(walked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Widen one role on one route: the oracle still reads the old policy; walk and list go red."""
    app = walked.app
    rule = next(r for r in app.url_map.iter_rules() if (p := policy_of(app, r.endpoint)) and p.scope is Scope.EVENT)
    policy = policy_of(app, rule.endpoint)
    assert policy is not None
    refused = next(str(role) for role in Role if role not in policy.roles)
    widened = Policy(policy.action, policy.scope, frozenset(Role))
    before = declared(app)
    monkeypatch.setattr(app.view_functions[rule.endpoint], "__policy__", widened)
    assert declared(app) != before
    case = Case(rule, sorted((rule.methods or set()) & set(METHODS))[0], refused, "own")
    assert judge(case, policy, *ask(walked, case, policy))
