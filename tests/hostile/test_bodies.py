"""What a body says beyond its form: columns nobody asked for, and things of the other event (security.md T1, T15)."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Boolean, DateTime, Integer
from sqlalchemy.types import TypeDecorator

from rakor.web import limits
from tests.hostile import filling, judging, rows, walk
from tests.hostile.filling import Values
from tests.hostile.pages import HtmlForm
from tests.hostile.walk import Place, Walk

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "allowed", lambda *_a, **_k: True)


@pytest.fixture
def walked(lite: Flask, moment: object) -> Iterator[Walk]:
    with walk.watched(walk.start(lite)) as made:
        yield made


def value_for(column: Any, foreign: dict[str, Any]) -> str:
    """Return a value that would fit a column, were it read."""
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if column.name in foreign:
        return str(foreign[column.name])
    if column.name == "id" or column.name.endswith("_id"):
        return str(foreign["event_id"])
    if hasattr(column.type, "words"):
        return str(list(column.type.words)[-1].value)
    if isinstance(kind, Boolean):
        return "y"
    if isinstance(kind, Integer):
        return "7"
    return "2020-01-01T00:00" if isinstance(kind, DateTime) else "zq"


def stems(forms: list[HtmlForm]) -> set[str]:
    """Return what the fields of some forms are called, without the numbers and ids of rows."""
    return {part for form in forms for name in form.fields for part in (name, re.split(r"[-_0-9]", name)[0])}


def extras(declared: set[str], foreign: dict[str, Any]) -> Values:
    """Return every column of every model as a field, but for those that a form of the endpoint has itself."""
    columns = (column for table in rows.tables() for column in table.columns)
    found: Values = {column.name: [value_for(column, foreign)] for column in columns}
    found |= {"admin": ["1"], "status": ["confirmed"], "roles": ["owner"], "_method": ["DELETE"], "csrf": ["zq"]}
    return {name: value for name, value in found.items() if name not in declared}


def effects(walked: Walk, place: Place, more: Values) -> list[tuple[int, list[str]]]:
    """Send a well-filled form plainly and with ``more``, from one beginning; return statuses and what changed."""
    found: list[tuple[int, list[str]]] = []
    before: rows.Rows = {}
    added: Values
    for added in ({}, more):
        walked.back()
        form = walked.again(place)
        if form is None:
            return []
        before = before or walked.stored()
        status = walked.send(place, form, filling.good(form) | added).status_code
        found.append((status, rows.changes(before, walked.stored())))
    return found


def test_a_body_changes_only_what_its_form_declares(walked: Walk) -> None:
    wrong, working = [], 0
    places = [(place, form) for place, form in walked.forms() if form.method == "post"]
    for place, _form in places:
        declared = stems([other for there, other in places if there.key.split()[1] == place.key.split()[1]])
        seen = effects(walked, place, extras(declared, walked.world.foreign.things))
        if not seen:
            continue
        plain, loaded = seen
        working += bool(plain[1])
        if plain != loaded:
            told = [line for line in (*plain[1], *loaded[1]) if (line in plain[1]) != (line in loaded[1])]
            wrong.append(f"{place.key}: {plain[0]} → {loaded[0]}\n    " + "\n    ".join(told))
    assert not wrong, judging.report(wrong)
    assert working > 10


def own_ids(walked: Walk) -> set[str]:
    return {one.hex for one in walked.world.own.things.values() if isinstance(one, UUID)}


HEX = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def exchanged(text: str, foreign: UUID) -> str:
    """Put a foreign id where an id stands."""
    return HEX.sub(lambda found: str(foreign) if "-" in found[0] else foreign.hex, text)


def others_of(walked: Walk, texts: list[str]) -> set[UUID]:
    """Return the other event's like of each thing whose id stands in some texts; all where none is known."""
    own, foreign = walked.world.own.things, walked.world.foreign.things
    named = {name for name, one in foreign.items() if isinstance(one, UUID) and name != "user_id"}
    found = {UUID(hit[0]) for text in texts for hit in HEX.finditer(text)}
    known = {name for name in named if own.get(name) in found}
    return {foreign[name] for name in known or named}


def own_made(form: HtmlForm) -> set[str]:
    """Return the fields whose ids are made by who writes and lie under the event: another's id there is a new one."""
    return {"idempotency_key", *({"note", "edit", "parents"} if "parents" in form.fields else ())}


def swaps(walked: Walk, form: HtmlForm) -> list[Values]:
    """Return the form's values with every id in a value or a name replaced by its like of the other event."""
    values, made = filling.good(form), []
    for name, control in form.fields.items():
        texts = [*control.options, *control.values]
        named, valued = HEX.search(name), any(HEX.search(one) for one in texts)
        if (not named and not valued) or name in own_made(form):
            continue
        for one in sorted(others_of(walked, [name, *texts]), key=str):
            if named:
                rest = {key: value for key, value in values.items() if key != name}
                made.append(rest | {exchanged(name, one): values[name]})
            if valued:
                made.append(values | {name: [str(one)]})
                made.append(values | {name: [*values[name], one.hex]})
    return made


def reaching(walked: Walk, before: rows.Rows) -> list[str]:
    """Return the rows of one event that name a thing of the other, and changes of the other event's rows."""
    after, foreign = walked.stored(), walked.world.foreign
    theirs = {one for name, one in foreign.things.items() if isinstance(one, UUID) and name not in ("user_id",)}
    theirs -= {one for one in walked.world.own.things.values() if isinstance(one, UUID)}
    wrong = []
    for table, found in after.items():
        for key, row in found.items():
            if row.get("event_id") == walked.world.own.event_id and theirs & set(map(_whole, row.values())):
                wrong.append(f"{table} {key} names a thing of the other event")
            if foreign.event_id in (row.get("event_id"), row.get("id")) and before[table].get(key) != row:
                wrong.append(f"{table} {key} of the other event was changed")
    return wrong


def _whole(value: Any) -> Any:
    return value if isinstance(value, UUID | str | int) else None


def test_a_body_reaches_nothing_of_the_other_event(walked: Walk) -> None:
    sent, before = 0, walked.stored()
    wrong = reaching(walked, before)
    for place, form in list(walked.forms()):
        walked.back()
        for values in swaps(walked, walked.again(place) or form):
            with judging.ear() as heard:
                answer = walked.send(place, form, values)
                wrong += [f"{place.key}: {one}" for one in judging.judge(answer, heard)]
            sent += 1
        if walked.changed():
            wrong += [f"{place.key}: {one}" for one in reaching(walked, before)]
    assert not wrong, judging.report(wrong)
    assert sent > 30
