"""The OpenAPI document of the device API, made from the models of ``rakor.checkin.wire``."""

from typing import Any

from flask import Response, jsonify
from pydantic import BaseModel, Field

from rakor.attendance.rules.words import Verdict
from rakor.checkin import answers, wire
from rakor.checkin.routes.front import blueprint, cookie_name
from rakor.web.access import Scope, policy
from rakor.web.openapi import Operation, document


class Envelope(wire.Batch):
    """A batch: each record is a Record; anything else is never refused, it is kept as it came and quarantined."""

    records: list[wire.Record | Any] = Field(max_length=wire.MAX_RECORDS)


class Match(BaseModel):
    """Somebody found by name, office or role, with the ref of the ticket in force."""

    ref: wire.Ref
    name: str
    role: str
    office: str


class HelpCase(BaseModel):
    """Somebody on the way to the help desk: which record sent them, whose ref, from where, when, shown what."""

    scan_id: str
    ref: wire.Ref
    place: str
    at: int
    verdict: Verdict | None


class HelpLane(BaseModel):
    """Who waits at the help desk, earliest first."""

    cases: list[HelpCase]


class TicketShown(BaseModel):
    """A ticket to draw: a square of ``side`` modules, quiet zone and all, and the path that fills the dark ones."""

    name: str
    role: str
    office: str
    side: int
    path: str


class Matches(BaseModel):
    """People found; a search gives at most eight, best first."""

    people: list[Match]


REF = {"ref": {"type": "string", "pattern": "^[0-9a-f]{24}$"}}
OPERATIONS = (
    Operation(
        name="receive_batch",
        method="post",
        path="/scan/v1/batches",
        summary=f"Take in {wire.MAX_RECORDS} records in {wire.MAX_BYTES} bytes at most; answered once on disk",
        answer=answers.Answer,
        refusals=(400, 401, 403, 409, 413, 429, 503),
        body=Envelope,
    ),
    Operation(
        name="send_standing",
        method="get",
        path="/scan/v1/desk",
        summary="What this device is: its event, where it may record, the key it seals to, its end",
        answer=answers.DeskSaid,
        refusals=(401, 403, 503),
    ),
    Operation(
        name="send_roster",
        method="get",
        path="/scan/v1/roster",
        summary="Every ticket of the device's event, packed; rakor.checkin.packed says the layout",
        answer=None,
        refusals=(401, 403, 503),
        query={"checkpoint": {"type": "string", "format": "uuid"}},
    ),
    Operation(
        name="send_changes",
        method="get",
        path="/scan/v1/changes",
        summary=f"What changed in the roster after a number, at most {wire.MAX_CHANGES}",
        answer=answers.Changes,
        refusals=(400, 401, 403, 503),
        query={"since": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}},
    ),
    Operation(
        name="send_frame",
        method="get",
        path="/scan/v1/relay/event",
        summary="For a relay: the event around its people, and the secrets of its door",
        answer=answers.RelayFrame,
        refusals=(401, 403, 503),
    ),
    Operation(
        name="send_relay_changes",
        method="get",
        path="/scan/v1/relay/changes",
        summary="For a relay: people, tickets and facts that changed after a number",
        answer=answers.RelayChanges,
        refusals=(400, 401, 403, 503),
        query={"since": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}},
    ),
    Operation(
        name="find_people",
        method="get",
        path="/scan/v1/search",
        summary="Find people of the device's event by the beginnings of words of name, office or role",
        answer=Matches,
        refusals=(401, 403, 429, 503),
        query={"q": {"type": "string", "default": ""}},
    ),
    Operation(
        name="send_names",
        method="get",
        path="/scan/v1/names",
        summary="Everybody's names under this device's passphrase; only where an organiser turned that on",
        answer=None,
        refusals=(401, 403, 404, 429, 503),
    ),
    Operation(
        name="find_colleagues",
        method="get",
        path="/scan/v1/colleagues",
        summary="Who of the same office has not come yet, by name; 40 at most",
        answer=Matches,
        refusals=(400, 401, 403, 429, 503),
        query=REF,
        needs=frozenset(REF),
    ),
    Operation(
        name="send_help_lane",
        method="get",
        path="/scan/v1/help",
        summary="Who was sent to the help desk and waits; for a help desk only",
        answer=HelpLane,
        refusals=(401, 403, 503),
    ),
    Operation(
        name="show_ticket",
        method="get",
        path="/scan/v1/ticket",
        summary="Somebody's ticket in force, drawn for the desk's screen; side 0 where none lives",
        answer=TicketShown,
        refusals=(400, 401, 403, 404, 429, 503),
        query=REF,
        needs=frozenset(REF),
    ),
    Operation(
        name="reissue_ticket",
        method="post",
        path="/scan/v1/reissue",
        summary="A new ticket; the old code dies. Only where who stands at the desk is a registrar",
        answer=TicketShown,
        refusals=(400, 401, 403, 404, 429, 503),
        query=REF,
        needs=frozenset(REF),
    ),
    Operation(
        name="receive_farewell",
        method="post",
        path="/scan/v1/farewell",
        summary="Everything on the device is wiped: it is a desk no more",
        answer=answers.Farewell,
        refusals=(401, 403, 503),
    ),
)


@blueprint.get("/scan/v1/openapi.json")
@policy("scan.document", Scope.PUBLIC, reason="says how the device API is spoken, nothing about anybody")
def show_document() -> Response:
    """The OpenAPI document of ``/scan/v1``."""
    return jsonify(document("rakor device API", "1", cookie_name(), OPERATIONS))
