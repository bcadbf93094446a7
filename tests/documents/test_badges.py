"""Badges: the measures of their designs, words that fit, and what the paper shows, read back as a camera would."""

import io
from dataclasses import replace
from itertools import combinations
from uuid import UUID, uuid4

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from rakor import codes
from rakor.documents import badge_fit
from rakor.documents.badge_fit import POINT_MM, fitted
from rakor.documents.badge_jobs import file_name
from rakor.documents.badge_paper import TEMPLATE, badge_content, badge_images
from rakor.documents.rules.badges import (
    BANDS,
    CARDS,
    WITH_PHOTO,
    BadgeDesign,
    BadgeHead,
    Card,
    Face,
    Place,
    RunState,
    run_state,
)  # fmt: skip
from rakor.events.rules import BadgeColour
from rakor.events.rules.colours import contrast, parse_colour
from rakor.typeset import compile_pdf
from rakor.typeset.lettering import line_height, width
from tests.fonts import needs_fonts
from tests.papers import text_of

QUIET_SHARE = 21 / 29
AT_60_CM = 18.5
"""Pixels a centimetre that a camera of 1280 pixels and 60 degrees sees at 60 cm."""
LONGEST = "I Dewa Kade Wiarsa Raka Sandi Nararya Kusumawardhani Contoh"  # 60 letters with the space of a title
NAMES = (
    LONGEST, "Sari", "Prof. Dr. H. Muhammad Abdurrahman Hadiningrat Contoh, S.H., M.Hum., Ph.D.", "W" * 60,
    "محمد عبد الله", "ꦱꦸꦏꦂꦤꦺꦴ Contoh", "#strong[Contoh] $x$ @z", "Budi 😊 Contoh", "",
    '#read("/etc/passwd") #image("http://127.0.0.1:9/x")', "<svg onload=x> {{ 7*7 }}",
)  # fmt: skip


def face(number: int, name: str, role: str = "Ketua") -> Face:
    colour = list(BadgeColour)[number % 9]
    code = codes.encode(number.to_bytes(11, "big") + b"\0")
    return Face(uuid4(), name, "Kepala Subbagian Hubungan Masyarakat", "Kota Semarang", role, colour, code, number)


HEAD = BadgeHead("Rapat Koordinasi Nasional Contoh 2026", "KEMENTERIAN CONTOH", b"", True)


def parts(card: Card) -> dict[str, Place]:
    return {name: part for name, part in vars(card).items() if isinstance(part, Place)}


@pytest.mark.parametrize("card", [*CARDS.values(), *WITH_PHOTO.values()])
def test_every_part_has_its_place_on_the_card_and_the_code_is_large_enough(card: Card) -> None:
    for name, part in parts(card).items():
        assert min(part.left, part.top) >= 0, name
        assert part.left + part.width <= card.width, name
        assert part.top + part.height <= card.height, name
    quiet = card.qr.width * (1 - QUIET_SHARE) / 2
    inner = Place(card.qr.left + quiet, card.qr.top + quiet, card.qr.width - 2 * quiet, card.qr.height - 2 * quiet)
    for (one, a), (other, b) in combinations((parts(card) | {"qr": inner}).items(), 2):
        apart = a.left + a.width <= b.left or b.left + b.width <= a.left
        assert apart or a.top + a.height <= b.top or b.top + b.height <= a.top, (one, other)
    assert inner.width / 10 * AT_60_CM / 21 > 2.9  # pixels a module
    assert card.page in {(90, 130), (105, 148), (210, 297)}


def test_words_on_every_band_can_be_read() -> None:
    assert set(BANDS) == set(BadgeColour)
    for band in BANDS.values():
        ground, words = parse_colour(band.ground), parse_colour(band.words)
        assert ground is not None
        assert words is not None
        assert contrast(ground, words) >= 4.5


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, RunState.LOOKING),
        ({"seen": True}, RunState.SEEN),
        ({"seen": True, "wanted": True}, RunState.MAKING),
        ({"seen": True, "tried_before": True}, RunState.AGAIN),
        ({"wanted": True, "failed": True}, RunState.FAILED),
        ({"wanted": True, "made": True, "kept": True}, RunState.READY),
        ({"wanted": True, "made": True}, RunState.OVER),
    ],
)
def test_where_a_print_stands(facts: dict[str, bool], state: RunState) -> None:
    nothing = dict.fromkeys(("seen", "wanted", "made", "kept", "failed", "tried_before"), False)
    assert run_state(**nothing | facts) is state


def test_a_file_of_one_badge_says_whose_number_it_is() -> None:
    one = face(17, "Sari")
    assert file_name(BadgeDesign.A6, [one], "application/pdf") == "kartu-nomor-17.pdf"
    assert file_name(BadgeDesign.A6, [one, one], "application/zip") == "kartu-a6-2.zip"


