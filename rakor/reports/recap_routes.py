"""The recap: the three numbers by province, regency, office, mode or session; and ready to be passed on."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import READERS
from rakor.events.listings import offer_all
from rakor.offices.words import LEVELS
from rakor.regions import rules as regions
from rakor.reports import card, sayings
from rakor.reports.listings import RECAP
from rakor.reports.pages import asked, context, counted, event_of, numbers
from rakor.reports.recap_view import BYS, asked_by, asked_narrowing, moments, table
from rakor.web.access import Scope, policy
from rakor.web.nav import NavItem

blueprint = Blueprint("recap", __name__)
offer_all(blueprint, RECAP)
NAV = (NavItem(_l("Rekap"), "chart", "recap.show", READERS, 240, "recap."),)


@blueprint.get("/events/<uuid:event_id>/recap")
@policy("recap.show", Scope.EVENT, roles=READERS)
def show(event_id: UUID) -> str:
    """The recap as a table, by what one chooses, narrowed to what one chooses."""
    event, at = event_of(event_id), asked()
    found, narrowed = counted(event, at), asked_narrowing()
    return render_template(
        "reports/recap.html",
        table=table(event, found, asked_by(), narrowed),
        by=asked_by(),
        levels=LEVELS,
        bys=BYS,
        narrowed=narrowed,
        provinces=regions.reference().provinces(event.regions_as_of),
        moments=moments(event, found),
        hrefs={one.code: province_page(event_id, one.code, found.asked) for one in found.provinces},
        **numbers(event, at=at),
    )


def province_page(event_id: UUID, code: str, at: str) -> str:
    """Return the address of a province's page at a moment."""
    return url_for("reports.province", event_id=event_id, province_code=code, at=at or None)


@blueprint.get("/events/<uuid:event_id>/recap/words")
@policy("recap.words", Scope.EVENT, roles=READERS)
def words(event_id: UUID) -> str:
    """The numbers to pass on: text and picture for the chat, words for the speech."""
    event, at = event_of(event_id), asked()
    return render_template("reports/words.html", **to_pass_on(event_id, at), **context(event, at=at))


@blueprint.get("/events/<uuid:event_id>/recap/card.png")
@policy("recap.card", Scope.EVENT, roles=READERS)
def show_card(event_id: UUID) -> Response:
    """The numbers as a picture."""
    event = event_of(event_id)
    return picture(card.drawn(card.face(event, counted(event, asked()))), event.slug)


def to_pass_on(event_id: UUID, at: str = "") -> dict[str, Any]:
    """Return the texts of a moment, and what stands on the picture."""
    event = event_of(event_id)
    found = counted(event, at)
    return {
        "numbers_text": sayings.numbers(event, found),
        "speech": sayings.speech(event, found),
        "face": card.face(event, found),
    }


def picture(png: bytes, name: str) -> Response:
    """Return a picture; ``?take=1`` saves it."""
    answer = Response(png, mimetype="image/png")
    answer.headers["Cache-Control"] = "no-store"
    if "take" in request.args:
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''angka-{name}.png"
    return answer


