"""What a speaker may hand in, when everybody may see it, and how the files are named; pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

MOST_BYTES = 50 * 1024 * 1024
MOST_VERSIONS = 20
MOST_MATERIALS = 12
MOST_SPEAKER_BYTES = 1024 * 1024 * 1024
UPLOAD_LASTS = timedelta(days=7)
LONGEST_ADDRESS = 500


class SpeakerAnswer(StrEnum):
    """What a speaker or moderator said to the invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class MaterialKind(StrEnum):
    """What a file is, by its content.

    No video: its metadata names places and cannot be taken out here, and 50 MB hold little of it; a link does.
    """

    PPTX = "pptx"
    PPSX = "ppsx"
    DOCX = "docx"
    XLSX = "xlsx"
    ODP = "odp"
    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"


PICTURES = frozenset({MaterialKind.JPG, MaterialKind.PNG})
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    MaterialKind.PPTX: f"{OFFICE}.presentationml.presentation",
    MaterialKind.PPSX: f"{OFFICE}.presentationml.slideshow",
    MaterialKind.DOCX: f"{OFFICE}.wordprocessingml.document",
    MaterialKind.XLSX: f"{OFFICE}.spreadsheetml.sheet",
    MaterialKind.ODP: "application/vnd.oasis.opendocument.presentation",
    MaterialKind.PDF: "application/pdf",
    MaterialKind.JPG: "image/jpeg",
    MaterialKind.PNG: "image/png",
}


class MaterialProblem(StrEnum):
    """Why something cannot be a material."""

    NOTHING = "nothing"
    """Neither a file nor a link."""
    TOO_HEAVY = "too_heavy"
    UNKNOWN = "unknown"
    """None of the kinds that are taken."""
    OLD = "old"
    """A presentation of before 2007, whose content cannot be looked into."""
    BROKEN = "broken"
    """It cannot be read to its end."""
    SWOLLEN = "swollen"
    """It would unpack to far more than it is."""
    LOCKED = "locked"
    MACRO = "macro"
    """It carries a program, or asks for one from elsewhere."""
    TOO_LARGE = "too_large"
    """A picture of too many points."""
    NO_ADDRESS = "no_address"
    """The link is no https address."""
    TOO_MANY = "too_many"
    FULL = "full"
    """The speaker's own room is used up."""
    CHANGED = "changed"
    """What arrived is not what was chosen."""


@dataclass(frozen=True)
class Held:
    """What is kept already: materials of the speaker, versions of the material in question, bytes of all."""

    materials: int
    versions: int
    byte_count: int


def room_for(held: Held, *, byte_count: int, new: bool) -> MaterialProblem | None:
    """Tell whether one more version of ``byte_count`` may be kept; ``new`` where it begins a material."""
    if byte_count > MOST_BYTES:
        return MaterialProblem.TOO_HEAVY
    if (new and held.materials >= MOST_MATERIALS) or held.versions >= MOST_VERSIONS:
        return MaterialProblem.TOO_MANY
    return MaterialProblem.FULL if held.byte_count + byte_count > MOST_SPEAKER_BYTES else None


def web_address(text: str) -> str | None:
    """Return ``text`` where it is an https address of one line; None for everything else."""
    if not re.fullmatch(r"https://[!-~]+", text) or len(text) > LONGEST_ADDRESS:
        return None
    try:
        return text if "." in (urlsplit(text).hostname or "") else None
    except ValueError:
        return None


def is_public(*, is_open: bool, withheld: bool, over_at: datetime | None, now: datetime) -> bool:
    """Anybody may see a material: its author said so, the organiser does not hold it back, its session is over.

    ``over_at`` is the session's published end; None where none is known, and then it is never over.
    """
    return is_open and not withheld and over_at is not None and over_at <= now


@dataclass(frozen=True)
class Packed:
    """One file for the archive: its place in the programme, its session, whose it is, which kind."""

    place: int
    session: str
    person: str
    kind: str


def file_name(packed: Packed) -> str:
    """Return a name that is one on every system: ``01_Sesi-1_Ratna-Contoh.pptx``, in plain letters."""
    session, person = plain(packed.session, 40) or "Materi", plain(packed.person, 60) or "Narasumber"
    return f"{packed.place:02d}_{session}_{person}.{packed.kind}"


def file_names(files: list[Packed]) -> list[str]:
    """Return the names of an archive in order; a second of the same name gets a number."""
    used: dict[str, int] = {}
    names = []
    for name in map(file_name, files):
        used[name.casefold()] = used.get(name.casefold(), 0) + 1
        stem, kind = name.rsplit(".", 1)
        names.append(name if used[name.casefold()] == 1 else f"{stem}_{used[name.casefold()]}.{kind}")
    return names


def plain(text: str, longest: int) -> str:
    """Return the letters and digits of ``text`` without accents, joined by hyphens."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", folded).strip("-")[:longest].strip("-")


def shown_name(name: str) -> str:
    """Return the name of a file as its sender's device gave it, fit for a screen: no folders, nothing invisible."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    return " ".join(seen.split())[:120]
