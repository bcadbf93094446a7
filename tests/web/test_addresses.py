"""Addresses are built as werkzeug builds them, by builders that are compiled when they are first needed."""

from uuid import UUID

from flask import Flask
from werkzeug.routing import Map, Rule

from rakor.web.addresses import Address

EVENT = UUID(int=7)


def test_the_app_compiles_a_builder_when_it_is_asked_for_one(lite: Flask) -> None:
    rules = list(lite.url_map.iter_rules())
    assert {type(rule) for rule in rules} == {Address}
    rule = Address("/events/<uuid:event_id>/people", endpoint="people")
    Map([rule])
    compiled = rule._build.__func__.__closure__  # type: ignore[attr-defined]
    assert compiled is not None
    empty = next(cell.cell_contents for cell in compiled if isinstance(cell.cell_contents, list))
    assert empty == []
    assert rule.build({"event_id": EVENT}, append_unknown=False) == ("", f"/events/{EVENT}/people")
    assert len(empty) == 1


def test_what_is_built_is_what_werkzeug_builds() -> None:
    values = {"event_id": EVENT, "code": "a b/ü", "page": 2, "rule": "x"}
    for text in ("/", "/events/<uuid:event_id>", "/e/<code>/<int:page>", "/e/<path:code>"):
        ours, theirs = Address(text, endpoint="here"), Rule(text, endpoint="here")
        Map([ours])
        Map([theirs])
        for unknown in (True, False):
            wanted = {name: value for name, value in values.items() if unknown or name in theirs.arguments}
            for _ in range(2):
                assert ours.build(wanted, unknown) == theirs.build(wanted, unknown)
