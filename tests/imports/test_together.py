"""One person on several seats of a sheet: one registration, and undoing takes the whole of it back."""

from sqlalchemy import func, select

from rakor.db import db
from rakor.registrations.models import Registration, Ticket
from rakor.seats.models import Holding, Seat
from tests.imports.acting import HEADINGS, living, saved, sheet, states, upload
from tests.imports.conftest import Hall, work

NIP = "198609262015051001"
CHAIR = ("0812-0000-0147", "Ketua", "Dr. Agustina Contoh, S.E.", "KPU Kab. Sitaro", NIP, "Luring")
MEMBER = ("", "Anggota", "Agustina Contoh", "KPU Kab. Sitaro", "", "Luring")


def running(hall: Hall) -> int:
    with hall.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Holding).where(Holding.ended_at.is_(None))) or 0


def answered(hall: Hall) -> int:
    with hall.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Seat).where(Seat.answer.is_not(None))) or 0


def test_two_rows_of_one_person_are_one_ticket_on_two_seats(hall: Hall) -> None:
    sari, page = upload(hall, sheet((CHAIR, MEMBER)))
    assert states(hall) == {"good": 2}
    assert "satu tiket untuk semua kursinya" in sari.get(page).text
    saved(hall, sari, page)
    [person] = living(hall)
    assert (person.post, running(hall), answered(hall)) == ("Ketua", 2, 2)
    with hall.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 1
        assert "anggota" in db.session.scalars(select(Registration.search_key)).one()
    upload(hall, sheet((CHAIR, MEMBER)))
    assert states(hall) == {"saved": 2, "unchanged": 2}


def test_the_same_number_in_both_rows_is_no_double(hall: Hall) -> None:
    both = (CHAIR, (CHAIR[0], "Anggota", CHAIR[2], CHAIR[3], NIP, ""))
    sari, page = upload(hall, sheet(both))
    assert states(hall) == {"good": 2}
    saved(hall, sari, page)
    assert (len(living(hall)), running(hall)) == (1, 2)


def test_a_seat_beside_one_that_was_held_before(hall: Hall) -> None:
    sari, page = upload(hall, sheet((CHAIR,)))
    saved(hall, sari, page)
    sari, second = upload(hall, sheet((MEMBER,)))
    saved(hall, sari, second)
    assert (len(living(hall)), running(hall)) == (1, 2)
    sari.post(f"{second}/undoing")
    work(hall.app)
    [person] = living(hall)
    assert (person.name, running(hall), answered(hall)) == ("Agustina Contoh", 1, 1)
    sari.post(f"{page}/undoing")
    work(hall.app)
    # the seat that was taken back again is a change of the person: the first import leaves them alone
    assert states(hall) == {"kept": 1, "undone": 1}


def test_undone_as_one(hall: Hall) -> None:
    sari, page = upload(hall, sheet((CHAIR, MEMBER)))
    saved(hall, sari, page)
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert states(hall) == {"undone": 2}
    assert (living(hall), running(hall), answered(hall)) == ([], 0, 0)


def test_undone_as_one_over_the_border_of_a_step(hall: Hall, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    for room in ("saving", "undoing"):
        monkeypatch.setattr(f"rakor.imports.store.{room}.STEP", 1)
    sari, page = upload(hall, sheet((CHAIR, MEMBER, ("", "Anggota", "Agustina Contoh", "KPU Kota Solo", "", "Luring"))))
    saved(hall, sari, page)
    assert (len(living(hall)), running(hall)) == (2, 3)  # a namesake of another office is another person
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert states(hall) == {"undone": 3}
    assert (living(hall), running(hall)) == ([], 0)


def test_who_is_somebody_else_by_the_numbers_is_not_joined(hall: Hall) -> None:
    other = ("0812-0000-0188", *MEMBER[1:])
    sari, page = upload(hall, sheet((CHAIR, other)))
    assert states(hall) == {"good": 1, "problem": 1}
    assert "Sama dengan baris" in sari.get(page).text


def test_one_person_follows_in_one_way(hall: Hall) -> None:
    _sari, page = upload(hall, sheet((CHAIR, (*MEMBER[:5], "Daring"))))
    assert states(hall) == {"good": 1, "problem": 1}
    assert "Satu orang mengikuti dengan satu cara" in hall.people.browser("sari").get(page).text


def test_somebody_of_the_open_form_is_not_registered_twice(hall: Hall) -> None:
    twice = (("", "Humas", "Budi Contoh", "Harian Contoh", "", "Daring"),
             ("", "Redaktur", "Budi Contoh", "Harian Contoh", "", "Daring"))  # fmt: skip
    with hall.app.app_context():
        from rakor.db import transaction
        from rakor.events.models import Event

        with transaction(unaudited="test") as session:
            session.get_one(Event, hall.event_id).open_registration = True
    upload(hall, sheet(twice, HEADINGS))
    assert states(hall) == {"good": 1, "problem": 1}
