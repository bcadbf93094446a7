"""Lists as workbooks: what is on the screen, with its filter, and written down."""

import io

from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from rakor.audit import AuditEntry
from rakor.db import db
from tests.seats.conftest import Invited


def lines_of(content: bytes) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in book]


def column(lines: list[list[str]], heading: str) -> list[str]:
    head = next(row for row in lines if heading in row)
    return [row[head.index(heading)] for row in lines[lines.index(head) + 1 :]]


def test_links_of_one_province_and_state(invited: Invited) -> None:
    sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/office-links"
    every = lines_of(sari.post(f"{path}/sheets").data)
    assert len(column(every, "Kantor")) == 3
    page = sari.get(f"{path}?province=93&state=not_passed_on").text
    assert "office-links/sheets?province=93&amp;state=not_passed_on" in page
    assert "Unduh Excel (3 kantor)" in page
    assert len(column(lines_of(sari.post(f"{path}/sheets?province=93&state=not_passed_on").data), "Kantor")) == 3
    sari.post(f"{path}/{invited.offices['asmat']}")
    lines = lines_of(sari.post(f"{path}/sheets?province=93&state=not_passed_on").data)
    assert "Kantor Kabupaten Asmat" not in column(lines, "Kantor")
    assert "2 dari 3 kantor" in str(lines)
    assert column(lines_of(sari.post(f"{path}/sheets?province=11").data), "Kantor") == []


def test_provinces(invited: Invited) -> None:
    lines = lines_of(
        invited.people.browser("sari").post(f"/events/{invited.event_id}/province-links/sheets").data
    )
    assert column(lines, "Provinsi") == ["Papua Selatan"]
    assert "/v/" in column(lines, "Tautan")[0]


def test_offices_as_searched_and_on_record(app: Flask, invited: Invited) -> None:
    sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/offices"
    contact = {"name": "Yosepina Contoh", "phone": "0812 0000 0147", "post": "Operator"}
    sari.post(f"{path}/{invited.offices['asmat']}/contacts", data=contact)
    assert "offices/sheets?q=asmat" in sari.get(f"{path}?q=asmat").text
    lines = lines_of(sari.post(f"{path}/sheets?q=asmat").data)
    assert column(lines, "Kantor") == ["Kantor Kabupaten Asmat"]
    assert column(lines, "Narahubung") == ["Yosepina Contoh"]
    assert column(lines, "Nomor WhatsApp") == ["•••• 0147"]
    assert "nomor dan kontak disamarkan" in str(lines)
    assert len(column(lines_of(sari.post(f"{path}/sheets").data), "Kantor")) == 3
    assert invited.people.browser("rina").post(f"{path}/sheets").status_code == 403
    with app.app_context():
        assert list(db.session.scalars(select(AuditEntry.action))).count("list.export") == 2
