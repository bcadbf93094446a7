"""A slice of the walk on PostgreSQL, which refuses what SQLite puts up with: NUL, half letters, numbers too large."""

import pytest
from flask import Flask

from rakor.web import limits
from tests.conftest import _empty_postgres
from tests.hostile import filling, judging, rows, walk
from tests.hostile.pages import TYPED
from tests.hostile.payloads import LETTERS, MARKUP, QUERIES, VALUES
from tests.hostile.test_forms import judged

WORST = ["zq\x00zq", b"zq\xed\xa0\x80", "zq\ud800", "9" * 30, *QUERIES[:3], *LETTERS[:9], *VALUES[6:12], MARKUP[0]]


@pytest.fixture
def walked(postgres_app: Flask, moment: object, monkeypatch: pytest.MonkeyPatch) -> walk.Walk:
    monkeypatch.setattr(limits, "allowed", lambda *_a, **_k: True)
    _empty_postgres(postgres_app)
    made = walk.start(postgres_app)
    made.wrote = walk.postgres_wrote(postgres_app)
    return made


def test_a_slice_of_the_walk_holds_on_postgresql(walked: walk.Walk) -> None:
    wrong, sent = [], 0
    for turn, (place, form) in enumerate([one for one in walked.forms() if one[1].fields]):
        for number, (name, control) in enumerate(form.fields.items()):
            fresh = walked.again(place)
            if fresh is None or name not in fresh.fields:
                break
            value = WORST[(turn * 5 + number) % len(WORST)]
            values = filling.good(fresh) | {name: [value]}
            found = judged(walked, place, fresh, values, control.kind in TYPED)
            wrong += [f"{place.key}, {name}={value!r:.70}: {one}" for one in found]
            sent += 1
    assert not wrong, judging.report(wrong)
    assert sent > 60


def test_what_is_stored_acts_nowhere_on_postgresql(walked: walk.Walk) -> None:
    texts = [one for one in (*MARKUP, *QUERIES) if isinstance(one, str)]
    rows.fill(walked.world.app, lambda name, length: texts[len(name) % len(texts)][:length])
    wrong, marks = judging.look(walked)
    assert not wrong, judging.report(wrong)
    assert marks > 100
