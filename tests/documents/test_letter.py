"""What the letter of invitation says, and the PDF that comes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest

from rakor.documents.letter_paper import TEMPLATE, letter_content, letter_images, opening, paragraphs, when_and_where
from rakor.documents.rules import Approval
from rakor.documents.rules.letter import (
    AgendaLine,
    InvitedRole,
    LetterFacts,
    OfficeGroup,
    attachment_titles,
    attachment_words,
    by_province,
)
from rakor.typeset import compile_pdf
from tests.fonts import needs_fonts
from tests.papers import words_of

FACTS = LetterFacts(
    number="641/PP.07/09/2026",
    signed_on=date(2026, 11, 14),
    place="Jakarta",
    nature="Penting",
    attachments="",
    subject="Undangan Rapat Contoh",
    addressees=("Pimpinan kantor tingkat provinsi (daftar terlampir)",),
    basis="Dalam rangka menyiapkan layanan informasi",
    event_title="Rapat Koordinasi Nasional Contoh 2026",
    theme="",
    starts_on=date(2026, 11, 23),
    ends_on=date(2026, 11, 25),
    zone="Asia/Jakarta",
    opens_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    time_note="",
    venue="Hotel Contoh, Bogor dan daring",
    cost="Perjalanan ditanggung kantor masing-masing.",
    delegation="Kehadiran tidak dapat diwakilkan.",
    dress="",
    bring="Surat tugas\nLaptop.",
    lodging="",
    answer_by="Jumat, 20 November, 17.00 WIB",
    link="http://localhost/o/" + "a" * 26,
    is_own_link=True,
    contact="Dewi Contoh, WA 0812-0000-0147",
    cc=("Sekretaris Jenderal Contoh",),
    letterhead=("KEMENTERIAN CONTOH", "Jalan Contoh Nomor 1"),
    approval=Approval("Direktur Contoh", "Dr. Ratna Contoh, M.Si.", "197808082003122008"),
    roles=(
        InvitedRole("Provinsi (38)", "Ketua", 1, "luring atau daring", True),
        InvitedRole("Provinsi (38)", "Operator", 2, "daring", False),
    ),
    groups=(OfficeGroup("Aceh", ("KIP Aceh", "KIP Kota Sabang")),),
    agenda=(AgendaLine(date(2026, 11, 23), datetime(2026, 11, 23, 1, 0, tzinfo=UTC), None, "Pembukaan", ""),),
    office="Kantor Kabupaten Asmat",
    demo=True,
)


def test_when_and_where_with_the_zone_and_nothing_empty() -> None:
    assert when_and_where(FACTS) == [
        ("Hari, tanggal", "Senin–Rabu, 23–25 November 2026"),
        ("Pukul", "08.00 WIB sampai selesai"),
        ("Tempat", "Hotel Contoh, Bogor dan daring"),
        ("Acara", "Rapat Koordinasi Nasional Contoh 2026"),
        ("Dibawa", "Surat tugas; Laptop"),
    ]
    one_day = replace(FACTS, ends_on=date(2026, 11, 23), opens_at=None, time_note="09.00 WIT")
    assert when_and_where(one_day)[:2] == [("Hari, tanggal", "Senin, 23 November 2026"), ("Pukul", "09.00 WIT")]


def test_it_always_says_who_bears_the_cost() -> None:
    said = paragraphs(FACTS)
    assert said[0] == (
        "Wajib hadir: Ketua. Perjalanan ditanggung kantor masing-masing. Kehadiran tidak dapat diwakilkan."
    )
    assert "paling lambat Jumat, 20 November, 17.00 WIB" in said[1]
    assert "WA 0812-0000-0147" in said[1]
    bare = replace(FACTS, roles=(), delegation="", answer_by="", contact="")
    assert paragraphs(bare) == ["Perjalanan ditanggung kantor masing-masing."]


@pytest.mark.parametrize(
    ("basis", "start"),
    [
        ("Dalam rangka X", "Dalam rangka X, kami mengundang"),
        ("Menindaklanjuti Y.", "Menindaklanjuti Y. Sehubungan dengan itu, kami mengundang"),
        ("", "Kami mengundang"),
    ],
)
def test_the_opening_is_one_sentence(basis: str, start: str) -> None:
    assert opening(replace(FACTS, basis=basis)).startswith(start)


def test_attachments_are_counted_as_they_are() -> None:
    assert attachment_words(FACTS) == "3 (tiga) berkas"
    assert attachment_words(replace(FACTS, attachments="1 bundel")) == "1 bundel"
    assert attachment_titles(replace(FACTS, agenda=(), with_form=False)) == ("Daftar undangan",)
    assert attachment_words(replace(FACTS, agenda=(), roles=())) == "-"


def test_offices_stand_by_province_in_their_order() -> None:
    found = by_province([("Aceh", "KIP Aceh"), ("Bali", "KPU Bali"), ("Aceh", "KIP Sabang")])
    assert found == (OfficeGroup("Aceh", ("KIP Aceh", "KIP Sabang")), OfficeGroup("Bali", ("KPU Bali",)))


@needs_fonts
class TestThePaper:
    def test_kop_number_qr_signature_attachments(self) -> None:
        pdf = compile_pdf(TEMPLATE, letter_content(FACTS), images=letter_images(FACTS))
        words = words_of(pdf)
        for said in (
            "KEMENTERIAN CONTOH", "641/PP.07/09/2026", "Jakarta, 14 November 2026", "Penting", "3 (tiga) berkas",
            "Yth.", "NIP 19780808 200312 2 008", "Tembusan:", "Lampiran 1", "Daftar undangan", "KIP Kota Sabang",
            "Lampiran 2", "Susunan acara", "Lampiran 3", "Formulir konfirmasi", "Operator 2", "Data contoh",
        ):  # fmt: skip
            assert said in words, said
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert len(opened.pages) == 4
            assert "/StructTreeRoot" in opened.Root

    def test_what_people_typed_is_never_markup(self) -> None:
        hostile = replace(FACTS, subject='#panic("x") $1/0$ *a* <b>', dress="#read(\"/etc/passwd\")", cc=("#import",))
        pdf = compile_pdf(TEMPLATE, letter_content(hostile), images=letter_images(hostile))
        text = words_of(pdf)
        assert '#panic("x")' in text
        assert "root:" not in text

    def test_552_offices_fit_and_are_quick(self) -> None:
        names = [(f"Provinsi {n // 15}", f"Kantor Kabupaten {n}") for n in range(552)]
        facts = replace(FACTS, groups=by_province(names))
        with pikepdf.open(BytesIO(compile_pdf(TEMPLATE, letter_content(facts), images=letter_images(facts)))) as opened:
            assert 6 <= len(opened.pages) <= 10
