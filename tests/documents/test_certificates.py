"""Certificates: who has earned one, for how many JP, with which number, by which code; and the paper, read back."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from rakor.documents import certificate_paper
from rakor.documents.badge_fit import fitted
from rakor.documents.certificate_bundle import path_in
from rakor.documents.certificate_models import Certificate
from rakor.documents.certificate_paper import TEMPLATE, certificate_sheet
from rakor.documents.rules.certificates import (
    Award,
    AwardHead,
    Candidate,
    Outcome,
    Ruling,
    Standing,
    Tally,
    code_of,
    id_of,
    judge,
    minutes_of,
    numbered,
    pattern_fits,
    tally,
)
from rakor.typeset import compile_pdfs
from tests.fonts import needs_fonts
from tests.papers import words_of

AT = datetime(2026, 11, 24, 1, tzinfo=UTC)
LONGEST = "Prof. Dr. H. I Dewa Kade Wiarsa Raka Sandi Nararya Kusumawardhani Contoh, S.Sos., M.A.P., Ph.D."
NAMES = (LONGEST, "Sari", "محمد عبد الله", "ꦱꦸꦏꦂꦤꦺꦴ Contoh, S.Sos.", "W" * 120)
HEAD = AwardHead(
    event="Rapat Koordinasi Nasional Contoh 2026", theme="", letterhead=("KEMENTERIAN CONTOH", "DIREKTORAT"),
    organizer="Kementerian Contoh", logo=b"", accent="", starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25),
    venue="Hotel Contoh, Bogor", place="Bogor", signed_on=date(2026, 11, 25), post="Direktur Layanan Informasi",
    signatory="Dr. Ratna Contoh, M.Si.", nip="197808082003122008", base_url="https://rakor.contoh.test", demo=False,
)  # fmt: skip


def someone(minutes: int = 0, **values: object) -> Candidate:
    return Candidate(**{
        "registration_id": uuid4(), "speaker_id": None, "name": "Sari Contoh", "standing": Standing.PARTICIPANT,
        "minutes": minutes, "came": True,
    } | values)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("candidate", "outcome", "jp"),
    [
        (someone(300), Outcome.READY, 6),
        (someone(299), Outcome.SHORT, 6),
        (someone(0, ruling=Ruling(True, None, "")), Outcome.READY, 0),
        (someone(400, ruling=Ruling(True, 12, "")), Outcome.READY, 12),
        (someone(400, ruling=Ruling(False, None, "")), Outcome.WITHHELD, 8),
        (someone(0, standing=Standing.COMMITTEE), Outcome.READY, 0),
        (someone(0, standing=Standing.COMMITTEE, came=False), Outcome.SHORT, 0),
        (someone(0, standing=Standing.SPEAKER), Outcome.READY, 0),
        (someone(400, ruling=Ruling(False, None, ""), certificate_id=uuid4()), Outcome.ISSUED, 8),
    ],
)
def test_who_gets_one(candidate: Candidate, outcome: Outcome, jp: int) -> None:
    verdict = judge(candidate, 400, 75)
    assert (verdict.outcome, verdict.jp) == (outcome, jp)
    nothing_counts = judge(replace(candidate, minutes=0), 0, 75).outcome
    assert nothing_counts is not Outcome.READY or candidate.standing is not Standing.PARTICIPANT or candidate.ruling


def test_the_list_is_counted() -> None:
    speaker = someone(400, registration_id=None, speaker_id=uuid4())
    people = [someone(400), someone(400, checked=True), speaker, someone()]
    judged = [(one, judge(one, 400, 75)) for one in people]
    assert tally(judged) == Tally(ready=3, short=1, withheld=0, issued=0, unchecked=1)


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600))))
def test_what_overlaps_counts_once(spans: list[tuple[int, int]]) -> None:
    moments = [(AT + timedelta(minutes=min(one)), AT + timedelta(minutes=max(one))) for one in spans]
    assert minutes_of(moments) == len({minute for one in spans for minute in range(min(one), max(one))})


def test_numbers() -> None:
    assert numbered("{nomor}/SERT/{bulan}/{tahun}", 17, date(2026, 11, 25)) == "0017/SERT/XI/2026"
    assert numbered("B-{nomor}", 12345, date(2026, 1, 1)) == "B-12345"
    fits = {"{nomor}": True, "B/{nomor}/{tahun}": True, "x": False, "{nomor}{nama}": False, "{nomor}}": False,
            "{nomor}/{}": False, "{nomor.__class__}": False}  # fmt: skip
    assert {pattern: pattern_fits(pattern) for pattern in fits} == fits


@given(st.uuids(), st.text(max_size=40))
def test_codes(one: UUID, typed: str) -> None:
    code = code_of(one)
    assert code.isascii()
    assert len(code) == 26
    assert id_of(code) == id_of(f" {code[:13].upper()}-{code[13:]} ") == one
    assert id_of(typed) is None or len(typed.strip()) >= 26


def test_nothing_typed_leads_out_of_the_folder() -> None:
    row = Certificate(serial=7, name="../../etc/passwd\\..\\ ꦱꦸ Contoh, S.E.", province_code="93")
    assert path_in(row) == "93-papua-selatan/sertifikat-0007-etc-passwd-contoh-s-e.pdf"
    assert path_in(Certificate(serial=8, name="محمد", province_code="")) == "tanpa-provinsi/sertifikat-0008.pdf"


@needs_fonts
def test_many_papers_in_one_press_each_with_its_own_name_and_code() -> None:
    awards = [
        Award(name, standing, jp, f"{jp:04}/SERT", code_of(UUID(int=jp, version=4)))
        for jp, (name, standing) in enumerate(zip(NAMES, [*Standing, Standing.PARTICIPANT], strict=True))
    ]
    papers = compile_pdfs(TEMPLATE, [certificate_sheet(HEAD, award) for award in awards])
    for award, paper in zip(awards, papers, strict=True):
        found, book = words_of(paper), pypdfium2.PdfDocument(paper)
        assert len(book) == 1
        [read] = zxingcpp.read_barcodes(book[0].render(scale=2, grayscale=True).to_pil())
        assert read.text == f"https://rakor.contoh.test/cert/{award.code}"
        assert f"sebagai {certificate_paper.STANDINGS[award.standing]} pada" in found
        assert (f"setara dengan {award.jp} jam pelajaran (JP)" in found) == bool(award.jp)
        assert "NIP 19780808 200312 2 008" in found
        assert "SERTIFIKAT" in found
        assert f"{award.code[:13]} {award.code[13:]}" in found
        if award.name.isascii():
            assert award.name.replace(" ", "") in re.sub("[ \u200b]", "", found)
        with pikepdf.open(io.BytesIO(paper)) as pdf:
            told = str(pdf.Root.Metadata.read_bytes())
            assert "<pdfaid:part>2</pdfaid:part>" in told
            assert "<pdfuaid:part>1</pdfuaid:part>" in told
    civilian = compile_pdfs(TEMPLATE, [certificate_sheet(replace(HEAD, nip=""), awards[0])])[0]
    assert "NIP" not in words_of(civilian)


@needs_fonts
@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_whole_and_large_enough(name: str) -> None:
    found = fitted(name, certificate_paper.NAME, certificate_paper.NAME_SIZES, 800)
    assert "".join(found.lines).replace(" ", "") == name.replace(" ", "")
    assert found.size >= (14 if name.startswith("W") else 22)
