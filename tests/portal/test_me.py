""""Halaman saya": what one person sees, by state and way of following, and what the person can change."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from rakor import clock
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.registrations import tickets
from rakor.registrations.models import RegistrationSource, Ticket
from rakor.registrations.rules import Mode, RegistrationState
from rakor.seats.models import Holding, Seat
from tests import make
from tests.conftest import MOMENT
from tests.portal.conftest import NOTE, ZOOM, Petrus

pytestmark = pytest.mark.usefixtures("moment")


def test_it_shows_the_own_zone_first_and_the_events_beside_it(petrus: Petrus, phone: FlaskClient) -> None:
    page = phone.get(petrus.path).text
    own, theirs = page.index("10.00–\u206012.00\u00a0WIT"), page.index("08.00–\u206010.00\u00a0WIB")
    assert own < theirs
    assert "Sesi 2: Standar layanan informasi di daerah" in page
    assert "Rehat" in page
    assert "Rapat panitia" not in page
    assert "Kepala Bidang Layanan Informasi" in page


def test_on_site_there_is_one_zone_and_no_zoom(petrus: Petrus, phone: FlaskClient) -> None:
    petrus.change(mode=Mode.ONSITE)
    page = phone.get(petrus.path).text
    assert "WIT" not in page
    assert ZOOM not in page
    assert "Hotel Contoh" in page


def test_the_ticket_on_the_page_and_in_the_picture_is_the_same_code(petrus: Petrus, phone: FlaskClient) -> None:
    code = tickets.code_of(petrus.event_id, petrus.id, 0)
    page = phone.get(petrus.path).text
    assert f"{code[:5]}-{code[5:10]}<br>{code[10:15]}-{code[15:]}" in page
    answer = phone.get(petrus.path + "/ticket.png")
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(answer.data)))
    assert read.text == code
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("state", "source", "sees"),
    [
        (RegistrationState.CONFIRMED, RegistrationSource.SEAT, True),
        (RegistrationState.REGISTERED, RegistrationSource.OPEN, True),
        (RegistrationState.REGISTERED, RegistrationSource.SEAT, False),
        (RegistrationState.APPLIED, RegistrationSource.OPEN, False),
        (RegistrationState.WAITING, RegistrationSource.OPEN, False),
        (RegistrationState.DECLINED, RegistrationSource.SEAT, False),
        (RegistrationState.CANCELLED, RegistrationSource.OPEN, False),
    ],
)
def test_who_is_not_in_sees_neither_zoom_nor_ticket(
    petrus: Petrus, phone: FlaskClient, state: RegistrationState, source: RegistrationSource, sees: bool
) -> None:
    petrus.change(state=state, source=source)
    page = phone.get(petrus.path).text
    assert (ZOOM in page) == (NOTE in page) == ('class="qr"' in page) == sees
    assert phone.get(petrus.path + "/ticket.png").status_code == (200 if sees else 404)


def test_after_the_event_nothing_can_be_joined_or_changed(petrus: Petrus, phone: FlaskClient) -> None:
    with clock.freeze(MOMENT + timedelta(days=3), everywhere=True):
        page = phone.get(petrus.path).text
        assert ZOOM not in page
        assert "Tidak jadi hadir?" not in page
        assert phone.post(petrus.path + "/mode", data={"mode": "onsite"}).status_code == 422
        assert phone.post(petrus.path + "/cancellation").status_code == 303
    with petrus.app.app_context():
        assert petrus.row().state is RegistrationState.CONFIRMED


def test_presence_is_a_badge_in_the_own_zone(petrus: Petrus, phone: FlaskClient) -> None:
    with petrus.app.app_context(), transaction(unaudited="test"):
        point = make._add(Checkpoint(event_id=petrus.event_id, day_id=events.days(petrus.event_id)[1].id,
                                     name="Sesi 2", created_at=MOMENT))
        make._add(PresenceRow(event_id=petrus.event_id, registration_id=petrus.id, checkpoint_id=point.id, present=True,
                              inside=True, first_in_at=datetime(2026, 11, 24, 0, 56, tzinfo=UTC), fact_count=1,
                              duplicate_count=0, intervals=[], change_seq=1))
    assert "Hadir Sesi 2, 09.56\u00a0WIT" in phone.get(petrus.path).text


def test_withdrawing_asks_once_more_then_kills_the_ticket_and_opens_the_seat(
    petrus: Petrus, phone: FlaskClient
) -> None:
    asked = phone.get(petrus.path + "/cancellation").text
    assert "Kursi Kepala Bidang Layanan Informasi terbuka lagi" in asked
    assert "Ya, cabut konfirmasi" in asked
    assert "Kembali" in asked
    for _ in range(2):  # the double click answers the same
        answer = phone.post(petrus.path + "/cancellation")
        assert (answer.status_code, answer.location) == (303, petrus.path)
    page = phone.get(petrus.path).text
    assert "Tiket Anda berhenti berlaku" in page
    assert 'class="qr"' not in page
    with petrus.app.app_context():
        assert petrus.row().state is RegistrationState.CANCELLED
        assert db.session.scalars(select(Ticket.revoked_at)).all() == [MOMENT]
        seat = db.session.get(Seat, petrus.seat_id)
        assert seat is not None
        assert seat.answer is None
        assert db.session.scalars(select(Holding.ended_at)).all() == [MOMENT]
        actions = db.session.scalars(select(AuditEntry.action)).all()
        assert actions.count("registration.cancel") == 1


def test_looking_at_the_question_changes_nothing(petrus: Petrus, phone: FlaskClient) -> None:
    """Mail scanners follow links (security.md §5)."""
    phone.get(petrus.path + "/cancellation")
    with petrus.app.app_context():
        assert petrus.row().state is RegistrationState.CONFIRMED


def test_the_way_of_following_changes_among_what_event_and_seat_allow(petrus: Petrus, phone: FlaskClient) -> None:
    assert phone.post(petrus.path + "/mode", data={"mode": "onsite"}).status_code == 303
    with petrus.app.app_context():
        assert petrus.row().mode is Mode.ONSITE
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registration.mode")).one()
        assert entry.detail == {"fields": ["mode"]}
        assert entry.actor_kind == "link"
        with transaction(unaudited="test"):
            seat = db.session.get(Seat, petrus.seat_id)
            assert seat is not None
            seat.modes = ["onsite"]
    for wanted in ("online", "sideways", ""):
        answer = phone.post(petrus.path + "/mode", data={"mode": wanted})
        assert answer.status_code == 422
        assert "tidak ada yang diubah" in answer.text
    with petrus.app.app_context():
        assert petrus.row().mode is Mode.ONSITE
    assert "Ubah cara mengikuti" not in phone.get(petrus.path).text


def test_the_agenda_is_whole_and_an_unknown_time_says_so(petrus: Petrus, phone: FlaskClient) -> None:
    with petrus.app.app_context(), transaction(unaudited="test"):
        day = events.days(petrus.event_id)[2]
        make.item(petrus.event_id, day.id, title="Penutupan", starts_at=None, ends_at=None)
    page = phone.get(petrus.path + "/agenda").text
    assert "waktu tidak tercatat" in page
    assert "Rabu, 25\u00a0November\u00a02026" in page
    assert "Rapat panitia" not in page


def test_a_wrong_token_is_nobodys_page(petrus: Petrus, phone: FlaskClient) -> None:
    for path in ("/p/" + "a" * 26, "/p/x", petrus.path + "x", petrus.path.upper()):
        assert phone.get(path).status_code == 404


def test_nothing_of_it_is_kept_by_caches(petrus: Petrus, phone: FlaskClient) -> None:
    for ending in ("", "/agenda", "/data", "/data.json", "/ticket.png", "/cancellation"):
        assert phone.get(petrus.path + ending).headers["Cache-Control"] == "no-store"


def test_in_english(petrus: Petrus, phone: FlaskClient) -> None:
    page = phone.get(petrus.path, headers={"Accept-Language": "en"}).text
    assert "Now" in page
    assert "10:00–\u206012:00\u00a0WIT" in page
