"""Placeholders, moments, pauses and stops, without app or database."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.messages.rules.campaigns import Audience, Due, Timing, due, due_at
from rakor.messages.rules.placeholders import PLACEHOLDERS, fill, paragraphs, unknown
from rakor.messages.rules.rounds import Step, next_stop
from rakor.messages.rules.trying import GIVE_UP, LONGEST, SHORTEST, next_try
from rakor.registrations.rules import wa_link

NOW = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)
HOUR = timedelta(hours=1)


class TestPlaceholders:
    def test_each_becomes_its_value(self) -> None:
        assert fill("Yth. {nama}, {kantor}", {"nama": "Ani", "kantor": "KPU"}) == "Yth. Ani, KPU"

    @pytest.mark.parametrize(
        "bait", ["{0}", "{nama.__class__}", "{nama!r}", "{nama:>99}", "{{nama}}", "{{ 7*7 }}", "{% raw %}", "%(nama)s"]
    )
    def test_no_other_language_is_spoken(self, bait: str) -> None:
        assert "__class__" not in fill(bait, {"nama": "Ani"}).replace("{nama.__class__}", "")
        assert "49" not in fill(bait, {"nama": "Ani"})
        assert fill(bait, {}) == bait

    def test_a_value_is_not_read_again(self) -> None:
        assert fill("{nama} {tautan}", {"nama": "{tautan}", "tautan": "rahasia"}) == "{tautan} rahasia"

    @given(st.text(max_size=60))
    def test_any_value_arrives_as_it_is(self, value: str) -> None:
        assert fill("<{nama}>", {"nama": value}) == f"<{value}>"

    def test_strange_ones_are_named_once(self) -> None:
        known = PLACEHOLDERS[Audience.PEOPLE]
        assert unknown("{nama} {nip} {nip} {kursi_terbuka}", known) == ["nip", "kursi_terbuka"]
        assert unknown("tanpa penanda", known) == []

    def test_a_wa_address_holds_every_sign(self) -> None:
        text = fill("Yth. {nama}\n100% & #1?", {"nama": "A&text=B#c"})
        link = wa_link("+6281200000147", text)
        assert link.count("?") == 1
        assert "#" not in link
        assert "&" not in link
        assert unquote(link.split("text=")[1]) == text

    def test_paragraphs_keep_their_lines(self) -> None:
        assert paragraphs("a\nb\n\n \nc\n") == ("a\nb", "c")


class TestMoments:
    def test_a_reminder_follows_what_it_reminds_of(self) -> None:
        at = due_at(Timing.BEFORE_SESSION, send_at=None, anchor=NOW + 3 * HOUR, lead_hours=2, asked_at=NOW)
        assert at == NOW + HOUR
        assert due(Timing.BEFORE_SESSION, at, NOW + 3 * HOUR, NOW) is Due.WAIT
        assert due(Timing.BEFORE_SESSION, at, NOW + 3 * HOUR, NOW + HOUR) is Due.SEND

    def test_what_is_over_is_not_reminded_of(self) -> None:
        assert due(Timing.BEFORE_DEADLINE, NOW - 3 * HOUR, NOW, NOW) is Due.MISSED
        assert due(Timing.BEFORE_SESSION, NOW - 3 * HOUR, NOW - HOUR, NOW) is Due.MISSED

    def test_without_a_moment_it_waits(self) -> None:
        at = due_at(Timing.BEFORE_DEADLINE, send_at=None, anchor=None, lead_hours=2, asked_at=NOW)
        assert at is None
        assert due(Timing.BEFORE_DEADLINE, at, None, NOW) is Due.WAIT

    def test_what_has_a_time_of_its_own_is_sent_late(self) -> None:
        at = due_at(Timing.AT, send_at=NOW - 5 * HOUR, anchor=None, lead_hours=None, asked_at=NOW)
        assert due(Timing.AT, at, None, NOW) is Due.SEND


class TestTrying:
    def test_pauses_grow_and_end(self) -> None:
        pauses, moment = [], NOW
        while (again := next_try(NOW, moment)) is not None:
            pauses.append(again - moment)
            moment = again
        assert pauses == sorted(pauses)
        assert pauses[0] == SHORTEST
        assert pauses[-1] == LONGEST
        assert moment - NOW >= GIVE_UP

    def test_after_an_hour_of_refusals_it_leaves_within_ten_minutes(self) -> None:
        again = next_try(NOW, NOW + HOUR)
        assert again is not None
        assert again - (NOW + HOUR) <= timedelta(minutes=10)


def test_a_round_goes_on_where_it_was() -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    taken = {first: Step.PASSED_ON, second: Step.SKIPPED}
    assert next_stop([first, second, third], taken) == third
    assert next_stop([second, first], taken) is None
