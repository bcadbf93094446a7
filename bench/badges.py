"""Badges for 2,740 people: made as the worker makes them, and every code read back from the paper."""

import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import zip_longest
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from rakor import codes
from rakor.documents.badge_jobs import ZIP, bound
from rakor.documents.rules.badges import CARDS, BadgeDesign, BadgeHead, Face
from rakor.events.rules import BadgeColour

WHAT = "badges for 2,740 people: < 12 s, < 300 MB in the press; every QR read back, also as a camera sees it at 60 cm"
PEOPLE, QUICK_PEOPLE, SECONDS, MEGABYTES = 2740, 1100, 12.0, 300
AT_60_CM, AT_THE_DESK = 18.5, 32.0
"""Pixels a centimetre of card: a camera of 1280 pixels and 60 degrees at 60 and at 35 cm."""
POSTS = ("", "Kepala Subbagian Teknis dan Hubungan Partisipasi Masyarakat", "Anggota")
ROLES = ("Ketua", "Sekretaris", "Anggota Divisi Sosialisasi", "Kepala Bagian", "Operator PPID")
NAMES = ("Drs. Yohanes", "I Dewa Kade Wiarsa Raka Sandi", "Sulastri", "O'Brien", "محمد", "ꦱꦸꦏꦂꦤꦺꦴ", "Marthina")
OFFICES = ("Kabupaten Merauke", "Kabupaten Kepulauan Siau Tagulandang Biaro", "Kota Semarang", "Provinsi Papua Selatan")
HEAD = BadgeHead("Rapat Koordinasi Nasional Pelayanan Informasi 2026", "KEMENTERIAN CONTOH", b"", True)


def run(quick: bool) -> dict[str, Any]:
    """Make them in the design with the most pages, read all back; the figure is held by the number made in quick."""
    people = QUICK_PEOPLE if quick else PEOPLE
    faces = [_face(number) for number in range(1, people + 1)]
    started, own = time.perf_counter(), time.process_time()
    book, kind = bound(HEAD, BadgeDesign.LANYARD, faces, lambda _done, _whole: None)
    spent = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    press, cpu = used.ru_maxrss / 1024, time.process_time() - own + used.ru_utime + used.ru_stime
    missed = _missed(book, kind, BadgeDesign.LANYARD, faces, AT_THE_DESK)
    sheets = faces[: 8 if quick else 80]
    far = {str(one): _missed(*_some(one, sheets), one, sheets, AT_60_CM) for one in BadgeDesign}
    bites = _bites(faces[:8])
    allowed = SECONDS * people / PEOPLE
    return {
        "ok": spent < allowed and press < MEGABYTES and not missed and not any(far.values()) and all(bites.values()),
        "people": people,
        "s": round(spent, 2),
        "cpu_s": round(cpu, 2),
        "press_mb": round(press),
        "file_kb": round(len(book) / 1024),
        "not_read": missed,
        "not_read_at_60_cm": far,
        "bites": bites,
        "compared_with": f"{SECONDS} s for {PEOPLE} ({allowed:.1f} s for these), {MEGABYTES} MB",
    }


def _bites(faces: Sequence[Face]) -> dict[str, int]:
    """The faults: everybody gets the neighbour's code; the codes are a third of their size. Each must be missed."""
    turned = [replace(face, code=faces[at - 1].code) for at, face in enumerate(faces)]
    swapped = _missed(*_some(BadgeDesign.LANYARD, turned), BadgeDesign.LANYARD, faces, AT_THE_DESK)
    card = CARDS[BadgeDesign.LANYARD]
    CARDS[BadgeDesign.LANYARD] = replace(card, qr=replace(card.qr, width=16, height=16))
    try:
        small = _missed(*_some(BadgeDesign.LANYARD, faces), BadgeDesign.LANYARD, faces, AT_60_CM)
    finally:
        CARDS[BadgeDesign.LANYARD] = card
    return {"a neighbour's code": swapped, "codes of a third": small}


def _some(design: BadgeDesign, faces: Sequence[Face]) -> tuple[bytes, str]:
    return bound(HEAD, design, faces, lambda _done, _whole: None)


def _missed(book: bytes, kind: str, design: BadgeDesign, faces: Sequence[Face], pixels_a_centimetre: float) -> int:
    """Count the badges whose code does not read on the sheet on which the person stands."""
    on_sheet = CARDS[design].on_sheet
    sheets = [{face.code for face in faces[at : at + on_sheet]} for at in range(0, len(faces), on_sheet)]
    read = [found for pdf in _parts(book, kind) for found in _read(pdf, pixels_a_centimetre)]
    return sum(len(wanted - found) for wanted, found in zip_longest(sheets, read, fillvalue=set[str]()))


def _parts(book: bytes, kind: str) -> Iterator[bytes]:
    if kind != ZIP:
        yield book
        return
    with ZipFile(BytesIO(book)) as parts:
        yield from (parts.read(name) for name in parts.namelist())


def _read(pdf: bytes, pixels_a_centimetre: float) -> Iterator[set[str]]:
    """The codes of each page, drawn as coarse as a camera sees it."""
    import pypdfium2
    import zxingcpp

    book = pypdfium2.PdfDocument(pdf)
    try:
        for page in book:
            picture = page.render(scale=pixels_a_centimetre * 2.54 / 72, grayscale=True).to_pil()
            yield {found.text for found in zxingcpp.read_barcodes(picture)}
    finally:
        book.close()


def _face(number: int) -> Face:
    return Face(
        registration_id=UUID(int=number),
        name=f"{NAMES[number % len(NAMES)]} Contoh {number}",
        post=POSTS[number % len(POSTS)],
        office=OFFICES[number // 5 % len(OFFICES)],
        role=ROLES[number % len(ROLES)],
        colour=list(BadgeColour)[number % len(BadgeColour)],
        code=codes.encode(sha256(b"badge" + number.to_bytes(4, "big")).digest()[:11] + b"\0"),
        number=number,
    )
