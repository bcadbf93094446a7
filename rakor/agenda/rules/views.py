"""The programme as frozen values: what an item is, who takes part, and what of it changed last."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from rakor.agenda.rules import AgendaKind, Visibility

PUBLIC = frozenset({Visibility.PUBLIC})
PARTICIPANTS = PUBLIC | {Visibility.PARTICIPANTS}
EVERYTHING = frozenset(Visibility)


@dataclass(frozen=True)
class PersonView:
    """A speaker or moderator as the agenda shows them."""

    id: UUID
    name: str
    post: str
    organization: str
    source: str


@dataclass(frozen=True)
class RoleView:
    """A role of the event for whose people an item is meant."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Mark:
    """What a published version changed of an item, for the word "diubah"; times are aware UTC.

    ``is_new``: the item was not there before. Else ``starts_at``, ``ends_at`` and ``room`` are what stood there.
    """

    at: datetime
    is_new: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""


@dataclass(frozen=True)
class ItemView:
    """One agenda item with its day, room and people; times are aware UTC, both may be missing.

    ``roles`` (empty: everybody) and ``audience`` say for whom it is; ``capacity`` is its own, where it is less than
    the room's. ``mark`` is what the last published versions changed of it.
    """

    id: UUID
    day_id: UUID
    held_on: date
    kind: AgendaKind
    title: str
    topic: str
    session_number: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    room_id: UUID | None
    visibility: Visibility
    takes_attendance: bool
    counts_for_jp: bool
    audience: str
    source: str
    sequence: int
    updated_at: datetime
    speakers: tuple[PersonView, ...] = ()
    moderators: tuple[PersonView, ...] = ()
    roles: tuple[RoleView, ...] = ()
    capacity: int | None = None
    in_charge: str = ""
    note: str = ""
    mark: Mark | None = None

    @property
    def for_whom(self) -> str:
        """For whom it is, in words; empty where it is for everybody."""
        return ", ".join(filter(None, (*(role.name for role in self.roles), self.audience)))

    @property
    def label(self) -> str:
        """The item in a few words: "Sesi 2" of "Sesi 2: Standar layanan informasi"."""
        head, colon, _rest = self.title.partition(":")
        return head if colon and len(head) <= LONGEST_LABEL else self.title

    def news(self, now: datetime) -> Mark | None:
        """What of it changed, while that is news: three days long, and never after the item is over."""
        if self.mark is None or now - self.mark.at > MARKED_FOR:
            return None
        return self.mark if self.ends_at is None or now < self.ends_at else None

    def is_for(self, role_id: UUID | None) -> bool:
        """True where somebody of this role is meant: everybody, where no roles are named."""
        return not self.roles or role_id in {role.id for role in self.roles}


LONGEST_LABEL = 40
MARKED_FOR = timedelta(days=3)


@dataclass(frozen=True)
class PersonDraft:
    """A speaker or moderator as typed."""

    name: str
    post: str = ""
    organization: str = ""


@dataclass(frozen=True)
class ItemDraft:
    """An agenda item as typed; times are aware."""

    day_id: UUID
    kind: AgendaKind
    title: str
    topic: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    visibility: Visibility = Visibility.PUBLIC
    takes_attendance: bool = False
    counts_for_jp: bool = False
    audience: str = ""
    role_ids: tuple[UUID, ...] = ()
    capacity: int | None = None
    in_charge: str = ""
    note: str = ""
    speakers: tuple[PersonDraft, ...] = field(default=())
    moderators: tuple[PersonDraft, ...] = field(default=())


def draft_of(view: ItemView) -> ItemDraft:
    """Return an item as somebody would have typed it, to change a part of it or to write it elsewhere."""
    return ItemDraft(
        day_id=view.day_id, kind=view.kind, title=view.title, topic=view.topic, starts_at=view.starts_at,
        ends_at=view.ends_at, room=view.room, visibility=view.visibility, takes_attendance=view.takes_attendance,
        counts_for_jp=view.counts_for_jp, audience=view.audience, role_ids=tuple(role.id for role in view.roles),
        capacity=view.capacity, in_charge=view.in_charge, note=view.note,
        speakers=tuple(PersonDraft(one.name, one.post, one.organization) for one in view.speakers),
        moderators=tuple(PersonDraft(one.name, one.post, one.organization) for one in view.moderators),
    )  # fmt: skip
