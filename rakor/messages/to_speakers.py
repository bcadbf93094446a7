"""What is written to speakers and moderators: each of their sessions as an invitation, its changes, and its end.

What later features write to them, they declare here by its kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from rakor import clock, crypto
from rakor.agenda import speaker_store, telling
from rakor.agenda.rules.snapshots import changes_of
from rakor.agenda.rules.versions import CONCERNS
from rakor.agenda.store import PersonView, versions
from rakor.calendar import speaking
from rakor.calendar import store as calendars
from rakor.calendar.rules import Attendee, Content, Movement, content_of
from rakor.calendar.store import KeptEntry
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.messages import store
from rakor.messages.changelog import unlinked_change
from rakor.messages.invitations import RECORD, WHY
from rakor.messages.invited import as_file, content, details
from rakor.messages.letters import config, signed
from rakor.messages.models import Message
from rakor.messages.recipients import Addressed, writes_to
from rakor.messages.rules import Kind, Letter, one_line, unlinked
from rakor.outbox import Progress, job
from rakor.web import times
from rakor.web.locale import language


@job(speaking.CHANGED)
def tell_change(payload: dict[str, str], progress: Progress) -> None:
    """Leave a message about one session whose entry changed, where the speaker can be reached."""
    event_id, who, what = (UUID(payload[name]) for name in ("event_id", "speaker_id", "item_id"))
    why = {name: value for name, value in payload.items() if name in WHY}
    with transaction(unaudited=RECORD):
        _leave(event_id, who, why, only=what)


@job(speaker_store.CHANGED)
def tell_new_address(payload: dict[str, str], progress: Progress) -> None:
    """Leave the present invitations to an address that was given, or put right, after they were kept."""
    event_id, who = UUID(payload["event_id"]), UUID(payload["speaker_id"])
    with transaction(unaudited=RECORD):
        _leave(event_id, who, {"movement": str(Movement.NEW)}, only=None)


def _leave(event_id: UUID, who: UUID, why: Mapping[str, str], *, only: UUID | None) -> None:
    """Leave messages about entries as they stand; the same state to the same address is written once."""
    email = speaker_store.profile(event_id, who).email
    kept = calendars.entries(event_id, [who], subject_id=only, book=calendars.OF_SPEAKERS).get(who, {})
    for item_id, entry in kept.items() if email else ():
        if entry.kept.cancelled != (why["movement"] == Movement.CANCELLED):
            continue  # it changed again meanwhile: that is said by a job of its own
        address = crypto.blind_index("speaker email", email.lower()).hex()[:12]
        if only is None and (_was_told(event_id, who, item_id, address) or _is_over(event_id, entry)):
            continue
        store.write(
            event_id, Kind.CALENDAR, who, f"{who}/{item_id}/{entry.kept.sequence}/{address}", now=clock.now(),
            recipient_kind=store.SPEAKER, detail=details(entry, why) | {"item": str(item_id)},
        )  # fmt: skip


def _was_told(event_id: UUID, who: UUID, item_id: UUID, address: str) -> bool:
    query = select(Message.unique_key).where(Message.event_id == event_id, Message.recipient_id == who)
    return any(key and f"/{item_id}/" in key and key.endswith(address) for key in db.session.scalars(query))


def _is_over(event_id: UUID, entry: KeptEntry) -> bool:
    said = calendars.content(event_id, entry.kept.content_hash)
    ends_at = content_of(said).ends_at if said else None
    return ends_at is not None and ends_at < clock.now()


@dataclass(frozen=True)
class Talk:
    """What a letter to a speaker is about: the event, who speaks, what the entry said, and why it is written."""

    event: Event
    person: PersonView
    said: Content
    detail: Mapping[str, str]

    @property
    def title(self) -> str:
        """The session's title as no mail program makes a link of it."""
        return unlinked(self.said.title)


@dataclass(frozen=True)
class ToSpeaker:
    """Whom a message is to, and the details that it was written with."""

    event: Event
    person: PersonView
    email: str
    detail: Mapping[str, str]

    @property
    def greeting(self) -> str:
        """The first line."""
        return str(_("Yth. %(name)s,", name=unlinked(self.person.name)))

    @property
    def action(self) -> tuple[str, str] | None:
        """The way to the speaker's own page, where there is one."""
        page = _page(self.event.id, self.person.id)
        return (_("Buka halaman narasumber"), page) if page else None


Renderer = Callable[[ToSpeaker], Letter | None]
"""None where what it tells of is gone."""
_renderers: dict[Kind, Renderer] = {}


