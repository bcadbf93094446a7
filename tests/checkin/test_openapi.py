"""The device API as its own document tells it, attacked by schemathesis; and records that no schema would think of."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import ignored_auth
from sqlalchemy import select

from rakor.attendance.models import FactRow, HeldRecord
from rakor.checkin import guessing, wire
from rakor.checkin.routes import api, cookie_name
from rakor.db import db
from tests.checkin.hall import Desk, Hall

PATH = "/scan/v1/openapi.json"
SAME = {"Sec-Fetch-Site": "same-origin"}
FIXED = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit on tries: what is tried here is the JSON."""
    monkeypatch.setattr(guessing, "OF_DEVICE", 10**9)
    monkeypatch.setattr(guessing, "OF_ADDRESS", 10**9)
    monkeypatch.setattr(api, "SEARCHES", 10**9)


TAKES_NOTHING_WRONG = {
    *("/scan/v1/desk", "/scan/v1/roster", "/scan/v1/names", "/scan/v1/help"),
    *("/scan/v1/farewell", "/scan/v1/relay/event"),
}


def operations(hall: Hall) -> list[Any]:
    """Read the document from the app as a client would, and return its operations."""
    generation = GenerationConfig(with_security_parameters=False)
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
    schema = schemathesis.openapi.from_wsgi(PATH, hall.app.wsgi_app, config=config)
    return [found.ok() for found in schema.get_all_operations()]


def call(case: Any, desk: Desk) -> None:
    """Send a case as an enrolled desk and hold the answer against the document with every check there is.

    All but the one that takes a cookie given by hand for a made-up one: the next test asks without a cookie.
    """
    token = desk.client.get_cookie(cookie_name())
    assert token is not None
    case.call_and_validate(headers=SAME, cookies={cookie_name(): token.value}, excluded_checks=[ignored_auth])


def test_the_document_names_what_the_device_api_has(lite_hall: Hall) -> None:
    document = lite_hall.app.test_client().get(PATH).get_json()
    routes = {
        (rule.rule, method.lower())
        for rule in lite_hall.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/scan/v1/") and rule.rule != PATH
    }
    assert {(path, method) for path, methods in document["paths"].items() for method in methods} == routes
    record = document["components"]["schemas"]["Record"]["properties"]
    assert record["device_seq"] == {"maximum": wire.SAFE, "minimum": 1, "title": "Device Seq", "type": "integer"}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_keeps_its_word(lite_hall: Hall, mode: GenerationMode) -> None:
    desk = lite_hall.desk()
    for operation in operations(lite_hall):
        if mode is GenerationMode.NEGATIVE and operation.path in TAKES_NOTHING_WRONG:
            continue

        @FIXED
        @given(case=operation.as_strategy(generation_mode=mode))
        def attack(case: Any) -> None:
            call(case, desk)

        attack()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_keyword_of_the_schema_is_kept(lite_hall: Hall, mode: GenerationMode) -> None:
    desk, sent = lite_hall.desk(), 0
    for operation in operations(lite_hall):
        config = GenerationConfig(with_security_parameters=False)
        for case in operation.schema.iter_coverage_cases(operation, generation_modes=[mode], generation_config=config):
            call(case, desk)
            sent += 1
    assert sent > 5


def test_without_a_cookie_nothing_answers(lite_hall: Hall) -> None:
    stranger, forger = lite_hall.app.test_client(), lite_hall.app.test_client()
    forger.set_cookie(cookie_name(), "a" * 43, domain="localhost")
    for operation in operations(lite_hall):
        for client in (stranger, forger):
            assert client.open(operation.path, method=operation.method, headers=SAME).status_code == 401


NASTY = st.sampled_from(["a\x00b", "\ud800", "\udfff\ud800", "\u202e", "x" * 201, "7", "-0", "1e3", 2**63, -1, 1e308])
WILD = st.recursive(
    NASTY
    | st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**60, 2**200)
    | st.floats()
    | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def broken(draw: st.DrawFn, good: dict[str, Any]) -> Any:
    """A good record with some members turned into anything, or anything at all."""
    if draw(st.integers(0, 3)) == 0:
        return draw(WILD)
    if draw(st.booleans()):
        return good | {draw(st.sampled_from([*good, "ref", "reason", "target", "sealed"])): draw(NASTY)}
    names = draw(st.lists(st.sampled_from([*good, "ref", "reason", "target", "sealed", "rtt", "new"]), min_size=1))
    return good | {name: draw(WILD) for name in names}


def post(desk: Desk, text: str) -> Any:
    answer = desk.client.post("/scan/v1/batches", data=text.encode("utf-8", "surrogatepass"), headers=SAME)
    assert answer.status_code == 200, (answer.status_code, text)
    return answer.get_json()


def test_no_record_of_a_readable_envelope_is_refused_or_lost(hall: Hall) -> None:
    desk, ref = hall.desk(), hall.ref(hall.person())

    @FIXED
    @given(draw=st.data())
    def send(draw: st.DataObject) -> None:
        good = desk.record(ref=ref)
        records = draw.draw(st.lists(broken(good), min_size=1, max_size=5))
        ascii_only = draw.draw(st.booleans())  # a lone surrogate as \ud800, or raw in the bytes
        answers = post(desk, json.dumps({"records": records}, ensure_ascii=ascii_only))["records"]
        assert len(answers) == len(records)
        kept = {row.record for row in db.session.scalars(select(HeldRecord))}
        facts = set(db.session.scalars(select(FactRow.digest)))
        for record, one in zip(records, answers, strict=True):
            text = wire.canonical(record)
            assert (
                wire.digest(text) in facts
                if one["status"] == "stored"
                else text in kept or one["status"] == "duplicate"
            )
        db.session.rollback()

    send()


def test_the_limits_of_an_envelope(lite_hall: Hall) -> None:
    desk = lite_hall.desk()
    assert len(post(desk, json.dumps({"records": [{}] * wire.MAX_RECORDS}))["records"]) == wire.MAX_RECORDS
    largest = json.dumps({"records": ["x"]})
    largest = largest[:-1] + " " * (wire.MAX_BYTES - len(largest)) + "}"
    assert len(post(desk, largest)["records"]) == 1
    for text, status in (
        (json.dumps({"records": [{}] * (wire.MAX_RECORDS + 1)}), 400),
        (largest + " ", 413),
        ('{"records": [' + "1" * 5000 + "]}", 200),
        ('{"records": [1e999, NaN, -Infinity]}', 200),
        ('{"records": [' + "[" * 300 + "]" * 300 + "]}", 200),
        *(('{"records": [' + "[" * depth + "]" * depth + "]}", None) for depth in range(900, 1000)),
        ('{"records": [' + "[" * 20_000 + "]" * 20_000 + "]}", 400),
        ('{"records": [], "roster_seq": 1e999}', 400),
        ('{"records": [], "roster_seq": -1}', 400),
        ("\x00", 400),
        ("", 400),
    ):
        answer = desk.client.post("/scan/v1/batches", data=text, headers=SAME)
        allowed = (200, 400) if status is None else (status,)
        assert answer.status_code in allowed, (text[:60], answer.status_code)
    assert desk.client.post("/scan/v1/batches", data=b'{"records": ["\xff"]}', headers=SAME).status_code == 400


def test_search_takes_anything(hall: Hall) -> None:
    desk = hall.desk()
    hall.person()
    for raw in ("%00", "%ff%fe", "%ed%a0%80", "%25%5f%5c", "a" * 9000, "%F0%9F%98%80 x", "as%00ket", "&q=&q=", "'--"):
        assert desk.client.get(f"/scan/v1/search?q={raw}").status_code == 200, raw
