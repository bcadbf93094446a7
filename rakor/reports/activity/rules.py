"""The parts of an activity report (domain.md §2.9) and what they are made of: blocks that any paper can set; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_TEXT = 20_000


class Section(StrEnum):
    """A section of the report, in its order."""

    BACKGROUND = "background"
    LEGAL_BASIS = "legal_basis"
    PURPOSE = "purpose"
    SCOPE = "scope"
    PARTICIPANTS = "participants"
    SPEAKERS = "speakers"
    TIME_PLACE = "time_place"
    MATERIALS = "materials"
    COST = "cost"
    DISCUSSION = "discussion"
    EVALUATION = "evaluation"
    CONCLUSIONS = "conclusions"
    RECOMMENDATIONS = "recommendations"


class AnnexKind(StrEnum):
    """What an attached paper is."""

    TERMS = "terms"
    """KAK/TOR."""
    DECREE = "decree"
    """SK panitia."""
    LETTER = "letter"
    """Surat undangan, where it was not made here."""
    CV = "cv"
    EXPENSES = "expenses"
    """A part of the SPJ."""
    OTHER = "other"


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading below a section's own."""

    text: str


@dataclass(frozen=True)
class Points:
    """Points below each other, numbered or not; ``own`` are numbers that they bear already."""

    items: tuple[str, ...]
    numbered: bool = False
    own: tuple[int, ...] = ()

    @property
    def signs(self) -> tuple[str, ...]:
        """What stands before each: its number, or a dot."""
        numbers = self.own or (range(1, len(self.items) + 1) if self.numbered else ())
        return tuple(f"{number}." for number in numbers) or ("•",) * len(self.items)


@dataclass(frozen=True)
class Facts:
    """Words with their values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table: what stands above its columns, how wide they are to each other, and its rows."""

    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    """The columns whose cells are numbers: set to the right."""


@dataclass(frozen=True)
class Picture:
    """A photo by the name under which the paper finds it, with what a reader who cannot see it is told."""

    name: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Missing:
    """Nothing is known, and the paper says so where it would stand; ``what`` says of what, "" of all."""

    what: str = ""
    word: str = "belum diisi"

    @property
    def said(self) -> str:
        """Return "Sumber biaya: belum diisi"."""
        return f"{self.what}: {self.word}" if self.what else self.word


Block = Words | Heading | Points | Facts | Grid | Picture | Missing


@dataclass(frozen=True)
class Chapter:
    """One section with its blocks; without any it is not filled in."""

    section: Section
    title: str
    blocks: tuple[Block, ...]

    @property
    def is_empty(self) -> bool:
        """True where nothing is known but that something lacks."""
        return all(isinstance(block, Missing) for block in self.blocks)


@dataclass(frozen=True)
class File:
    """A file that goes along with the report: where it lies in the archive, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Annex:
    """One annex: its title, what of it is set in the report itself, and the files that go along."""

    title: str
    blocks: tuple[Block, ...]
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Report:
    """The whole report. ``facts`` stand on its first page; ``images`` are what its pictures and head are named by."""

    event_title: str
    document_title: str
    author: str
    letterhead: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    footer: str
    mark: str
    chapters: tuple[Chapter, ...]
    annexes: tuple[Annex, ...]
    place_date: str = ""
    signatory: tuple[str, str, str] | None = None
    images: dict[str, bytes] = field(default_factory=dict)

    @property
    def unfilled(self) -> int:
        """How many sections say that they are not filled in."""
        return sum(chapter.is_empty for chapter in self.chapters)


POINT = re.compile(r"^(?:[-•*–]|\(?\d{1,3}[.)])\s+(.+)$")
NUMBERED = re.compile(r"^\(?\d")


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return typed text as blocks: a line is a paragraph, lines that begin with "-" or "1." are points."""
    return tuple(_blocks(line.strip() for line in text.splitlines() if line.strip()))


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    points: list[str] = []
    numbered = False
    for line in lines:
        found = POINT.match(line)
        is_numbered = bool(NUMBERED.match(line))
        if points and (found is None or is_numbered is not numbered):
            yield Points(tuple(points), numbered)
            points = []
        if found is None:
            yield Words(line)
            continue
        points.append(found.group(1))
        numbered = is_numbered
    if points:
        yield Points(tuple(points), numbered)


def chapter(section: Section, title: str, typed: str, data: Sequence[Block]) -> Chapter:
    """Return a section: what was typed, then what the data says; without either it says that it is not filled in."""
    blocks = (*blocks_of(typed), *data)
    return Chapter(section, title, blocks or (Missing(),))


def roman(number: int) -> str:
    """Return a section's number as reports count them: I, II, … up to XXXIX."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
