"""Lists that leave as workbooks: one shape for every room.

A room says what the list is (``Listing``) and adds it to its blueprint (``offer``). It leaves as the page shows it,
with the filter of the address, always in Indonesian, with personal numbers masked. Whole numbers leave only to editors,
after the password, with a reason. Each taking out is on record with its filter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import LazyString, force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store
from rakor.events.models import Event
from rakor.sheets import Cell, Column
from rakor.sheets.saving import workbook
from rakor.web import times
from rakor.web.access import Scope, policy, principal
from rakor.web.forms import Form, TextField, ValidationError
from rakor.web.times import Language

Page = str | BaseResponse | tuple[str, int]
SHORTEST_REASON = 10
SEARCHED = "q"
"""The filter that people type; on record is only that there was one, because it may be a name."""


@dataclass(frozen=True)
class Listed:
    """What a list holds now: its columns, its rows, and in words what it is narrowed to."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    narrowed: Sequence[str] = ()


@dataclass(frozen=True)
class Listing:
    """A list that can leave: ``name`` is its word in endpoints and the log, ``file`` in the file's name.

    ``page`` is the endpoint on which it is seen; ``words`` say the closed words of a filter, by the filter's name.
    ``made(event, whole)`` reads the ``filters`` from the address of the request; without ``whole`` what is ``personal``
    (names of fields, for the log) is masked in it.
    """

    name: str
    file: str
    title: LazyString
    page: str
    roles: frozenset[str]
    made: Callable[[Event, bool], Listed]
    filters: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    words: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)

    def narrowing(self) -> dict[str, str]:
        """Return the filters of the request's address that are set."""
        return {name: request.args[name][:100] for name in self.filters if request.args.get(name)}


KNOWN: dict[str, tuple[str, Listing]] = {}
"""Every list that can leave, by its name: the blueprint that offers it, and the list."""


class ReasonForm(Form):
    """Why somebody needs the whole numbers."""

    reason = TextField(_l("Untuk apa daftar ini dipakai?"), required=True, max=200)

    def validate_reason(self, field: TextField) -> None:
        if len(field.data or "") < SHORTEST_REASON:
            raise ValidationError(str(_l("Tulis alasannya paling sedikit 10 huruf.")))


def offer(blueprint: Blueprint, address: str, listing: Listing) -> None:
    """Let a list leave from ``address``, below which the sheet gets its own; whole too, where it holds numbers."""
    KNOWN[listing.name], named = (blueprint.name, listing), listing.name

    @policy(f"{blueprint.name}.{named}_sheet", Scope.EVENT, roles=listing.roles)
    def masked(event_id: UUID, **_part: Any) -> Response:
        """The list on the screen as a workbook, numbers masked."""
        return _leave(_event(event_id), listing)

    blueprint.add_url_rule(f"{address}/sheets", f"{named}_sheet", masked, methods=["POST"])
    if not listing.personal:
        return

    @policy(f"{blueprint.name}.{named}_whole_form", Scope.EVENT, roles=EDITORS, reauth=True)
    def ask(event_id: UUID, **_part: Any) -> Page:
        """Ask what the whole numbers are for."""
        return _ask(_event(event_id), listing, ReasonForm())

    @policy(f"{blueprint.name}.{named}_whole", Scope.EVENT, roles=EDITORS, reauth=True)
    def whole(event_id: UUID, **_part: Any) -> Page:
        """The list on the screen with whole numbers."""
        event, form = _event(event_id), ReasonForm.read()
        if not form.accepted():
            return _ask(event, listing, form, 422)
        return _leave(event, listing, form["reason"].data)

    blueprint.add_url_rule(f"{address}/sheets/whole", f"{named}_whole_form", ask, methods=["GET"])
    blueprint.add_url_rule(f"{address}/sheets/whole", f"{named}_whole", whole, methods=["POST"])


def offer_all(blueprint: Blueprint, listings: Mapping[str, Listing]) -> None:
    """Let the lists of a room leave, each from its address below the event."""
    for address, listing in listings.items():
        offer(blueprint, f"/events/<uuid:event_id>/{address}", listing)


def ways_out(name: str, event_id: UUID, **more: str | None) -> dict[str, Any]:
    """Return where a list leaves with the filters of this page: ``url`` and ``whole_url``, empty where one may not.

    ``more`` are filters that do not stand in the page's address.
    """
    owner, listing = KNOWN[name]
    kept = _address(listing) | {key: value for key, value in more.items() if value} | {"event_id": event_id}
    named = f"{owner}.{name}"
    may, may_whole = principal().may(listing.roles), bool(listing.personal) and principal().may(EDITORS)
    return {
        "url": url_for(f"{named}_sheet", **kept) if may else "",
        "whole_url": url_for(f"{named}_whole_form", **kept) if may_whole else "",
        "masked": bool(listing.personal),
    }


def _address(listing: Listing) -> dict[str, Any]:
    """The parts of this page's address that the list has too: what its path names, and its filters."""
    return {**(request.view_args or {}), **listing.narrowing()}


def _event(event_id: UUID) -> Event:
    return store.event(event_id) or abort(404)


def _leave(event: Event, listing: Listing, reason: str = "") -> Response:
    """Write the list down as taken out, and answer with it."""
    with force_locale(Language.ID.value):
        found = listing.made(event, bool(reason))
        title = str(listing.title)
        notes = [event.title, _note(event, listing, found, reason)]
        name = f"{listing.file}{'-lengkap' if reason else ''}-{event.slug}"
        answer = workbook(title, found.columns, found.rows, notes=notes, name=name)
    with transaction():
        audit.record(
            "list.export_whole" if reason else "list.export",
            event_id=event.id,
            object_kind=listing.name,
            object_id=event.id,
            fields=listing.personal if reason else (),
            count=len(found.rows),
            reason=reason,
            narrowing=noted(listing.narrowing()),
        )
    return answer


def noted(narrowing: Mapping[str, str]) -> dict[str, str]:
    """Return a filter as the log keeps it: what was typed may be a name, so only that something was."""
    return {name: "…" if name == SEARCHED else value for name, value in narrowing.items()}


def _note(event: Event, listing: Listing, found: Listed, reason: str) -> str:
    when = times.plain(times.when(clock.now(), event.zone, Language.ID))
    said = [_("Keadaan %(when)s", when=when), _("%(n)s baris", n=len(found.rows)), *found.narrowed]
    if reason:
        said.append(_("data pribadi lengkap. Untuk: %(reason)s", reason=reason))
    elif listing.personal:
        said.append(_("nomor dan kontak disamarkan"))
    return " · ".join(map(str, said))


def _ask(event: Event, listing: Listing, form: Form, status: int = 200) -> tuple[str, int]:
    page = render_template(
        "events/whole_list.html",
        event=event,
        event_title=event.short_title,
        form=form,
        title=listing.title,
        count=len(listing.made(event, False).rows),
        action=request.full_path.rstrip("?"),
        back=url_for(listing.page, **_address(listing)),
    )
    return page, status
