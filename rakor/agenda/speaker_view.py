"""Speakers for the organisers: who they are, what they answered, their link with its words, and their materials."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from rakor.agenda import material_store, speaker_store, store
from rakor.agenda.material_rules import MaterialKind
from rakor.agenda.material_store import MaterialView
from rakor.agenda.rules import SpeakerPart
from rakor.agenda.speaker_store import NOTHING, Profile
from rakor.agenda.store import EVERYTHING, PARTICIPANTS, ItemView, PersonView
from rakor.events import links
from rakor.events.models import AccessLink, Event, LinkPurpose
from rakor.web import times
from rakor.web.locale import language, number
from rakor.web.times import Language


@dataclass(frozen=True)
class SpeakerLink:
    """A living link: its address, the words that go with it, where WhatsApp opens, and how far it is."""

    url: str
    text: str
    whatsapp: str
    passed_on_at: datetime | None
    opened_at: datetime | None


@dataclass(frozen=True)
class SpeakerLine:
    """Somebody on the programme with all that the organisers know."""

    person: PersonView
    profile: Profile
    items: Sequence[ItemView]
    parts: frozenset[SpeakerPart]
    materials: Sequence[MaterialView]
    link: SpeakerLink | None


def lines(event: Event, *, reaching: bool) -> list[SpeakerLine]:
    """Return everybody who speaks or moderates in the draft; a constant number of queries.

    Only for those who reach them (``reaching``): their links, their addresses, and why somebody cannot come.
    What goes with a link to the speaker names the published sessions alone.
    """
    items, published = store.items(event.id, EVERYTHING), store.programme(event.id, PARTICIPANTS)
    profiles = speaker_store.profiles(event.id)
    if not reaching:
        profiles = {key: replace(one, reason="", email="") for key, one in profiles.items()}
    handed = material_store.materials(event.id)
    known = speaker_store.links(event.id) if reaching else {}
    return [
        _line(event, person, items, published, profiles, handed, known.get(person.id))
        for person in store.speakers(event.id)
    ]


def _line(
    event: Event,
    person: PersonView,
    items: Sequence[ItemView],
    published: Sequence[ItemView],
    profiles: dict[UUID, Profile],
    handed: Sequence[MaterialView],
    link: AccessLink | None,
) -> SpeakerLine:
    own = own_items(items, person.id)
    parts = frozenset(part for item in own for part in parts_of(item, person.id))
    return SpeakerLine(
        person=person,
        profile=profiles.get(person.id, NOTHING),
        items=own,
        parts=parts,
        materials=[one for one in handed if one.speaker_id == person.id],
        link=link_of(event, person, own_items(published, person.id), parts, link) if link else None,
    )


def own_items(items: Sequence[ItemView], speaker_id: UUID) -> list[ItemView]:
    """Return the items in which somebody takes part."""
    return [item for item in items if parts_of(item, speaker_id)]


def parts_of(item: ItemView, speaker_id: UUID) -> list[SpeakerPart]:
    """Return what somebody does in an item."""
    found = [SpeakerPart.SPEAKER] if any(one.id == speaker_id for one in item.speakers) else []
    return found + ([SpeakerPart.MODERATOR] if any(one.id == speaker_id for one in item.moderators) else [])


def link_of(
    event: Event, person: PersonView, items: Sequence[ItemView], parts: frozenset[SpeakerPart], link: AccessLink
) -> SpeakerLink:
    """Return a speaker's link with the words to pass it on; the organiser picks the receiver."""
    path = links.path_of(event.id, LinkPurpose.SPEAKER, person.id, link.epoch)
    url = current_app.config["RAKOR"].base_url + path
    text = _text(event, person, items, parts, url)
    whatsapp = f"https://wa.me/?text={quote(text, safe='')}"
    return SpeakerLink(url, text, whatsapp, link.passed_on_at, link.opened_at)


def _text(event: Event, person: PersonView, items: Sequence[ItemView], parts: frozenset[SpeakerPart], url: str) -> str:
    """Always in Indonesian, for whoever receives it."""
    with force_locale("id"):
        part = _("moderator") if parts == {SpeakerPart.MODERATOR} else _("narasumber")
        lines_ = [
            _("Yth. %(name)s,", name=person.name),
            _(
                "%(organizer)s mengundang Anda sebagai %(part)s pada %(title)s.",
                organizer=event.organizer, part=part, title=event.title,
            ),
            *[_item_words(item, event.zone) for item in items],
            _("Jadwal Anda, jawaban kesediaan, dan tempat menyerahkan materi:"),
            url,
            _("Tanpa akun dan tanpa kata sandi. Terima kasih."),
        ]  # fmt: skip
    return "\n".join(lines_)


def _item_words(item: ItemView, zone: str) -> str:
    day = times.date_long(item.held_on, Language.ID)
    span = times.span(item.starts_at, item.ends_at, zone, Language.ID) if item.starts_at else ""
    return times.plain(f"{item.title}. {', '.join(filter(None, (day, span, item.room)))}")


def size_words(byte_count: int) -> str:
    """ "2,1 MB", "84 kB"."""
    if byte_count < 1024 * 1024:
        return f"{number(max(byte_count // 1024, 1))} kB"
    return f"{number(round(byte_count / 1024 / 1024, 1))} MB"


def kind_words(kind: MaterialKind | None) -> str:
    """ "PPTX"; a link is "Tautan"."""
    return kind.upper() if kind else str(_("Tautan"))


def moment(at: datetime, zone: str, now: datetime) -> str:
    """ "23.41" within half a day of now, "Sel 24, 23.41" else."""
    clock = times.clock(at, zone, language())
    if abs(now - at) < timedelta(hours=12):
        return clock
    return f"{times.day_tab(times.local_day(at, zone), language())}, {clock}"
