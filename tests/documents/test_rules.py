"""The attendance list's order and lines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.documents.rules import ListRow, Standing, arrange, nip_line, phone_line, post_line
from rakor.registrations.rules import Mode

AT = datetime(2026, 11, 24, 0, 56, tzinfo=UTC)


def row(person: str, name: str = "Sari Contoh", seat: Standing | None = None, **fields: object) -> ListRow:
    given_ = ListRow(person=person, name=name, shown_name=name, post="Ketua", office="Kabupaten Merauke", seat=seat)
    return replace(given_, **fields)  # type: ignore[arg-type]


def names(*rows: ListRow) -> list[str]:
    return [line.person for line in arrange(rows).rows]


def test_office_comes_before_role_and_role_before_number() -> None:
    province_operator = row("a", seat=Standing("1-93", 5, 1))
    regency_chair = row("b", seat=Standing("2-9301", 1, 1))
    second_member = row("c", seat=Standing("1-93", 2, 2))
    first_member = row("d", seat=Standing("1-93", 2, 1))
    assert names(regency_chair, province_operator, second_member, first_member) == ["d", "c", "a", "b"]


def test_people_without_a_seat_follow_by_region_then_name() -> None:
    guest = row("guest", "Ani Contoh", region=("11", "1101"))
    seated = row("seated", "Zul Contoh", seat=Standing("9", 9, 9))
    later = row("later", "Bayu Contoh", region=("93", ""))
    assert names(later, guest, seated) == ["seated", "guest", "later"]


def test_titles_case_and_accents_do_not_sort() -> None:
    accented = row("1", "ékawati Contoh", shown_name="Dr. ékawati Contoh")
    plain = row("2", "Dewi Contoh", shown_name="Prof. Dewi Contoh")
    last = row("3", "Fajar Contoh", shown_name="A.Md. Fajar Contoh")
    assert names(last, accented, plain) == ["2", "1", "3"]


def test_one_person_on_two_seats_signs_once_with_both_posts() -> None:
    chair = row("a", seat=Standing("1", 1, 1), post="Ketua")
    member = row("a", seat=Standing("1", 2, 1), post="Anggota", present=True, present_at=AT, means="Zoom",
                 mode=Mode.ONLINE)  # fmt: skip
    listed = arrange([member, chair], open_seat_count=3)
    assert [line.post for line in listed.rows] == ["Ketua / Anggota"]
    assert listed.rows[0].present
    assert listed.rows[0].present_at == AT
    assert listed.rows[0].means == "Zoom"
    assert (listed.counts.seats, listed.counts.seats_present) == (5, 1)
    assert (listed.counts.heads, listed.counts.heads_present) == (1, 1)


def test_the_earliest_known_arrival_of_a_person_counts() -> None:
    early = row("a", seat=Standing("1", 1, 1), present=True, present_at=AT)
    late = row("a", seat=Standing("1", 2, 1), present=True, present_at=AT + timedelta(hours=1))
    unknown = row("a", seat=Standing("1", 3, 1), present=True)
    assert arrange([late, unknown, early]).rows[0].present_at == AT


def test_a_deputy_says_for_whom() -> None:
    assert post_line(row("a", post="Sekretaris", represents="Ketua")) == "Sekretaris, mewakili Ketua"
    assert post_line(row("a", post="", represents="Ketua")) == "mewakili Ketua"
    assert post_line(row("a", post="")) == "-"


@pytest.mark.parametrize(
    ("nip", "printed"),
    [
        ("198609262015051001", "19860926 201505 1 001"),
        ("19900913 2025 24 2 014", "19900913 202524 2 014"),
        ("", "-"),
        ("  ", "-"),
        ("12345", "12345"),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١"),
    ],
)
def test_nip_is_grouped_and_none_is_a_dash(nip: str, printed: str) -> None:
    assert nip_line(nip) == printed


@pytest.mark.parametrize(
    ("phone", "printed"),
    [
        ("+6281200000101", "0812 0000 0101"),
        ("081200000101", "0812 0000 0101"),
        ("+62 812-0000-01012", "0812 0000 01012"),
        ("+4915112345678", "+4915112345678"),
        ("", "-"),
    ],
)
def test_phone_is_written_as_people_dial_it(phone: str, printed: str) -> None:
    assert phone_line(phone) == printed


standings = st.none() | st.builds(
    Standing, st.sampled_from(["0", "1-11", "1-93", "2-9301"]), st.integers(1, 7), st.integers(1, 3)
)
people = st.builds(
    row,
    st.sampled_from("abcdef"),
    st.text(max_size=8),
    standings,
    present=st.booleans(),
    present_at=st.none() | st.sampled_from([AT, AT + timedelta(minutes=1)]),
)


@given(st.lists(people, max_size=12), st.randoms())
def test_the_order_does_not_depend_on_how_rows_came(rows: list[ListRow], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = arrange(rows), arrange(shuffled)
    assert [line.person for line in one.rows] == [line.person for line in other.rows]
    assert one.counts == other.counts


@given(st.lists(people, max_size=12))
def test_each_person_stands_once_and_no_seat_is_lost(rows: list[ListRow]) -> None:
    listed = arrange(rows)
    assert sorted(line.person for line in listed.rows) == sorted({entry.person for entry in rows})
    assert listed.counts.seats == sum(entry.seat is not None for entry in rows)
    assert listed.counts.heads_present == len({entry.person for entry in rows if entry.present})
