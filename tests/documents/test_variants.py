"""What a list is for: its columns and cells, its fingerprint, how a long one is parted, and whom the ledger counts."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pypdfium2
import zxingcpp
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from rakor.attendance.rules.words import Source
from rakor.db import transaction
from rakor.documents import store
from rakor.documents.jobs import bound
from rakor.documents.paper import TEMPLATE, list_content, list_images
from rakor.documents.rules import Arranged, Choice, ListKind, ListRow, Variant, arrange, fingerprint, shown_in, split
from rakor.documents.strokes import HIGH, WIDE, on_paper
from rakor.registrations.rules import Mode
from rakor.signatures.rules import SignedVia
from rakor.signatures.store import Mark, sign
from rakor.sources.rules.enough import Threshold
from rakor.sources.rules.words import AbsenceKind
from rakor.sources.store import absences, sessions
from rakor.typeset import compile_pdf
from tests import make
from tests.documents.test_paper import AT, HEAD, person
from tests.documents.test_store import Hall, hall
from tests.fonts import needs_fonts
from tests.papers import text_of

DRAWN = "20,100 120,40 220,160;300,10"
CAME = {"present": True, "present_at": AT}
SIGNED = {"signed": "a", "strokes": DRAWN}
__all__ = ["hall"]


def lines(variant: Variant, *rows: ListRow) -> list[dict[str, object]]:
    found = list_content(replace(HEAD, variant=variant), shown_in(arrange(rows), variant))["rows"]
    assert isinstance(found, list)
    return found


def test_each_variant_says_what_it_may() -> None:
    numbers = {"nip": "198609262015051001", "phone": "+6281200000101"}
    came, ill = person(1, **CAME, **SIGNED, **numbers), person(2, excuse="Sakit", **numbers)
    filled = lines(Variant.FILLED, came, ill)
    assert [line["mark"]["words"].replace("\xa0", " ") for line in filled] == ["07.56 WIB", "Sakit"]  # type: ignore[index]
    assert filled[0]["mark"]["strokes"]  # type: ignore[index]
    blank = lines(Variant.BLANK, ill)[0]["mark"]
    assert (blank["signs"], blank["words"]) == (True, "Sakit"), "who comes all the same signs"  # type: ignore[index]
    [public] = lines(Variant.PUBLIC, came, ill)
    assert public == {
        "number": 1, "cells": ["1", "Sari Contoh", "Sekretaris", "Kabupaten Merauke", "Luring"], "mark": None,
        "grows": False,
    }  # fmt: skip
    head = replace(HEAD, variant=Variant.PUBLIC)
    assert "sakit" not in str(list_content(head, arrange([came, ill]))["facts"]).lower()
    receipt = lines(Variant.RECEIPT, came, ill)
    assert [line["cells"] for line in receipt] == [
        [str(n), "Sari Contoh", "Kabupaten Merauke", ""] for n in (1, 2)
    ]  # fmt: skip
    assert not any(line["mark"]["strokes"] or line["mark"]["words"] for line in receipt)  # type: ignore[index]


def test_the_fingerprint_knows_every_change_that_a_paper_shows() -> None:
    row = person(1, **CAME)
    changes = {
        "present_at": AT + timedelta(minutes=1), "shown_name": "Sari B. Contoh", "post": "Ketua", "office": "Lain",
        "mode": Mode.ONLINE, "present": False, "person": "2", "excuse": "Izin",
    }  # fmt: skip
    first = fingerprint([row], Variant.BLANK)
    assert first == fingerprint([replace(row, present_at=AT + timedelta(seconds=3))], Variant.BLANK)
    for name, value in changes.items():
        assert fingerprint([replace(row, **{name: value})], Variant.BLANK) != first, name  # type: ignore[arg-type]
    assert fingerprint([replace(row, signed="b")], Variant.FILLED) != fingerprint([row], Variant.FILLED)
    assert fingerprint([row, person(2)], Variant.BLANK) != fingerprint([person(2), row], Variant.BLANK)
    assert fingerprint([replace(row, present=False)], Variant.RECEIPT) == fingerprint([row], Variant.RECEIPT)


@given(st.lists(st.sampled_from("abcd")), st.integers(1, 5))
def test_parts_keep_the_order_and_their_size(provinces: list[str], most: int) -> None:
    rows = [person(n, region=(code, "")) for n, code in enumerate(sorted(provinces))]
    parts = split(rows, most)
    assert [row for part in parts for row in part] == rows
    assert all(len(part) <= most for part in parts)
    for before, after in pairwise(parts):  # a province is cut only where it alone is longer
        code = after[0].region[0]
        assert before[-1].region[0] != code or sum(row.region[0] == code for row in rows) > most


def test_a_signature_fits_its_cell() -> None:
    drawn = on_paper(DRAWN)
    assert all(0 <= x <= WIDE + 0.3 and 0 <= y <= HIGH for line in drawn for x, y in line)
    assert max(x for line in drawn for x, _y in line) >= WIDE or max(y for line in drawn for _x, y in line) == HIGH
    assert len(on_paper("5,5")) == 1


@needs_fonts
def test_the_code_on_the_paper_is_read_back_and_a_signature_is_a_path() -> None:
    address = "https://contoh.test/periksa/daftar/1"
    head = replace(HEAD, variant=Variant.FILLED, check_url=address, fingerprint="ab" * 32)
    papers = [
        compile_pdf(TEMPLATE, list_content(head, arrange([row])), images=list_images(head))
        for row in (person(1, **CAME, **SIGNED), person(1, **CAME, signed="b", typed="Sari C."))
    ]
    picture = pypdfium2.PdfDocument(papers[0])[0].render(scale=3).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [head.check_url]
    assert "Sidik abab abab abab abab" in text_of(papers[0])
    assert "ttd. Sari C." in text_of(papers[1])
    paths = [sum(thing.type == 2 for thing in pypdfium2.PdfDocument(one)[0].get_objects()) for one in papers]
    assert paths[0] == paths[1] + 1, "the strokes of one signature are one path"
    assert bound([("a.pdf", papers[0])]).startswith(b"PK")


def test_the_ledger_the_excuses_and_the_threshold_meet_on_the_list(app: Flask, hall: Hall) -> None:
    day = hall.days[1]
    stay = [{"start_at": "2026-11-24T01:00:00+00:00", "end_at": "2026-11-24T01:10:00+00:00"}]
    with app.app_context(), transaction(unaudited="test"):
        words = enumerate(("Ani", "Budi", "Citra"))
        short, long, ill = (hall.sit(n % 2, n // 2, f"{word} Contoh") for n, word in words)
        hall.mark(short, hall.session_point, AT, Source.ZOOM, intervals=stay)
        hall.mark(long, hall.session_point, AT, Source.ZOOM, intervals=[stay[0] | {"end_at": None}])
        by = make.user("Sari").id
        absences.excuse(hall.event.id, ill.id, day, AbsenceKind.SICK, "Demam", None, by_id=by, now=make.AT)
        sign(hall.event.id, long.id, hall.session_point, Mark(strokes=DRAWN), SignedVia.OWN, now=make.AT)
        sign(hall.event.id, long.id, hall.session_point, Mark(typed="Budi"), SignedVia.OWN, now=make.AT + timedelta(1))
        sessions.set_threshold(hall.event.id, Threshold(minutes=30))

    def listed(variant: Variant, **where: object) -> Arranged:
        with app.app_context():
            rows, open_count = store.list_rows(hall.event, Choice(ListKind.PARTICIPANTS, day, **where), variant)  # type: ignore[arg-type]
            return arrange(rows, open_seat_count=open_count)

    session = {row.name: row for row in listed(Variant.FILLED, item_id=hall.item_id).rows}
    assert {name: (row.present, row.excuse) for name, row in session.items()} == {
        "Ani Contoh": (False, "Hadir, kurang lama"), "Budi Contoh": (True, ""), "Citra Contoh": (False, "Sakit"),
    }  # fmt: skip
    assert (session["Budi Contoh"].typed, session["Budi Contoh"].strokes) == ("Budi", "")
    assert {row.name for row in listed(Variant.FILLED).rows if row.present} == {"Ani Contoh", "Budi Contoh"}
    office = listed(Variant.BLANK, office_id=hall.offices[0])
    assert [row.name for row in office.rows] == ["Ani Contoh", "Citra Contoh"]
    assert office.counts.seats == 2
    assert not any(row.strokes or row.typed for row in office.rows)
