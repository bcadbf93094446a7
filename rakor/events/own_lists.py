"""The lists of an event's setting up as they leave as workbooks: roles, channels, team, leaders, what left before."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts import words as account_words
from rakor.accounts.rules import EDITORS
from rakor.events import store, words
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.events.routes.exports import taken
from rakor.events.store import leaders, team
from rakor.sheets import Cell, Column
from rakor.web.locale import when, when_known

MOST_ROWS = 20_000


def _roles(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Urutan"), 8, is_count=True),
        Column(_("Peran"), 44),
        Column(_("Nama pendek"), 24),
        Column(_("Kelompok"), 28),
        Column(_("Warna kartu"), 14),
    ]
    lines: list[list[Cell]] = [
        [place, role.name, role.short_name, str(words.GROUPS[role.group]),
         str(words.COLOURS[role.colour]) if role.colour else ""]
        for place, role in enumerate(store.roles(event.id), start=1)
    ]  # fmt: skip
    return Listed(columns, lines)


def _channels(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Saluran"), 34),
        Column(_("Jenis"), 14),
        Column(_("Muat"), 10, is_count=True),
        Column(_("Tautan"), 48),
        Column(_("Untuk umum"), 12),
        Column(_("Keterangan"), 40),
    ]
    lines: list[list[Cell]] = [
        [one.label, str(words.CHANNELS[one.kind]), one.capacity, one.url, _("ya") if one.is_public else "", one.note]
        for one in store.channels(event.id)
    ]
    return Listed(columns, lines)


def _team(event: Event, whole: bool) -> Listed:
    """Who works on the event; the addresses only in the whole list."""
    today = clock.today(event.zone)
    columns = [
        Column(_("Nama"), 34),
        Column(_("Hak"), 24),
        Column(_("Sampai"), 14),
        Column(_("Keadaan"), 18),
        *([Column(_("Email"), 34)] if whole else []),
    ]
    lines: list[list[Cell]] = [
        [one.name, str(account_words.ROLES[one.role]), one.ends_on.isoformat(),
         _("Sudah berakhir") if one.ends_on < today else _("Berlaku"), *([one.email] if whole else [])]
        for one in team.grants(event.id)
    ]  # fmt: skip
    return Listed(columns, lines)


def _leaders(event: Event, _whole: bool) -> Listed:
    """The leaders and until when their links work; the links themselves open without a password and stay here."""
    columns = [Column(_("Nama"), 34), Column(_("Jabatan"), 34), Column(_("Tautan"), 18), Column(_("Sampai"), 26),
               Column(_("Terakhir dibuka"), 26)]  # fmt: skip
    lines: list[list[Cell]] = [
        [one.name, one.post, _standing(one), *(when_known(at, event.zone) for at in (one.expires_at, one.used_at))]
        for one in leaders.leaders(event.id)
    ]
    return Listed(columns, lines)


def _standing(one: leaders.LeaderView) -> str:
    if not one.path:
        return str(_("Dimatikan"))
    over = one.expires_at is not None and one.expires_at <= clock.now()
    return str(_("Sudah berakhir") if over else _("Berlaku"))


def _exports(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Daftar"), 28),
        Column(_("Siapa"), 30),
        Column(_("Kapan"), 28),
        Column(_("Baris"), 10, is_count=True),
        Column(_("Saringan"), 28),
        Column(_("Tanpa samaran"), 16),
        Column(_("Untuk apa"), 50),
    ]
    lines: list[list[Cell]] = [
        [one.what, one.who, when(one.at, event.zone), one.count, one.narrowing, _("ya") if one.whole else "",
         one.reason]
        for one in taken(event.id, offset=0, limit=MOST_ROWS)
    ]  # fmt: skip
    return Listed(columns, lines)


LISTINGS = {
    "roles": Listing("roles", "peran", _l("Peran"), "events.show_roles", EDITORS, _roles),
    "channels": Listing("channels", "saluran", _l("Saluran"), "events.show_channels", EDITORS, _channels),
    "team": Listing("team", "tim", _l("Tim"), "events.show_team", EDITORS, _team, (), ("email",)),
    "leaders": Listing("leaders", "pimpinan", _l("Tautan pimpinan"), "events.show_leaders", EDITORS, _leaders),
    "exports": Listing("exports", "unduhan", _l("Siapa mengunduh apa"), "events.show_exports", EDITORS, _exports),
}
"""The lists of this room by where they leave, below the event."""
