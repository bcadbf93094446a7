"""Hostile text in every text column of every row: every page, sheet, calendar and header stays what it was."""

from itertools import cycle

import pytest
from flask import Flask

from tests.hostile import judging, rows, walk
from tests.hostile.payloads import FORMATS, LINES, MARKUP, QUERIES, SHEETS, TEMPLATES
from tests.hostile.walk import Walk

KINDS = {
    "markup": MARKUP,
    "templates": [f"zq {one}" for one in (*TEMPLATES, *FORMATS, *QUERIES)],
    "lines": [*LINES, *SHEETS],
}


def attach(walked: Walk, payloads: list[str]) -> None:
    """Write the payloads around the column of texts in turn; what was there before is gone."""
    turn = cycle(payloads)
    written = rows.fill(walked.world.app, lambda _name, length: next(turn)[:length])
    assert written > 50


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stored_acts_nowhere(lite: Flask, moment: object, kind: str) -> None:
    walked = walk.start(lite)
    attach(walked, KINDS[kind])
    wrong, marks = judging.look(walked)
    assert not wrong, judging.report(wrong)
    assert marks > 100  # it is shown, or this would prove nothing
