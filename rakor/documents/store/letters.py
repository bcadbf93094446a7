"""What a letter of invitation says, read from the event, its letter, its rules, its offices and its programme."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from flask import current_app
from flask_babel import force_locale

from rakor import files
from rakor.agenda import store as agenda
from rakor.agenda.rules import Visibility
from rakor.documents.rules import Approval
from rakor.documents.rules.letter import AgendaLine, InvitedRole, LetterFacts, OfficeGroup, by_province
from rakor.documents.store.heads import LOGO
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import Event, LinkPurpose
from rakor.offices.rules import OfficeLevel
from rakor.regions.rules import reference
from rakor.registrations.rules import Mode
from rakor.registrations.rules.phones import show
from rakor.seats import store as seats
from rakor.seats.letter_words import NATURES
from rakor.seats.passing import place_of
from rakor.seats.store import OfficeProgress, letters
from rakor.seats.words import COSTS
from rakor.web import times
from rakor.web.times import Language

ID = Language.ID
LEVELS = {
    OfficeLevel.NATIONAL: "Pusat",
    OfficeLevel.PROVINCE: "Provinsi",
    OfficeLevel.REGENCY: "Kabupaten/Kota",
    OfficeLevel.UNIT: "Unit",
}
HEADED = {
    OfficeLevel.NATIONAL: "Pimpinan kantor pusat",
    OfficeLevel.PROVINCE: "Pimpinan kantor tingkat provinsi",
    OfficeLevel.REGENCY: "Pimpinan kantor tingkat kabupaten/kota",
    OfficeLevel.UNIT: "Pimpinan unit kerja",
}
INVITED = frozenset({Visibility.PUBLIC, Visibility.PARTICIPANTS})
MODES = {Mode.ONSITE: "luring", Mode.ONLINE: "daring"}
ATTACHED = "(daftar terlampir)"


def letter_facts(event: Event, office_id: UUID | None, *, now: datetime) -> LetterFacts:
    """Return what the letter to all, or to one office, says; raises LookupError when the office is not invited."""
    row, identity = letters.drafted(event, now=now), events.identity(event.id)
    invited = seats.office_progress(event.id, event.regions_as_of)
    own = next((office for office in invited if office.office_id == office_id), None)
    if office_id is not None and own is None:
        raise LookupError("this office is not invited any more")
    items = agenda.programme(event.id, INVITED)
    logo = files.read(event.id, identity.logo_file_id, LOGO) if identity.logo_file_id else None
    with force_locale("id"):
        nature, cost, place = str(NATURES[row.nature]), str(COSTS[event.cost_bearer]), place_of(event)
    return LetterFacts(
        number=event.letter_number,
        signed_on=event.letter_on,
        place=row.place,
        nature=nature,
        attachments=row.attachments,
        subject=row.subject,
        addressees=_addressees(row.addressees, invited, own),
        basis=" ".join((row.basis or event.purpose).split()),
        event_title=event.title,
        theme=event.theme,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        zone=event.zone,
        opens_at=min((item.starts_at for item in items if item.starts_at), default=None),
        time_note=row.time_note,
        venue=", ".join(filter(None, (place, event.address))),
        cost=" ".join(filter(None, (cost, f"{event.cost_note.rstrip('.')}." if event.cost_note else ""))),
        delegation="" if event.delegation_allowed else "Kehadiran tidak dapat diwakilkan.",
        dress=row.dress,
        bring=row.bring,
        lodging=row.lodging,
        answer_by=_answer_by(event, own),
        link=_link(event, own),
        is_own_link=own is not None,
        contact=_contact(event),
        cc=tuple(line for line in row.cc.split("\n") if line),
        letterhead=tuple(line for line in (identity.letterhead or event.organizer).splitlines() if line.strip()),
        logo=logo.content if logo else b"",
        approval=Approval(identity.signatory_post, identity.signatory_name, identity.signatory_nip or "")
        if identity.signatory_name or identity.signatory_post
        else None,
        roles=_own_roles(event, own) if own else _roles(event),
        groups=() if own else _groups(invited),
        agenda=tuple(
            AgendaLine(
                item.held_on, item.starts_at, item.ends_at, item.title, "; ".join(one.name for one in item.speakers)
            )
            for item in items
            if row.with_agenda
        ),
        with_list=row.with_list,
        with_form=row.with_form,
        office=own.name if own else "",
        demo=event.demo_world is not None and event.demo_world != "history",
    )


def _addressees(typed: str, invited: list[OfficeProgress], own: OfficeProgress | None) -> tuple[str, ...]:
    if own is not None:
        return (f"Pimpinan {own.name}",)
    if typed:
        return tuple(line for line in typed.split("\n") if line)
    levels = {office.level for office in invited}
    return tuple(f"{HEADED[level]} {ATTACHED}" for level in OfficeLevel if level in levels) or ("Para undangan",)


def _answer_by(event: Event, own: OfficeProgress | None) -> str:
    if event.answer_by_at is None:
        return ""
    zone = own.zone if own else event.zone
    return times.plain(times.when(event.answer_by_at, zone, ID))


def _link(event: Event, own: OfficeProgress | None) -> str:
    base: str = current_app.config["RAKOR"].base_url
    if own is None:
        return f"{base}/e/{event.slug}"
    return base + links.path_of(event.id, LinkPurpose.OFFICE, own.office_id, own.link_epoch or 0)


def _contact(event: Event) -> str:
    phone = f"WA {show(event.contact_phone)}" if event.contact_phone else ""
    return ", ".join(filter(None, (event.contact_name, phone, event.contact_email)))


def _roles(event: Event) -> tuple[InvitedRole, ...]:
    names = {role.id: role.name for role in events.roles(event.id)}
    counts = Counter(office.level for office in seats.invited_offices(event))
    rules = sorted(seats.rules_of(event.id), key=lambda rule: (list(OfficeLevel).index(rule.level)))
    return tuple(
        InvitedRole(
            f"{LEVELS[rule.level]} ({times.number(counts[rule.level], ID)})",
            names[rule.role_id],
            rule.quota,
            " atau ".join(MODES[mode] for mode in rule.modes),
            rule.required,
        )
        for rule in rules
        if counts[rule.level]
    )


def _own_roles(event: Event, own: OfficeProgress) -> tuple[InvitedRole, ...]:
    musts = {rule.role_id for rule in seats.rules_of(event.id) if rule.required and rule.level is own.level}
    lines = seats.seats_with_holders(event.id, [own.office_id])
    found: dict[UUID, InvitedRole] = {}
    for line in lines:
        quota = found[line.role_id].quota + 1 if line.role_id in found else 1
        modes = " atau ".join(MODES[mode] for mode in line.modes)
        found[line.role_id] = InvitedRole("Kantor Saudara", line.role, quota, modes, line.role_id in musts)
    return tuple(found.values())


def _groups(invited: list[OfficeProgress]) -> tuple[OfficeGroup, ...]:
    regions = reference()
    return by_province(
        (regions.province(office.province_code).short_name if office.province_code else "Pusat", office.name)
        for office in invited
    )
