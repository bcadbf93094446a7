"""The outbox, the campaigns and the rounds as they leave as workbooks: to whom, with what success, never the text."""

import re

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.messages import campaigns, listing, rounds, store
from rakor.messages.campaign_view import chosen_words, names_of
from rakor.messages.listing import Narrowed
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from rakor.messages.words import CAMPAIGN_STATES, KINDS, OVERS, REASONS, STATES, TIMINGS
from rakor.sheets import Cell, Column
from rakor.web.locale import when, when_known

MOST_ROWS = 20_000
_ADDRESS = re.compile(r"[^\s<>:;,]+@")


def _outbox(event: Event, _whole: bool) -> Listed:
    wanted = Narrowed.read(request.args)
    rows = listing.page(event.id, wanted, 0, MOST_ROWS)
    names = store.recipients(event.id, [row.recipient_id for row in rows])
    subjects = listing.subjects(event.id, rows)
    columns = [
        Column(_("Kepada"), 36),
        Column(_("Isi"), 24),
        Column(_("Perihal"), 44),
        Column(_("Keadaan"), 20),
        Column(_("Sebab"), 44),
        Column(_("Percobaan"), 10, is_count=True),
        Column(_("Ditulis"), 28),
        Column(_("Terkirim"), 28),
    ]
    lines: list[list[Cell]] = [
        [names.get(row.recipient_id) or _("Penerima sudah dihapus"), str(KINDS[Kind(row.kind)]),
         subjects.get(row.id, ""), str(STATES[row.state][0]), _why(row),
         row.attempts, when(row.created_at, event.zone), when_known(row.sent_at, event.zone)]
        for row in rows
    ]  # fmt: skip
    return Listed(columns, lines, _in_words(event, wanted))


def _why(row: Message) -> str:
    """Why a message did not leave; a server's own words may name the address, so it is masked in them."""
    if not row.error:
        return ""
    return str(REASONS[row.error]) if row.error in REASONS else _ADDRESS.sub("…@", row.error)


def _in_words(event: Event, wanted: Narrowed) -> list[str]:
    about = campaigns.campaign(event.id, wanted.campaign) if wanted.campaign else None
    said = [
        _("Cari: %(words)s", words=wanted.words) if wanted.words else "",
        str(STATES[wanted.state][0]) if wanted.state else "",
        str(KINDS[wanted.kind]) if wanted.kind else "",
        about.subject if about else "",
    ]
    return [part for part in said if part]


def _campaigns(event: Event, _whole: bool) -> Listed:
    rows, names = campaigns.campaigns(event.id), names_of(event)
    counts = campaigns.counts(event.id, [row.id for row in rows])
    columns = [
        Column(_("Perihal"), 44),
        Column(_("Kepada"), 44),
        Column(_("Waktu"), 28),
        Column(_("Keadaan"), 24),
        Column(_("Mulai ditulis"), 28),
        *(Column(str(word), 14, is_count=True) for word, _tone, _mark in STATES.values()),
    ]
    lines: list[list[Cell]] = [
        [row.subject, str(chosen_words(row, names)), str(TIMINGS[row.timing]), str(CAMPAIGN_STATES[row.state][0]),
         when_known(row.started_at, event.zone),
         *(counts[row.id].get(MessageState(state), 0) for state in STATES)]
        for row in rows
    ]  # fmt: skip
    return Listed(columns, lines)


def _rounds(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Putaran ke"), 20),
        Column(_("Dimulai"), 28),
        Column(_("Diteruskan"), 12, is_count=True),
        Column(_("Dilewati"), 12, is_count=True),
        Column(_("Tinggal"), 12, is_count=True),
        Column(_("Selesai"), 28),
    ]
    found = [rounds.standing(event, row, with_stop=False) for row in rounds.rounds(event.id)]
    lines: list[list[Cell]] = [
        [str(OVERS[one.row.over]), when(one.row.started_at, event.zone), one.passed, one.skipped, one.left,
         when_known(one.row.ended_at, event.zone)]
        for one in found
    ]  # fmt: skip
    return Listed(columns, lines)


LISTINGS = {
    "outbox": Listing(
        "outbox", "kotak-keluar", _l("Kotak keluar"), "messages.show_outbox", REGISTRARS, _outbox,
        ("q", "state", "kind", "campaign"),
        words={"state": {state: look[0] for state, look in STATES.items()}, "kind": KINDS},
    ),
    "messages": Listing("campaigns", "pesan", _l("Pesan"), "messages.campaigns", REGISTRARS, _campaigns),
    "rounds": Listing("rounds", "putaran", _l("Putaran WhatsApp"), "messages.rounds", REGISTRARS, _rounds),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""
