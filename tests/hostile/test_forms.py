"""Every form of every page, sent with hostile texts: nothing breaks, nothing acts, nothing typed is lost."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask

from rakor.web import limits
from tests.hostile import filling, judging, walk
from tests.hostile.filling import Values
from tests.hostile.pages import TYPED, Field, HtmlForm
from tests.hostile.payloads import VALUES, sample
from tests.hostile.walk import Place, Walk
from tests.watcher import Watcher

pytestmark = pytest.mark.long
ANSWERS = {200, 201, 204, 302, 303, 400, 401, 403, 404, 409, 413, 422, 429}
CHOSEN = 2


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit on tries: what is tried here is what is typed."""
    monkeypatch.setattr(limits, "allowed", lambda *_a, **_k: True)


def attacks(place: Place, one: Field, each: int) -> list[list[str | bytes]]:
    """Return what to send for one control: texts for what is typed, no lawful choice for the rest."""
    name = f"{place.key} {one.name}"
    if one.kind in TYPED or one.kind in ("file", "password"):
        return [[value] for value in sample(name, each)]
    wrong = sample(name, CHOSEN)
    ways: list[list[str | bytes]] = [[], [VALUES[len(name) % len(VALUES)]], wrong, [wrong[0]]]
    first = len(name) % len(ways)
    return [*ways[first:], *ways[:first]][:each]


def trials(place: Place, form: HtmlForm, each: int) -> Iterator[tuple[str, list[str | bytes]]]:
    for name, one in form.fields.items():
        for attack in attacks(place, one, each):
            yield name, attack


def judged(walked: Walk, place: Place, form: HtmlForm, values: Values, typed: bool) -> list[str]:
    """Send a form and return what is wrong with the answer."""
    with judging.ear() as heard:
        answer = walked.send(place, form, values)
        wrong = judging.judge(answer, heard)
    if answer.status_code not in ANSWERS:
        wrong.append(f"{answer.status_code}")
    if answer.status_code == 400 and typed and form.method == "post":
        wrong.append("400: what was typed is lost")
    if answer.status_code == 422 and answer.mimetype == "text/html":
        wrong += [f"lost: {one}" for one in judging.kept(form, values, answer)]
    return wrong


def attack(walked: Walk, each: int, places: list[tuple[Place, HtmlForm]]) -> tuple[list[str], int]:
    """Send every form with every control hostile in turn; what is accepted stays for the next ones."""
    wrong, sent = [], 0
    for place, form in places:
        for name, value in trials(place, form, each):
            fresh = walked.again(place)
            if fresh is None or name not in fresh.fields:
                break
            values = filling.good(fresh) | {name: value}
            found = judged(walked, place, fresh, values, form.fields[name].kind in TYPED)
            wrong += [f"{place.key} as {place.who}, {name}={value!r:.70}: {one}" for one in found]
            sent += 1
    return wrong, sent


def test_hostile_texts_break_nothing_and_act_nowhere(lite: Flask, moment: object) -> None:
    walked = walk.start(lite)
    before, marks_before = judging.look(walked)
    places = [one for one in walked.forms() if one[1].fields]
    with closing(Watcher(lite)) as watcher:
        walked.wrote = watcher.wrote
        wrong, sent = attack(walked, walk.EACH, places)
    after, marks = judging.look(walked)
    wrong = before + wrong + after
    assert not wrong, judging.report(wrong)
    assert sent > 300
    assert marks - marks_before > 100  # what was stored is shown, or this would prove nothing
