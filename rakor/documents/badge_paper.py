"""What the template of the badges gets: plain strings fitted to their places, in Indonesian like all papers."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from types import MappingProxyType
from uuid import UUID

from rakor import codes
from rakor.documents import badge_fit
from rakor.documents.badge_fit import fitted
from rakor.documents.paper import LOGO
from rakor.documents.rules.badges import (
    BANDS,
    CARDS,
    PLAIN,
    WITH_PHOTO,
    BadgeDesign,
    BadgeHead,
    Card,
    Face,
    Place,
)  # fmt: skip
from rakor.qr import qr_png

Photos = Mapping[UUID, bytes]
"""Portraits by the file they are kept in."""
NO_PHOTOS: Photos = MappingProxyType({})

TEMPLATE = "badges.typ"
SAMPLE = "CONTOH"
QR_SCALE = 4


def badge_content(
    head: BadgeHead, design: BadgeDesign, faces: Sequence[Face], *, photos: Photos = NO_PHOTOS, sample: bool = False
) -> dict[str, object]:
    """Return the content of ``badges.typ``; every value is a string, a number, a list, a truth or None.

    A ``sample`` shows no code: who looks whether the design is right needs nobody's ticket.
    """
    card = CARDS[design]
    room = replace(card.head, width=card.head.width - card.head.height - 2) if head.logo else card.head
    return {
        "document_title": f"Kartu peserta {head.event}",
        "author": [head.organizer] if head.organizer else [],
        "event": _set(head.event, room, badge_fit.HEAD, 700),
        "logo": LOGO if head.logo else "",
        "logo_alt": f"Logo {head.organizer}",
        "mark": "Data contoh" if head.demo else "",
        "card": _measures(card),
        "with_photo": _measures(WITH_PHOTO.get(design, card)),
        "people": [
            _person(card, face, index, sample=sample, has_photo=design in WITH_PHOTO and face.photo in photos)
            for index, face in enumerate(faces)
        ],
    }


def badge_images(
    head: BadgeHead, faces: Sequence[Face], *, photos: Photos = NO_PHOTOS, sample: bool
) -> dict[str, bytes]:
    """Return the images the badges open, by name; in a sample no QR opens a door."""
    pictures = {_qr(at): qr_png(SAMPLE if sample else face.code, QR_SCALE) for at, face in enumerate(faces)}
    pictures |= {_photo(at): photos[face.photo] for at, face in enumerate(faces) if face.photo and face.photo in photos}
    return pictures | ({LOGO: head.logo} if head.logo else {})


def _measures(card: Card) -> dict[str, object]:
    parts = {name: part for name, part in vars(card).items() if isinstance(part, Place)}
    plain = {"width": card.width, "height": card.height, "columns": card.columns, "rows": card.rows}
    lying = {"lying": card.width > card.height}
    return plain | lying | {name: list(astuple(part)) for name, part in parts.items()}


def _person(card: Card, face: Face, index: int, *, sample: bool, has_photo: bool) -> dict[str, object]:
    band = BANDS[face.colour] if face.colour else PLAIN
    label = replace(card.band, width=card.band.width - 24, height=card.band.height - 2)
    said = "" if face.post == face.role else face.post
    return {
        "name": _set(face.name, card.name, badge_fit.NAME, 800),
        "post": _set(said, card.post, badge_fit.POST, 400) if said else None,
        "office": _set(face.office, card.office, badge_fit.OFFICE, 700),
        "role": _set(face.role.upper(), label, badge_fit.ROLE, 800),
        "band": band.ground,
        "ink": band.words,
        "number": str(face.number) if face.number else "",
        "code": SAMPLE if sample else codes.group(face.code),
        "qr": _qr(index),
        "qr_alt": f"QR tiket {face.name}",
        "photo": _photo(index) if has_photo else "",
        "photo_alt": f"Foto {face.name}",
    }


def _set(words: str, place: Place, sizes: tuple[float, ...], weight: int) -> dict[str, object]:
    found = fitted(words, place, sizes, weight)
    return {"lines": list(found.lines), "size": found.size}


def _qr(index: int) -> str:
    return f"qr-{index}"


def _photo(index: int) -> str:
    return f"photo-{index}"
