"""The local outbox: every message of an event with its state, and each as its recipient sees it."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.events import store as events
from rakor.events.models import Event
from rakor.messages import delivery, invitations, occasions, store, taken_back, words
from rakor.messages.letters import config
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind, as_text
from rakor.web.access import Scope, policy
from rakor.web.nav import NavItem

blueprint = Blueprint("messages", __name__)
NAV = (NavItem(_l("Pesan"), "mail", "messages.show_outbox", REGISTRARS, 70),)
PAGE = 50
assert occasions  # jobs and renderers are declared
assert taken_back
assert invitations


@dataclass(frozen=True)
class Pages:
    """Where a reader stands in a long list."""

    page: int
    pages: int
    total: int

    @property
    def has_prev(self) -> bool:
        """True where newer messages come before."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """True where older messages follow."""
        return self.page < self.pages

    @property
    def prev_num(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def next_num(self) -> int:
        """The page after."""
        return self.page + 1


def _event(event_id: UUID) -> Event:
    return events.event(event_id) or abort(404)


@blueprint.get("/events/<uuid:event_id>/outbox")
@policy("messages.list", Scope.EVENT, roles=REGISTRARS)
def show_outbox(event_id: UUID) -> str:
    """The event's messages, newest first."""
    event, wanted = _event(event_id), request.args.get("state", "")
    state = MessageState(wanted) if wanted in set(MessageState) else None
    counts = store.counts(event_id)
    total = counts.get(state, 0) if state else sum(counts.values())
    pages = Pages(max(request.args.get("page", 1, int), 1), -(-total // PAGE), total)
    rows = store.page(event_id, state, pages.page, PAGE)
    names = store.recipients(event_id, [row.recipient_id for row in rows])
    return render_template(
        "messages/outbox.html", event=event, event_title=event.short_title, demo_notice=bool(event.demo_world),
        rows=rows, names=names, kinds=words.KINDS, states=words.STATES, counts=counts, chosen=state, pages=pages,
        keeps=not config().smtp_url, kind_of=Kind,
    )


@blueprint.get("/events/<uuid:event_id>/outbox/<uuid:message_id>")
@policy("messages.show", Scope.EVENT, roles=REGISTRARS)
def show_message(event_id: UUID, message_id: UUID) -> str:
    """One message as the mail it is: the words in our own page, and the text part beside them."""
    event, row = _event(event_id), _message(event_id, message_id)
    written = delivery.written(row)
    if written is None:
        abort(404)
    said, made = written
    return render_template(
        "messages/message.html", event=event, event_title=event.short_title, demo_notice=bool(event.demo_world),
        row=row, letter=said, mail=made, text=as_text(said), kinds=words.KINDS, states=words.STATES,
        kind_of=Kind,
    )


@blueprint.get("/events/<uuid:event_id>/outbox/<uuid:message_id>/calendar.ics")
@policy("messages.calendar", Scope.EVENT, roles=REGISTRARS)
def download_calendar(event_id: UUID, message_id: UUID) -> Response:
    """The calendar file of a message, as a download."""
    row = _message(event_id, message_id)
    written = delivery.written(row)
    if written is None or written[0].calendar is None:
        abort(404)
    headers = {"Content-Disposition": "attachment; filename=rakor.ics"}
    return Response(written[0].calendar, headers=headers, content_type="text/calendar; charset=utf-8")


def _message(event_id: UUID, message_id: UUID) -> Message:
    return store.message(event_id, message_id) or abort(404)