@needs_fonts
@pytest.mark.parametrize("design", BadgeDesign)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_whole_in_its_place(design: BadgeDesign, name: str) -> None:
    place = CARDS[design].name
    found = fitted(name, place, badge_fit.NAME, 800)
    assert "".join(found.lines).replace(" ", "") == name.replace(" ", "")
    assert all(width(line, 100, 800) / 100 * found.size * POINT_MM <= place.width for line in found.lines)
    high = sum(line_height(line, 800) for line in found.lines) * found.size * POINT_MM
    assert high <= place.height
    if name[:1].isalpha() and len(name) <= 60:
        assert found.size >= (10 if "WW" in name else 13.5)


@needs_fonts
def test_a_word_is_made_smaller_before_it_is_broken() -> None:
    found = fitted("Kusumawardhaniwicaksana Contoh", CARDS[BadgeDesign.EIGHT].name, badge_fit.NAME, 800)
    assert found.lines == ("Kusumawardhaniwicaksana", "Contoh")


@needs_fonts
def test_what_cannot_fit_is_cut_with_a_sign() -> None:
    found = fitted("panjang " * 60, Place(0, 0, 40, 8), badge_fit.POST, 400)
    assert found.size == badge_fit.POST[-1]
    assert found.lines[-1].endswith("…")


@needs_fonts
@pytest.mark.parametrize("design", BadgeDesign)
def test_the_paper_is_an_archive_file_and_every_code_reads_at_sixty_centimetres(design: BadgeDesign) -> None:
    faces = [face(number, name, "Anggota Divisi Sosialisasi dan Partisipasi") for number, name in enumerate(NAMES, 1)]
    pdf = compile_pdf(TEMPLATE, badge_content(HEAD, design, faces), images=badge_images(HEAD, faces, sample=False))
    assert sorted(seen(pdf, AT_60_CM)) == sorted(one.code for one in faces)
    with pikepdf.open(io.BytesIO(pdf)) as book:
        assert len(book.pages) == -(-len(faces) // CARDS[design].on_sheet)
        metadata = book.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("2", "1")
    words = text_of(pdf)
    typed = ("#strong[Contoh]", "$x$", "@z", "#read(", "{{ 7*7 }}", "Data contoh")
    missing = [part for part in typed if part not in words]
    assert not missing, words
    assert "root:" not in words


@needs_fonts
def test_a_sample_opens_no_door() -> None:
    faces = [face(1, "Sari"), face(2, "Budi")]
    content = badge_content(HEAD, BadgeDesign.FOUR, faces, sample=True)
    pdf = compile_pdf(TEMPLATE, content, images=badge_images(HEAD, faces, sample=True))
    assert seen(pdf, 40) == ["CONTOH", "CONTOH"]
    assert not any(codes.group(one.code) in text_of(pdf) for one in faces)


@needs_fonts
def test_a_logo_stands_beside_the_event() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#0b6").save(picture, "PNG")
    head = BadgeHead(HEAD.event, HEAD.organizer, picture.getvalue(), False)
    faces = [face(1, "Sari")]
    pdf = compile_pdf(
        TEMPLATE, badge_content(head, BadgeDesign.LANYARD, faces), images=badge_images(head, faces, sample=False)
    )
    with pikepdf.open(io.BytesIO(pdf)) as book:
        assert len(book.pages[0].images) == 2


@needs_fonts
@pytest.mark.parametrize("design", BadgeDesign)
def test_a_photo_stands_beside_the_code_and_who_gave_none_has_a_whole_badge(design: BadgeDesign) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (480, 480), "#a63").save(picture, "JPEG")
    photo = UUID(int=7)
    faces = [replace(face(number, name), photo=photo if number % 2 else None) for number, name in enumerate(NAMES, 1)]
    photos = {photo: picture.getvalue()}
    images = badge_images(HEAD, faces, photos=photos, sample=False)
    pdf = compile_pdf(TEMPLATE, badge_content(HEAD, design, faces, photos=photos), images=images)
    assert sorted(seen(pdf, AT_60_CM)) == sorted(one.code for one in faces)
    with pikepdf.open(io.BytesIO(pdf)) as book:
        sizes = {(int(one.Width), int(one.Height)) for page in book.pages for one in page.get_images().values()}
    assert ((480, 480) in sizes) is (design in WITH_PHOTO)


def test_another_photo_makes_another_badge_and_none_changes_no_old_one() -> None:
    plain = face(1, "Sari")
    given = replace(plain, photo=UUID(int=1))
    assert len({plain.words, given.words, replace(plain, photo=UUID(int=2)).words}) == 3
    assert "None" not in plain.words


def seen(pdf: bytes, pixels_a_centimetre: float) -> list[str]:
    """Return the texts of all codes, each page drawn as coarse as a camera sees it."""
    book = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [page.render(scale=pixels_a_centimetre * 2.54 / 72).to_pil() for page in book]
    finally:
        book.close()
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


