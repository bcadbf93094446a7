"""Badges: their designs in millimetres, whom they are made for, what stands on one, and where a print stands; pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from rakor.events.rules import BadgeColour


class BadgeDesign(StrEnum):
    """As what badges are printed."""

    LANYARD = "lanyard"
    A6 = "a6"
    FOUR = "four"
    EIGHT = "eight"


@dataclass(frozen=True)
class Place:
    """Where on a card something stands: millimetres from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Card:
    """The measures of a design: the card, how many stand on a sheet, and the place of each part.

    The QR's place includes its quiet zone. At 60 cm a camera of 1280 pixels sees 18 of them a centimetre: three for
    each of the 21 modules need 35 mm, so no design has a place under 46 mm for the code and its quiet zone.
    """

    width: float
    height: float
    head: Place
    name: Place
    post: Place
    office: Place
    qr: Place
    code: Place
    band: Place
    columns: int = 1
    rows: int = 1
    photo: Place | None = None

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return self.width * self.columns, self.height * self.rows

    @property
    def on_sheet(self) -> int:
        """How many cards stand on a sheet."""
        return self.columns * self.rows


def _a6(height: float, columns: int = 1, rows: int = 1) -> Card:
    return Card(
        width=105, height=height, columns=columns, rows=rows,
        head=Place(6, 12, 93, 14),
        name=Place(6, 27, 93, 30),
        post=Place(6, 58, 93, 10),
        office=Place(6, 68.5, 93, 11),
        qr=Place(24.5, 76.5, 56, 56),
        code=Place(6, 127.5, 93, 3.5),
        band=Place(0, height - 16, 105, 16),
    )  # fmt: skip


CARDS = {
    BadgeDesign.LANYARD: Card(
        width=90, height=130,
        head=Place(5, 11, 80, 12),
        name=Place(5, 23.5, 80, 26),
        post=Place(5, 50, 80, 8.5),
        office=Place(5, 59, 80, 9.5),
        qr=Place(21, 67, 48, 48),
        code=Place(5, 111.5, 80, 3.5),
        band=Place(0, 116, 90, 14),
    ),
    BadgeDesign.A6: _a6(148),
    BadgeDesign.FOUR: _a6(148.5, columns=2, rows=2),
    BadgeDesign.EIGHT: Card(
        width=105, height=74.25, columns=2, rows=4,
        head=Place(4, 3.6, 97, 7.4),
        name=Place(48, 11.5, 54, 25),
        post=Place(48, 37.5, 54, 10),
        office=Place(48, 48.5, 54, 11),
        qr=Place(1, 11, 46, 46),
        code=Place(1, 55.5, 46, 3.5),
        band=Place(0, 62.25, 105, 12),
    ),
}  # fmt: skip


def _beside(card: Card, photo: Place, qr: Place) -> Card:
    return replace(card, photo=photo, qr=qr, code=replace(card.code, left=qr.left, width=qr.width))


WITH_PHOTO = {
    BadgeDesign.LANYARD: _beside(CARDS[BadgeDesign.LANYARD], Place(4, 71, 30, 40), Place(38, 67, 48, 48)),
    BadgeDesign.A6: _beside(CARDS[BadgeDesign.A6], Place(6, 81, 36, 48), Place(45, 76.5, 56, 56)),
    BadgeDesign.FOUR: _beside(CARDS[BadgeDesign.FOUR], Place(6, 81, 36, 48), Place(45, 76.5, 56, 56)),
}
"""Where a photo of 3 × 4 stands beside the code. A card of eight to a sheet is too small: the name would suffer."""


@dataclass(frozen=True)
class Band:
    """The colours of a badge's band: ground and words."""

    ground: str
    words: str


DARK, LIGHT = "#111111", "#ffffff"
PLAIN = Band(LIGHT, DARK)
BANDS = {
    BadgeColour.RED: Band("#b3261e", LIGHT),
    BadgeColour.ORANGE: Band("#f59e0b", DARK),
    BadgeColour.YELLOW: Band("#ffe14d", DARK),
    BadgeColour.GREEN: Band("#14703f", LIGHT),
    BadgeColour.BLUE: Band("#1450a3", LIGHT),
    BadgeColour.PURPLE: Band("#6b2fa0", LIGHT),
    BadgeColour.BROWN: Band("#6d4326", LIGHT),
    BadgeColour.BLACK: Band("#111111", LIGHT),
    BadgeColour.WHITE: PLAIN,
}


@dataclass(frozen=True)
class BadgeChoice:
    """For whom badges are printed; what is None narrows nothing.

    ``only_new``: who has no badge yet, or whose badge says something else now. ``with_online``: also who follows from
    afar. ``registration_id``: this one person, whatever the rest says.
    """

    role_id: UUID | None = None
    province_code: str | None = None
    office_id: UUID | None = None
    with_online: bool = False
    only_new: bool = True
    registration_id: UUID | None = None


@dataclass(frozen=True)
class Face:
    """What stands on one badge; no NIP, no phone.

    ``code`` is the ticket in force; ``number`` 0 is not given yet; ``photo`` is the file of the portrait, if any.
    """

    registration_id: UUID
    name: str
    post: str
    office: str
    role: str
    colour: BadgeColour | None
    code: str
    number: int = 0
    photo: UUID | None = None

    @property
    def words(self) -> str:
        """All that is printed but the number, to tell whether a badge still says what it said."""
        words = (self.name, self.post, self.office, self.role, str(self.colour or ""), self.code)
        return "\n".join((*words, str(self.photo)) if self.photo else words)


@dataclass(frozen=True)
class BadgeHead:
    """What all badges of an event share."""

    event: str
    organizer: str
    logo: bytes
    demo: bool


class RunState(StrEnum):
    """Where a print of badges stands for the person who waits for it."""

    LOOKING = "looking"
    SEEN = "seen"
    MAKING = "making"
    AGAIN = "again"
    READY = "ready"
    OVER = "over"
    FAILED = "failed"


WAITING = frozenset({RunState.LOOKING, RunState.MAKING, RunState.AGAIN})


def run_state(*, seen: bool, wanted: bool, made: bool, kept: bool, failed: bool, tried_before: bool) -> RunState:
    """Say where a print stands: its sample was ``seen``, the whole is ``wanted``, ``made``, still ``kept``."""
    if kept:
        return RunState.READY
    if made:
        return RunState.OVER
    if failed:
        return RunState.FAILED
    if tried_before:
        return RunState.AGAIN
    if wanted:
        return RunState.MAKING
    return RunState.SEEN if seen else RunState.LOOKING
