"""Whose seat a Zoom participant is: by address, then by office and name; doubt becomes a question, never a guess."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rapidfuzz import fuzz, process

from rakor.regions.rules import plain
from rakor.registrations.rules import fold
from rakor.seats.rules.office_names import OfficeFinder, OfficeMatch
from rakor.sources.rules.zoom_people import Attendee, bare

CLOSE, MOST_CHOICES, SHORTEST = 82, 6, 4
PARTS = re.compile(r"\s*[_|/;]\s*|\s+[-–—]+\s+|\s*[-–—]{2,}\s*")
LEADING_CODE = re.compile(r"^(\d{2}(?:\.?\d{2})?)\b[\s.:-]*(.*)$")
OFFICE_WORDS = frozenset({"kab", "kabupaten", "kota", "prov", "provinsi", "kantor", "kanwil", "dinas", "badan"})


class Found(StrEnum):
    """What became of a participant."""

    EMAIL = "email"
    NAME = "name"
    """By office and name."""
    CHOSEN = "chosen"
    """A person said whose it is."""
    ROOM = "room"
    """A screen of an office: whoever sits there is ticked by the office, and the seat is nobody's."""
    QUESTION = "question"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the event as a report can name them."""

    id: UUID
    name: str
    email: str
    office_id: UUID | None


@dataclass(frozen=True, slots=True)
class Match:
    """Whose a participant is; ``choices`` are the people of a question, the likeliest first."""

    found: Found
    person_id: UUID | None = None
    office_id: UUID | None = None
    choices: tuple[UUID, ...] = ()


NOBODY = Match(Found.NOBODY)


class Matcher:
    """Matches participants against the people of one event; made once for a whole report."""

    def __init__(self, people: Iterable[Somebody], offices: OfficeFinder) -> None:
        self._offices = offices
        self._emails: dict[str, list[Somebody]] = defaultdict(list)
        self._names: dict[str, list[Somebody]] = defaultdict(list)
        self._of_office: dict[UUID | None, list[Somebody]] = defaultdict(list)
        for one in people:
            if one.email:
                self._emails[one.email.casefold()].append(one)
            self._names[fold(one.name)].append(one)
            self._of_office[one.office_id].append(one)
        short = (plain(office.short_name).split()[:1] for office in offices.offices)
        self._office_words = OFFICE_WORDS | {word for words in short for word in words}
        self._known: dict[str, OfficeMatch] = {}

    def match(self, attendee: Attendee) -> Match:
        """Return whose a participant is."""
        known = self._emails.get(attendee.email, []) if attendee.email else []
        if len(known) == 1:
            return Match(Found.EMAIL, known[0].id, known[0].office_id)
        answers = [self._by_name(name, known) for name in attendee.names]
        sure = [one for one in answers if one.found is Found.NAME]
        if len({one.person_id for one in sure}) == 1:
            return sure[0]
        choices = [*(one.person_id for one in sure if one.person_id), *(who for one in answers for who in one.choices)]
        if choices:
            return Match(Found.QUESTION, choices=tuple(dict.fromkeys(choices))[:MOST_CHOICES])
        if known:
            return Match(Found.QUESTION, choices=tuple(one.id for one in known[:MOST_CHOICES]))
        return next((one for one in answers if one.found is Found.ROOM), NOBODY)

    def _by_name(self, shown: str, known: list[Somebody]) -> Match:
        office, doubtful, names = self._parted(shown)
        mine = [one for one in self._people(names) if one in known] if known else []
        if len(mine) == 1:
            return Match(Found.NAME, mine[0].id, mine[0].office_id)
        if office is not None:
            return self._in_office(office, names)
        named = self._people(names)
        if doubtful:
            named = [one for one in named if one.office_id in doubtful] or named
        return Match(Found.QUESTION, choices=tuple(one.id for one in named[:MOST_CHOICES])) if named else NOBODY

    def _in_office(self, office_id: UUID, names: list[str]) -> Match:
        own = self._of_office.get(office_id, [])
        same = [one for one in self._people(names) if one.office_id == office_id]
        if len(same) == 1:
            return Match(Found.NAME, same[0].id, office_id)
        if named := same or self._people(names):  # several of one name, or somebody of another office
            return Match(Found.QUESTION, choices=tuple(one.id for one in named[:MOST_CHOICES]))
        keys = {one.id: fold(one.name) for one in own}
        near = [hit for name in names for hit in process.extract(name, keys, scorer=fuzz.token_set_ratio, limit=3)]
        close = [who for _key, score, who in sorted(near, key=lambda hit: -hit[1]) if score >= CLOSE]
        if close:
            return Match(Found.QUESTION, choices=tuple(dict.fromkeys(close))[:MOST_CHOICES])
        return Match(Found.ROOM, office_id=office_id) if not names else NOBODY

    def _people(self, names: Iterable[str]) -> list[Somebody]:
        return [one for name in names for one in self._names.get(name, ())]

    def _parted(self, shown: str) -> tuple[UUID | None, set[UUID], list[str]]:
        """Part a shown name: the office it surely names, those it may mean, and the names of people in it."""
        office: UUID | None = None
        doubtful: set[UUID] = set()
        names: list[str] = []
        for part in (one.strip() for one in PARTS.split(bare(shown))):
            coded = LEADING_CODE.match(part)
            if coded is not None:
                office = office or self._sure(coded[1])
                part = coded[2].strip()
            folded = fold(part)
            if not folded or folded in self._names:
                names += [folded] if folded else []
                continue
            found = self._office(part)
            if found.office is not None:
                office = office or found.office.id
            elif found.choices and self._speaks_of_office(part):
                doubtful |= {one.id for one in found.choices}
            elif len(folded) >= SHORTEST:
                names.append(folded)
        return office, doubtful, names

    def _sure(self, text: str) -> UUID | None:
        found = self._office(text).office
        return found.id if found else None

    def _speaks_of_office(self, part: str) -> bool:
        return not self._office_words.isdisjoint(plain(part).split())

    def _office(self, text: str) -> OfficeMatch:
        key = plain(text)
        if key not in self._known:
            self._known[key] = self._offices.find(text)
        return self._known[key]
