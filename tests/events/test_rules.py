"""Addresses, days, colours, roles, readiness and who sees a channel: decided without app or database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.accounts.rules import Role
from rakor.events.rules import (
    ChannelKind,
    EventDates,
    EventKind,
    EventMode,
    EventProblem,
    Phase,
    RoleGroup,
    Stage,
    check_dates,
    days_between,
    phase,
)
from rakor.events.rules.colours import WHITE, contrast, dark_enough, darkened, palette, parse_colour, written
from rakor.events.rules.days import plan_days
from rakor.events.rules.readiness import (
    Audience,
    SetupFacts,
    StageProblem,
    StepState,
    channel_state,
    channel_visible,
    judge_cancellation,
    judge_publication,
    place_state,
)
from rakor.events.rules.role_sets import first_roles
from rakor.events.rules.slugs import MAX_SLUG, free_slug, slug_of
from rakor.events.rules.team import Held, may_take

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Rakornas Pelayanan Informasi 2026", "rakornas-pelayanan-informasi-2026"),
        ("Jum'at Bersih: D.I. Yogyakarta", "jumat-bersih-d-i-yogyakarta"),
        ("Café Ñandú", "cafe-nandu"),
        ("ꦫꦥꦠ꧀", "rakor"),
        ("   ", "rakor"),
        ("x" * 200, "x" * MAX_SLUG),
        ("kata " * 40, "-".join(["kata"] * 12)),
    ],
)
def test_an_address_is_readable(title: str, slug: str) -> None:
    assert slug_of(title, "rakor") == slug


@given(st.text(max_size=300), st.sets(st.integers(1, 40)))
def test_an_address_is_always_lawful_and_free(title: str, numbers: set[int]) -> None:
    slug = slug_of(title, "rakor")
    assert 1 <= len(slug) <= MAX_SLUG
    assert slug.isascii()
    assert slug.replace("-", "").isalnum()
    assert slug == slug.lower()
    taken = {slug if n == 1 else f"{slug}-{n}" for n in numbers}
    assert free_slug(slug, taken) not in taken


def test_days_follow_the_dates_but_what_carries_something_stays() -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    present = {first: DAY, second: DAY + timedelta(1), third: DAY + timedelta(2)}
    plan = plan_days(present, {third}, DAY + timedelta(1), DAY + timedelta(1))
    assert (plan.added, plan.dropped, plan.kept) == ((), (first,), (DAY + timedelta(2),))
    assert plan_days({}, (), DAY, DAY + timedelta(1)).added == (DAY, DAY + timedelta(1))


@given(st.sets(st.integers(0, 20), max_size=10), st.data(), st.integers(0, 20), st.integers(0, 10))
def test_no_day_that_carries_something_is_dropped(held: set[int], data: st.DataObject, start: int, more: int) -> None:
    present = {UUID(int=n): DAY + timedelta(n) for n in held}
    carrying = data.draw(st.sets(st.sampled_from(sorted(present)))) if present else set()
    first, last = DAY + timedelta(start), DAY + timedelta(start + more)
    plan = plan_days(present, carrying, first, last)
    assert not set(plan.dropped) & carrying
    after = {day for key, day in present.items() if key not in plan.dropped} | set(plan.added)
    assert set(days_between(first, last)) <= after
    assert after - set(days_between(first, last)) == set(plan.kept)


@pytest.mark.parametrize(
    ("dates", "problems"),
    [
        (EventDates(DAY, DAY), ()),
        (EventDates(DAY, DAY - timedelta(1)), (EventProblem.ENDS_BEFORE_START,)),
        (EventDates(DAY, DAY + timedelta(30)), ()),
        (EventDates(DAY, DAY + timedelta(31)), (EventProblem.TOO_LONG,)),
        (
            EventDates(DAY, DAY, datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)),
            (EventProblem.WINDOW_REVERSED,),
        ),
        (
            EventDates(DAY, DAY, answer_by_at=datetime(2026, 12, 1, tzinfo=UTC)),
            (EventProblem.DEADLINE_AFTER_END,),
        ),
    ],
)
def test_dates_that_contradict_each_other_are_named(dates: EventDates, problems: tuple[EventProblem, ...]) -> None:
    assert check_dates(dates) == problems


@pytest.mark.parametrize(
    ("stage", "today", "expected"),
    [
        (Stage.DRAFT, DAY, Phase.DRAFT),
        (Stage.PUBLISHED, DAY - timedelta(1), Phase.COMING),
        (Stage.PUBLISHED, DAY, Phase.RUNNING),
        (Stage.PUBLISHED, DAY + timedelta(2), Phase.RUNNING),
        (Stage.PUBLISHED, DAY + timedelta(3), Phase.OVER),
        (Stage.CANCELLED, DAY, Phase.CANCELLED),
    ],
)
def test_an_event_has_one_phase_a_day(stage: Stage, today: date, expected: Phase) -> None:
    assert phase(stage, DAY, DAY + timedelta(2), today) is expected


def test_contrast_is_what_wcag_says() -> None:
    assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    grey = parse_colour("#767676")
    assert grey is not None
    assert contrast(grey, WHITE) == pytest.approx(4.54, abs=0.01)
    assert dark_enough(grey)
    assert not dark_enough((0x78, 0x78, 0x78))


@given(st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)))
def test_a_darker_shade_always_carries_white_words(colour: tuple[int, int, int]) -> None:
    assert dark_enough(darkened(colour))
    assert parse_colour(written(colour)) == colour


@pytest.mark.parametrize("text", ["", "hijau", "#12345", "#1234567", "#12345g", "url(x)"])
def test_no_other_text_is_a_colour(text: str) -> None:
    assert parse_colour(text) is None


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_starts_with_participants_speakers_and_committee(kind: EventKind) -> None:
    roles = first_roles(kind)
    assert {role.group for role in roles} == set(RoleGroup)
    assert len({role.name for role in roles}) == len(roles)
    assert [role.group for role in roles][-1] is RoleGroup.COMMITTEE


def facts(mode: EventMode = EventMode.HYBRID, **values: bool) -> SetupFacts:
    known = {"has_place": False, "has_online_link": False, "has_contact": False, "has_letterhead": False}
    return SetupFacts(mode=mode, open_registration=True, capacity=40, **known | values)


def test_a_place_is_needed_unless_online_and_a_link_may_come_later() -> None:
    assert place_state(facts()) is StepState.NEEDED
    assert place_state(facts(has_place=True)) is StepState.DONE
    assert place_state(facts(EventMode.ONLINE)) is StepState.DONE
    assert channel_state(facts()) is StepState.ADVISED
    assert channel_state(facts(EventMode.ONSITE)) is StepState.DONE


def test_stages_change_only_as_they_may() -> None:
    ready, lacking = (StepState.DONE, StepState.ADVISED), (StepState.DONE, StepState.NEEDED)
    assert judge_publication(Stage.DRAFT, ready) is None
    assert judge_publication(Stage.CANCELLED, ready) is None
    assert judge_publication(Stage.DRAFT, lacking) is StageProblem.NOT_READY
    assert judge_publication(Stage.PUBLISHED, ready) is StageProblem.ALREADY
    assert judge_cancellation(Stage.PUBLISHED) is None
    assert judge_cancellation(Stage.CANCELLED) is StageProblem.ALREADY


@pytest.mark.parametrize(
    ("kind", "is_public", "seen_by"),
    [
        (ChannelKind.ZOOM, False, {Audience.ONLINE, Audience.STAFF}),
        (ChannelKind.YOUTUBE, False, {Audience.ONLINE, Audience.STAFF}),
        (ChannelKind.ONSITE, False, {Audience.ONSITE, Audience.STAFF}),
        (ChannelKind.ZOOM, True, set(Audience)),
    ],
)
def test_a_link_is_seen_by_those_who_follow_by_it(kind: ChannelKind, is_public: bool, seen_by: set[Audience]) -> None:
    assert {one for one in Audience if channel_visible(kind, is_public, one)} == seen_by


def test_the_last_living_owner_stays() -> None:
    one, other, desk = (uuid4() for _ in range(3))
    held = [Held(one, Role.OWNER, DAY), Held(desk, Role.DESK, DAY)]
    assert not may_take(held, one, DAY)
    assert may_take(held, desk, DAY)
    assert may_take([*held, Held(other, Role.OWNER, DAY)], one, DAY)
    assert not may_take([*held, Held(other, Role.OWNER, DAY - timedelta(1))], one, DAY)  # the other one has ended


@given(st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)))
def test_every_shade_of_an_accent_can_be_read_by_day_and_by_night(colour: tuple[int, int, int]) -> None:
    found = palette(darkened(colour))
    grounds = (("#ffffff", "#f5f7f4", found.tint[0]), ("#0d1411", "#15201b", found.tint[1]))
    for scheme, several in enumerate(grounds):
        shade = parse_colour(found.primary[scheme])
        words = parse_colour(found.on_primary[scheme])
        assert shade is not None
        assert words is not None
        assert contrast(shade, words) >= 4.5
        for ground in several:
            under = parse_colour(ground)
            assert under is not None
            assert contrast(shade, under) >= 4.4, (scheme, ground)
