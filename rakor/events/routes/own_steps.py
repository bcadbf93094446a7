"""The steps that the event itself knows: details, way of following, way in, contact, papers, roles, team."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from rakor.events import store
from rakor.events.models import Event
from rakor.events.rules import ChannelKind, EventMode
from rakor.events.rules.readiness import (
    SetupFacts,
    StepState,
    channel_state,
    contact_state,
    entry_state,
    identity_state,
    place_state,
)
from rakor.events.steps import Step
from rakor.events.store.leaders import leaders
from rakor.events.store.team import grants
from rakor.events.words import MODES
from rakor.web.locale import number


def own_steps(event: Event) -> list[Step]:
    """Return the event's own steps in order: place, links, way in, then contact, papers, roles and team."""
    channels, identity = store.channels(event.id), store.identity(event.id)
    online = [channel.label for channel in channels if channel.kind is not ChannelKind.ONSITE and channel.url]
    facts = SetupFacts(
        mode=event.mode,
        has_place=bool(event.venue and event.city),
        has_online_link=bool(online),
        has_contact=bool(event.contact_name and (event.contact_phone or event.contact_email)),
        has_letterhead=bool(identity.letterhead),
        open_registration=event.open_registration,
        capacity=event.capacity,
    )
    settings = url_for("events.show_settings", event_id=event.id)
    return [
        Step(_("Tempat"), _place(event, facts), place_state(facts), "pin", f"{settings}#where"),
        Step(_("Tautan daring"), _links(event, online), channel_state(facts), "video", _page("channels", event)),
        Step(_("Formulir pendaftaran"), _entry(event), entry_state(facts), "user-plus", f"{settings}#entry"),
        Step(_("Narahubung"), _contact(event, facts), contact_state(facts), "phone", f"{settings}#contact"),
        Step(
            _("Kop, logo, dan penanda tangan"),
            _("Sudah diisi") if facts.has_letterhead else _("Dipakai pada surat dan daftar hadir"),
            identity_state(facts),
            "file",
            _page("identity", event),
        ),
        _roles(event),
        Step(_("Tim"), _team(event), StepState.DONE, "users", _page("team", event)),
        _leaders(event),
    ]


def _page(name: str, event: Event) -> str:
    return url_for(f"events.show_{name}", event_id=event.id)


def _place(event: Event, facts: SetupFacts) -> str:
    if event.mode is EventMode.ONLINE:
        return str(MODES[event.mode])
    if facts.has_place:
        return f"{event.venue}, {event.city}"
    return str(_("Isi kotanya") if event.venue else _("Isi nama tempat dan kotanya"))


def _links(event: Event, online: list[str]) -> str:
    if event.mode is EventMode.ONSITE:
        return ", ".join(online) or _("Tidak perlu, kegiatan ini luring")
    return ", ".join(online) or _("Boleh menyusul, tetapi peserta daring akan menanyakannya")


def _entry(event: Event) -> str:
    if not event.open_registration:
        return str(_("Tertutup; hanya yang diundang"))
    if event.capacity is None:
        return str(_("Terbuka, tanpa batas tempat"))
    return str(_("Terbuka, %(n)s tempat", n=number(event.capacity)))


def _contact(event: Event, facts: SetupFacts) -> str:
    return event.contact_name if facts.has_contact else _("Nama dan nomor yang dapat ditanya peserta")


def _roles(event: Event) -> Step:
    names = ", ".join(role.short_name or role.name for role in store.roles(event.id))
    state = StepState.DONE if names else StepState.ADVISED
    return Step(_("Peran"), names or _("Siapa duduk sebagai apa"), state, "list", _page("roles", event))


def _leaders(event: Event) -> Step:
    names = ", ".join(leader.name for leader in leaders(event.id) if leader.path)
    state = StepState.DONE if names else StepState.SPARE
    said = names or _("Satu angka di ponsel pimpinan, tanpa akun")
    return Step(_("Tautan pimpinan"), said, state, "crown", _page("leaders", event))


def _team(event: Event) -> str:
    people = {grant.user_id for grant in grants(event.id)}
    return str(ngettext("%(num)s orang", "%(num)s orang", len(people)))
