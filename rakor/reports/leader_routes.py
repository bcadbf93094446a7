"""Behind a leader's link, which ends by itself: one number with its time, words for the speech, and the wall."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for

from rakor import clock
from rakor.accounts.rules import READERS
from rakor.db import transaction
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.kept import Kept
from rakor.reports import card, recap
from rakor.reports.pages import context, counted, event_of
from rakor.reports.recap_routes import picture, to_pass_on
from rakor.reports.routes import blueprint
from rakor.reports.summary import FRESH
from rakor.web.access import Scope, current_link, policy, principal
from rakor.web.locale import language
from rakor.web.times import zone_letters

USE = "when the link was last used is shown to who gave it"
NOTED = {"reports.leader", "reports.leader_words", "reports.leader_board"}
_drawn = Kept[tuple[UUID, str, str], str](FRESH)
"""The wall as drawn for all who watch: nothing on it depends on who that is."""


@blueprint.before_request
def note_use() -> None:
    """Note when a leader's link was last used, to a quarter of an hour; polls are no use."""
    link, now = principal().link, clock.now()
    if link is None or request.method != "GET" or request.endpoint not in NOTED:
        return
    if links.used_lately(link.id, now=now):
        return
    with transaction(unaudited="when a link was last used, not by whom"):
        links.note_use(link.id, now=now)


@blueprint.get("/l/<token>")
@policy("reports.leader", Scope.LINK, purposes={LinkPurpose.LEADER}, writes_on_get=USE)
def leader(token: str) -> str:
    """One number with its time, and the offices that are not there."""
    return render_template("reports/leader.html", **_leaders(token))


@blueprint.get("/l/<token>/live")
@policy("reports.leader_live", Scope.LINK, purposes={LinkPurpose.LEADER})
def leader_live(token: str) -> Response | str:
    """The changing part of a leader's page; 204 where ``?seen=`` names what it shows already."""
    if request.args.get("seen") == counted(_own()).version:
        return Response(status=204)
    return render_template("reports/_leader.html", **_leaders(token))


@blueprint.get("/l/<token>/words")
@policy("reports.leader_words", Scope.LINK, purposes={LinkPurpose.LEADER}, writes_on_get=USE)
def leader_words(token: str) -> str:
    """Words for the speech, the numbers for the chat as text and picture."""
    event = _own()
    more = {"card_url": url_for("reports.leader_card", token=token), "back_url": url_for("reports.leader", token=token)}
    return render_template(
        "reports/leader_words.html", **more, **to_pass_on(event.id), **context(event, linked=False)
    )


@blueprint.get("/l/<token>/card.png")
@policy("reports.leader_card", Scope.LINK, purposes={LinkPurpose.LEADER})
def leader_card(token: str) -> Response:
    """The numbers as a picture."""
    event = _own()
    return picture(card.drawn(card.face(event, counted(event))), event.slug)


@blueprint.get("/l/<token>/board")
@policy("reports.leader_board", Scope.LINK, purposes={LinkPurpose.LEADER}, writes_on_get=USE)
def leader_board(token: str) -> str:
    """The wall without a login."""
    return _board(_own(), url_for("reports.leader_board_live", token=token))


@blueprint.get("/l/<token>/board/live")
@policy("reports.leader_board_live", Scope.LINK, purposes={LinkPurpose.LEADER})
def leader_board_live(token: str) -> Response:
    """The wall's changing part."""
    return _board_part(_own())


@blueprint.get("/events/<uuid:event_id>/board")
@policy("reports.board", Scope.EVENT, roles=READERS)
def board(event_id: UUID) -> str:
    """The wall, opened by who is logged in."""
    return _board(event_of(event_id), url_for("reports.board_live", event_id=event_id))


@blueprint.get("/events/<uuid:event_id>/board/live")
@policy("reports.board_live", Scope.EVENT, roles=READERS)
def board_live(event_id: UUID) -> Response:
    """The wall's changing part; 204 where ``?seen=`` names what it shows already."""
    return _board_part(event_of(event_id))


def _own() -> Event:
    return event_of(current_link().event_id)


def _leaders(token: str) -> dict[str, Any]:
    event = _own()
    found = counted(event)
    offices = [one for one in found.by_office if found.lacking(one)]
    return {
        "token": token,
        "groups": recap.grouped(offices, event.regions_as_of),
        "lacking": len(offices),
        **context(event, linked=False),
    }


def _board(event: Event, live_url: str) -> str:
    now = clock.now()
    return render_template(
        "reports/board.html", now=now, live_url=live_url, zone_letters=zone_letters, **context(event, linked=False)
    )


def _board_part(event: Event) -> Response:
    if request.args.get("seen") == counted(event).version:
        answer = Response(status=204)
    else:
        answer = make_response(_drawn_part(event))
    answer.headers["X-Now"] = clock.now().isoformat()
    return answer


def _drawn_part(event: Event) -> str:
    found = counted(event)
    key = event.id, found.version, language()
    return _drawn.get(
        key,
        clock.now(),
        lambda: render_template("reports/_board.html", **context(event, linked=False)),
    )
