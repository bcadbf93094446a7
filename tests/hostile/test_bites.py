"""Every guard of this folder bites: the fault is put in, the guard sees it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import update

from rakor.db import transaction
from rakor.registrations.models import Registration
from rakor.web import routes as web_routes
from tests.hostile import filling, judging, rows, walk
from tests.hostile.pages import HtmlForm, Page
from tests.hostile.payloads import MARKUP
from tests.hostile.test_bodies import effects, extras, reaching
from tests.hostile.walk import Place, Walk


@pytest.fixture
def walked(lite: Flask, moment: object) -> Walk:
    return walk.start(lite)


@pytest.fixture
def _careless(lite: Flask) -> Iterator[None]:
    """Templates that escape nothing."""
    escaping, lite.jinja_env.autoescape = lite.jinja_env.autoescape, False
    kept, lite.jinja_env.bytecode_cache = lite.jinja_env.bytecode_cache, None
    assert lite.jinja_env.cache is not None
    lite.jinja_env.cache.clear()
    yield
    lite.jinja_env.autoescape, lite.jinja_env.bytecode_cache = escaping, kept
    lite.jinja_env.cache.clear()


def place_of(walked: Walk, endpoint: str) -> tuple[Place, HtmlForm]:
    return next(one for one in walked.forms() if one[0].key.split()[1] == endpoint)


def altered(walked: Walk, monkeypatch: pytest.MonkeyPatch, endpoint: str, before: Any) -> None:
    """Let ``before()`` run ahead of a view."""
    view = walked.world.app.view_functions[endpoint]

    def changed(**arguments: Any) -> Any:
        before()
        return view(**arguments)

    changed.__policy__ = view.__policy__  # type: ignore[attr-defined]
    monkeypatch.setitem(walked.world.app.view_functions, endpoint, changed)


@pytest.mark.usefixtures("_careless")
def test_unescaped_text_is_seen(walked: Walk) -> None:
    rows.fill(walked.world.app, lambda name, length: MARKUP[len(name) % len(MARKUP)][:length])
    wrong, _ = judging.look(walked)
    assert sum("<" in one for one in wrong) > 10


def test_a_column_taken_from_the_body_is_seen(walked: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless() -> None:
        if "nip" in request.form:
            with transaction(unaudited="the fault") as session:
                session.execute(update(Registration).values(institution=request.form["institution"]))

    altered(walked, monkeypatch, "people.correct_name", careless)
    place, _ = place_of(walked, "people.correct_name")
    more = extras({"name"}, walked.world.foreign.things)
    plain, loaded = effects(walked, place, more)
    assert plain != loaded


def test_a_change_of_the_other_event_is_seen(walked: Walk) -> None:
    before = rows.snapshot(walked.world.app)
    assert not reaching(walked, before)
    with walked.world.app.app_context(), transaction(unaudited="the fault") as session:
        theirs = Registration.event_id == walked.world.foreign.event_id
        session.execute(update(Registration).where(theirs).values(institution="zq"))
    assert reaching(walked, before)


def test_a_broken_request_is_seen_with_its_cause(walked: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    altered(walked, monkeypatch, "me.choose_mode", lambda: 1 // 0)
    place, form = place_of(walked, "me.choose_mode")
    with judging.ear() as heard:
        wrong = judging.judge(walked.send(place, form, filling.good(form)), heard)
    assert "ZeroDivisionError" in wrong[0]


def test_a_way_out_is_seen(walked: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_routes, "safe_path", lambda wanted: wanted)
    place, form = place_of(walked, "web.choose_locale")
    with judging.ear() as heard:
        for target in ("//zq.example", "https://zq.example", "javascript:zqalert(1)"):
            assert judging.judge(walked.send(place, form, filling.good(form) | {"next": [target]}), heard)


def test_what_is_lost_is_seen(walked: Walk) -> None:
    place, form = place_of(walked, "registrations.request_link")
    answer = walked.send(place, form, {"contact": ["zq bukan alamat"]})
    assert answer.status_code == 422
    assert not judging.kept(form, {"contact": ["zq bukan alamat"]}, answer)
    assert judging.kept(form, {"contact": ["lain"]}, answer)


def test_the_parser_bites() -> None:
    for bad in ("<zqel>", '<a href="javascript:x">', "<img src=x onerror=y>", "<p style=x>", "<script>x</script>"):
        assert Page(bad).troubles, bad
    assert not Page('<a href="/x">&lt;zqel&gt;</a><script src="/static/dev/x.js"></script>').troubles
