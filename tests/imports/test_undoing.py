"""An import is taken back as one, and its file thrown away."""


from typing import Any

import pytest
from sqlalchemy import func, select

from rakor import outbox
from rakor.db import db, transaction
from rakor.files import StoredFile
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import ImportState
from rakor.registrations import changes
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.seats.models import Holding
from tests.imports.acting import GOOD, living, saved, sheet, states, upload
from tests.imports.conftest import Hall, work


def test_undoing_takes_back_whom_nobody_touched_and_lists_the_rest(hall: Hall) -> None:
    sari, page = upload(hall, sheet())
    saved(hall, sari, page)
    people = {row.name: row for row in living(hall)}
    with hall.app.app_context(), transaction(unaudited="test") as session:
        row = session.get_one(Registration, people["Bambang Contoh"].id)
        changes.change_mode(row, Mode.ONSITE, now=row.created_at)
    assert sari.post(f"{page}/undoing").status_code == 303
    work(hall.app)
    assert [row.name for row in living(hall)] == ["Bambang Contoh"]
    assert states(hall)["kept"] == 1
    with hall.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Holding)) == 1
    # nobody sat there: the next one is no stand-in
    sari, page = upload(hall, sheet((("", "Ketua", "Lain Contoh", "KPU Kab. Sitaro", "", "Luring"),)))
    saved(hall, sari, page)
    with hall.app.app_context():
        assert not any(db.session.scalars(select(Holding.on_behalf)))


def test_who_came_stays(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    saved(hall, sari, page)
    [person] = living(hall)
    asked: list[Any] = []

    def came(event_id: Any, people: Any) -> set[Any]:
        asked.append(event_id)
        return {person.id}

    monkeypatch.setattr("rakor.imports.store.undoing.needed_by", [came])
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert asked == [hall.event_id]
    assert len(living(hall)) == 1


def test_after_seven_days_file_and_cells_are_gone(hall: Hall) -> None:
    sari, page = upload(hall, sheet())
    saved(hall, sari, page)
    with hall.app.app_context():
        upload_id = db.session.scalars(select(SheetImport.id)).one()
        [handler] = outbox._handlers["imports.expire"]
        handler({"event_id": str(hall.event_id), "import_id": str(upload_id)}, lambda _d, _t: None)
        assert not any(db.session.scalars(select(ImportRow.cells)))
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
        assert db.session.scalars(select(SheetImport.state)).one() is ImportState.OVER
    assert "Berkas dan isinya sudah dihapus" in sari.get(page).text
    assert sari.post(f"{page}/rest").status_code == 404
    assert len(living(hall)) == 4