def renders_to_speaker(kind: Kind) -> Callable[[Renderer], Renderer]:
    """Declare who writes a kind of message, other than about sessions, to speakers."""

    def register(renderer: Renderer) -> Renderer:
        _renderers[kind] = renderer
        return renderer

    return register


@writes_to(store.SPEAKER)
def _to_speaker(event: Event, row: Message) -> Addressed | None:
    person = speaker_store.speaker(event.id, row.recipient_id)
    profile = speaker_store.profile(event.id, row.recipient_id)
    if person is None:
        return None
    with force_locale(profile.language):
        render = _renderers.get(Kind(row.kind), _of_session)
        letter = render(ToSpeaker(event, person, profile.email, row.detail))
    return Addressed(letter, profile.email, profile.language) if letter is not None else None


def _of_session(to: ToSpeaker) -> Letter | None:
    said = content(to.event, to.detail)
    if said is None:
        return None
    talk, movement = Talk(to.event, to.person, said, to.detail), Movement(to.detail["movement"])
    gone = movement is Movement.CANCELLED
    say = {Movement.CANCELLED: _taken_back, Movement.CHANGED: _changed}.get(movement, _invited)
    subject, paragraphs = say(talk)
    return Letter(
        subject=subject,
        greeting=to.greeting,
        paragraphs=paragraphs,
        facts=() if gone else _facts(talk),
        action=to.action,
        closing=signed(to.event),
        calendar=as_file(to.event, to.detail, Attendee(to.person.name, to.email)),
        method="CANCEL" if gone else "REQUEST",
    )


def _invited(talk: Talk) -> tuple[str, tuple[str, ...]]:
    return _("Undangan kalender: %(title)s", title=one_line(talk.said.title)), (
        _("Terima kasih atas kesediaan Anda di %(title)s.", title=unlinked(talk.event.title)),
        _("Email ini memasukkan sesi “%(session)s” ke kalender Anda, lengkap dengan pengingat.", session=talk.title),
        _("Bila jadwal berubah, entri di kalender Anda ikut diperbarui. Tidak perlu menjawab undangan ini."),
    )


def _changed(talk: Talk) -> tuple[str, tuple[str, ...]]:
    return _("Jadwal berubah: %(title)s", title=one_line(talk.said.title)), (
        *(_news(talk) or [_("Ada perubahan pada %(title)s.", title=talk.title)]),
        _("Entri di kalender Anda diperbarui dengan email ini."),
    )


def _news(talk: Talk) -> list[str]:
    """What the version of this letter changed of this session, a sentence each."""
    number = talk.detail.get("version", "")
    kept = versions.version(talk.event.id, int(number)) if number else None
    own = [one for one in changes_of(kept.changes) if str(one.item_id) == talk.detail["item"]] if kept else []
    told = [unlinked_change(one) for one in own if one.field in CONCERNS]
    return [times.plain(telling.said(one, talk.event.zone)) for one in told]


def _taken_back(talk: Talk) -> tuple[str, tuple[str, ...]]:
    title = one_line(talk.said.title)
    off = _("Entri %(title)s dikeluarkan dari kalender Anda.", title=talk.title)
    if talk.event.stage is Stage.CANCELLED:
        return _("Dibatalkan: %(title)s", title=title), (
            _("Panitia membatalkan %(title)s.", title=unlinked(talk.event.title)), off,
        )  # fmt: skip
    if talk.detail.get("because") == "person":
        return _("Kesediaan dicabut: %(title)s", title=title), (
            _("Anda menjawab berhalangan; panitia sudah mengetahuinya."), off,
        )  # fmt: skip
    return _("Tidak lagi dalam jadwal Anda: %(title)s", title=title), (
        _("Sesi “%(session)s” tidak lagi ada dalam jadwal Anda.", session=talk.title), off,
        _("Keliru? Hubungi panitia."),
    )  # fmt: skip


def _facts(talk: Talk) -> tuple[tuple[str, str], ...]:
    said, spoken = talk.said, language()
    when = times.plain(times.date_long(said.first_on, spoken))
    if said.starts_at:
        when += f", {times.plain(times.span(said.starts_at, said.ends_at, said.zone, spoken))}"
    rows = [(_("Sesi"), talk.title), (_("Waktu"), when), (_("Tempat"), unlinked(said.place))]
    return tuple((str(name), value) for name, value in rows if value)


def _page(event_id: UUID, speaker_id: UUID) -> str:
    """The address of a speaker's own page; "" where the link was revoked."""
    token = links.open_token(event_id, LinkPurpose.SPEAKER, speaker_id)
    return f"{config().base_url}/s/{token}" if token else ""
