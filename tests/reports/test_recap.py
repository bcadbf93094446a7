"""Recaps are sums of what the summary holds; the farthest is by capitals; without app or database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from rakor.offices.rules import OfficeLevel
from rakor.regions.rules import apart_km
from rakor.registrations.rules import Mode
from rakor.reports import recap, rules
from rakor.reports.recap import By
from rakor.reports.rules import Came, Count, Measure, Spot
from rakor.reports.store import OfficeCount
from rakor.reports.summary import by_mode

NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def office(code: str, *, onsite: int = 0, online: int = 0, silent: int = 0) -> OfficeCount:
    level = OfficeLevel.REGENCY if len(code) == 4 else OfficeLevel.PROVINCE if code else OfficeLevel.NATIONAL
    modes: dict[Mode | None, Count] = {
        Mode.ONSITE: Count(onsite, onsite, 0, onsite, onsite),
        Mode.ONLINE: Count(online, online, 0, online),
        None: Count(silent),
    }
    regency = code if len(code) == 4 else None
    return OfficeCount(uuid4(), f"Kantor {code or 'Pusat'}", level, code[:2] or None, regency, "Asia/Jakarta", modes)


OFFICES = [office("", onsite=2), office("33", onsite=5), office("3374", online=3, silent=2), office("9304", silent=5)]


def test_every_recap_adds_up_to_the_same_seats() -> None:
    whole = recap.total(OFFICES)
    assert (whole.invited, whole.present, whole.onsite, whole.online, whole.silent) == (17, 10, 7, 3, 7)
    for by in (By.PROVINCE, By.REGENCY, By.OFFICE):
        lines = recap.by_place(OFFICES, by, TODAY)
        assert sum((line.count for line in lines), Count()) == whole, by
    assert sum(by_mode(OFFICES).values(), Count()) == whole
    names = [line.name for line in recap.by_place(OFFICES, By.PROVINCE, TODAY)]
    assert names == ["Jawa Tengah", "Papua Selatan", ""]  # the centre is in no province, and stands last


def test_an_office_counts_to_the_province_of_the_events_day() -> None:
    lines = recap.by_place(OFFICES, By.PROVINCE, date(2021, 10, 27))
    assert [line.name for line in lines] == ["Jawa Tengah", "Papua", ""]


def test_what_lacks_is_counted_and_excused_ones_are_not_absent() -> None:
    one = Count(invited=5, confirmed=3, declined=1, present=2)
    assert [one.of(measure) for measure in Measure] == [3, 2, 1, 2]
    assert one.percent(Measure.SILENT) == 80  # the colour is of those who have answered
    assert Count(1, 0, 1, 1).absent == 0  # excused, and came all the same


def test_sessions_stand_below_their_day_with_the_seats_present_there() -> None:
    session = UUID(int=9)
    spots = [Spot(UUID(int=1), TODAY, None, None, None, 3), Spot(UUID(int=2), TODAY, session, NINE, NINE, 2)]
    found = recap.by_session(Count(10, 8, 1), {TODAY: (4, 1), session: (2, 2)}, spots)
    assert [(part, count.invited, count.present, count.onsite) for part, count in found] == [
        (TODAY, 10, 4, 1), (session, 10, 2, 2),
    ]  # fmt: skip


def test_breakouts_of_one_hour_stay_in_the_order_of_the_programme() -> None:
    later, ends = NINE + timedelta(hours=1), NINE + timedelta(hours=2)
    places = [(8, later, ends), (9, NINE, later), (7, NINE, later)]
    spots = [Spot(UUID(int=10 + n), TODAY, UUID(int=n), *times, 0) for n, *times in places]
    assert [part for part, _count in recap.by_session(Count(), {}, spots)] == [TODAY, *(UUID(int=n) for n in (9, 7, 8))]


def test_the_focus_of_a_session_holds_all_its_checkpoints() -> None:
    session = UUID(int=9)
    ends = NINE + timedelta(hours=1)
    spots = [Spot(UUID(int=n), TODAY, session, NINE, ends, marked) for n, marked in ((1, 3), (2, 0))]
    found = rules.focus(spots, NINE, TODAY)
    assert found is not None
    assert set(found.checkpoint_ids) == {UUID(int=1), UUID(int=2)}
    whole = rules.ever(spots)
    assert whole is not None
    assert whole.is_whole
    assert rules.ever([]) is None


def test_arrivals_a_minute_are_those_of_the_last_five() -> None:
    came = [
        Came(NINE, onsite=True, seated=True, people=4, lately=2),
        Came(None, onsite=False, seated=False, people=9, lately=1),
    ]
    assert rules.per_minute(came) == 0.6


def test_papua_is_farther_from_jakarta_than_aceh() -> None:
    assert 3700 < apart_km("31", "91") < 3900 > 2000 > apart_km("31", "11") > 1500
    assert apart_km("33", "33") == 0
