"""What the attendance list says, and the PDF that comes of it."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from PIL import Image

from rakor.documents.paper import TEMPLATE, list_content, list_images
from rakor.documents.rules import Approval, ListHead, ListKind, ListRow, Standing, arrange
from rakor.registrations.rules import Mode
from rakor.typeset import PaperError, compile_pdf
from tests.fonts import needs_fonts
from tests.papers import text_of

AT = datetime(2026, 11, 24, 0, 56, tzinfo=UTC)
HEAD = ListHead(
    kind=ListKind.PARTICIPANTS,
    event_title="Rapat Koordinasi Nasional Contoh 2026",
    event_short_title="Rakornas Contoh 2026",
    day=date(2026, 11, 24),
    zone="Asia/Jakarta",
    counted_at=datetime(2026, 11, 24, 1, 55, tzinfo=UTC),
    letterhead=("KEMENTERIAN CONTOH", "Jalan Contoh Nomor 1"),
    session="Sesi 2",
    starts_at=AT,
    ends_at=AT + timedelta(hours=2),
    venue="Hotel Contoh",
    province="Papua Selatan",
    approval=Approval("Ketua Panitia", "Dewi Contoh, S.Sos.", "197808082003122008"),
)


def person(number: int, name: str = "Sari Contoh", **fields: object) -> ListRow:
    made = ListRow(
        person=str(number),
        name=name,
        shown_name=name,
        post="Sekretaris",
        office="Kabupaten Merauke",
        seat=Standing("2-9301", number, 1),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def test_head_counts_seats_with_their_time() -> None:
    rows = [person(1, present=True, present_at=AT), person(2)]
    facts = dict(map(tuple, list_content(HEAD, arrange(rows, open_seat_count=23))["facts"]))  # type: ignore[call-overload]
    assert facts["Provinsi"].replace("\xa0", " ") == "Papua Selatan, hadir 1 dari 25 kursi (08.55 WIB)"
    assert facts["Hari, tanggal"].replace("\xa0", " ") == "Selasa, 24 November 2026"


def test_seats_and_people_without_a_seat_are_not_mixed() -> None:
    rows = [person(1, present=True), person(2, seat=None, present=True), person(3, seat=None)]
    head = replace(HEAD, province="")
    facts = dict(map(tuple, list_content(head, arrange(rows))["facts"]))  # type: ignore[call-overload]
    assert facts["Jumlah"].startswith("hadir 1 dari 1 kursi, hadir 1 dari 2 orang tanpa kursi (")


def test_a_list_that_nobody_signed_yet_claims_nothing() -> None:
    head = replace(HEAD, province="")
    for rows, said in (([person(1), person(2)], "2 kursi ("), ([person(1, seat=None)], "1 orang ("), ([], "0 orang (")):
        assert dict(map(tuple, list_content(head, arrange(rows))["facts"]))["Jumlah"].startswith(said)  # type: ignore[call-overload]


def test_signature_cell() -> None:
    online = person(1, present=True, present_at=AT, means="Zoom", mode=Mode.ONLINE)
    came = person(2, present=True, present_at=AT, means="Meja 3")
    absent = person(3)
    rows = list_content(HEAD, arrange([online, came, absent]))["rows"]
    marks = [(line["mark"]["signs"], line["mark"]["words"].replace("\xa0", " ")) for line in rows]  # type: ignore[attr-defined]
    assert marks == [(False, "Zoom, 07.56 WIB"), (True, "Meja 3, 07.56 WIB"), (True, "")]


def test_content_is_json_and_demo_is_marked() -> None:
    content = list_content(replace(HEAD, demo=True), arrange([]))
    assert json.loads(json.dumps(content)) == content
    assert content["mark"] == "Data contoh"
    assert list_content(HEAD, arrange([]))["mark"] == ""


@needs_fonts
def test_the_pdf_is_an_archive_file_tagged_and_titled() -> None:
    pdf = compile_pdf(TEMPLATE, list_content(HEAD, arrange([person(1)])))
    with pikepdf.open(io.BytesIO(pdf)) as book:
        metadata = book.open_metadata()
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "B"
        assert metadata["pdfuaid:part"] == "1"
        assert book.Root.MarkInfo.Marked
        assert str(book.Root.Lang).startswith("id")
        assert "Daftar hadir peserta" in metadata["dc:title"]
        assert all("/FontFile2" in font or "/FontFile3" in font for font in _descriptors(book))


def _descriptors(book: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [
        thing
        for thing in book.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]


@needs_fonts
def test_hard_names_print() -> None:
    hard = [
        "O'Brien Contoh, S.T., M.Eng.",
        "I Dewa Kade Wiarsa Raka Sandi Nararya Kusumawardhani Contoh, S.Sos., M.A.P.",
        "محمد عبد الله",
        "ꦱꦸꦏꦂꦤꦺꦴ",
        "#strong[Contoh] $x$ _y_ @z <w>",
        "Budi 😊 Contoh",
        "A" * 200,
        "NUL\0 dan \ud800 Contoh",
        "\u202eterbalik",
    ]
    pdf = compile_pdf(TEMPLATE, list_content(HEAD, arrange([person(n, name) for n, name in enumerate(hard)])))
    with pikepdf.open(io.BytesIO(pdf)) as book:
        assert book.open_metadata()["pdfaid:part"] == "2"
    text = text_of(pdf)
    for part in ("O'Brien Contoh", "Kusumawardhani", "محمد", "ꦱ", "#strong[Contoh]", "Budi", "NUL"):
        assert part in text


@needs_fonts
def test_the_head_is_repeated_and_nobody_signs_alone() -> None:
    for count in (10, 11, 12, 13, 14, 24, 25, 26, 27):
        pdf = compile_pdf(TEMPLATE, list_content(HEAD, arrange([person(n) for n in range(count)])))
        pages = text_of(pdf).split("\f")
        for number, page in enumerate(pages, start=1):
            assert "Tanda tangan" in page
            assert f"Halaman {number} dari {len(pages)}" in page
        assert "Mengetahui," in pages[-1]
        assert "Sari Contoh" in pages[-1]


def picture(form: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "#06382a").save(drawn, form)
    return drawn.getvalue()


@needs_fonts
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_is_drawn_and_a_broken_one_is_an_error(form: str) -> None:
    head = replace(HEAD, logo=picture(form))
    content = list_content(head, arrange([person(1)]))
    with pikepdf.open(io.BytesIO(compile_pdf(TEMPLATE, content, images=list_images(head)))) as book:
        assert len(book.pages[0].get_images()) == 1
    with pytest.raises(PaperError, match=r"attendance_list\.typ"):
        compile_pdf(TEMPLATE, content, images={"logo": b"no image"})


def test_without_fonts_the_error_says_what_to_do(tmp_path: object) -> None:
    with pytest.raises(PaperError, match="set-up"):
        compile_pdf(TEMPLATE, {}, fonts=tmp_path)  # type: ignore[arg-type]


@needs_fonts
def test_what_cannot_meet_the_standard_is_made_without_and_said(caplog: pytest.LogCaptureFixture) -> None:
    seethrough = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" opacity=".5"/></svg>'
    )
    head = replace(HEAD, logo=seethrough)
    content = list_content(head, arrange([person(1)]))
    assert compile_pdf(TEMPLATE, content, images=list_images(head), standards=("a-1b",)).startswith(b"%PDF")
    assert "does not meet its standards" in caplog.text
