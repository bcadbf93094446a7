"""Whose number is asked for, what is done with odd ones, and how ranks and acting posts are written."""

from datetime import date

import pytest

from rakor.registrations.rules.numbers import NumberReason
from rakor.registrations.rules.work import (
    NUMBERED,
    Employment,
    NipAnswer,
    WorkProblem,
    judge_nip,
    post_with,
    rank_of,
    ranks,
)

TODAY = date(2026, 11, 24)
PNS, PPPK = "19860926 201505 1 001", "19900913 2025 24 2 014"


@pytest.mark.parametrize("who", [one for one in Employment if one not in NUMBERED])
def test_who_has_no_number_keeps_none(who: Employment) -> None:
    assert judge_nip(who, PNS, TODAY, sure=True) == NipAnswer()


@pytest.mark.parametrize(("who", "typed"), [(Employment.PNS, PNS), (Employment.PPPK, PPPK)])
def test_a_good_number_is_stored_as_figures(who: Employment, typed: str) -> None:
    assert judge_nip(who, typed, TODAY, sure=False) == NipAnswer(digits=typed.replace(" ", ""))
    assert judge_nip(who, "", TODAY, sure=False) == NipAnswer()


def test_the_other_services_number_is_asked_about_once() -> None:
    asked = judge_nip(Employment.PNS, PPPK, TODAY, sure=False)
    assert asked == NipAnswer(problem=WorkProblem.OTHER_SERVICE, may_insist=True)
    assert judge_nip(Employment.PNS, PPPK, TODAY, sure=True).digits == PPPK.replace(" ", "")


def test_an_impossible_number_is_never_stored() -> None:
    for sure in (False, True):
        assert judge_nip(Employment.PNS, "1.98609E+17", TODAY, sure=sure).problem is NumberReason.EXCEL_SCIENTIFIC
        assert judge_nip(Employment.PNS, "198613262015051001", TODAY, sure=sure).problem is NumberReason.BIRTH_DATE


def test_a_number_that_excel_cut_is_asked_about() -> None:
    asked = judge_nip(Employment.PNS, "198609262015051000", TODAY, sure=False)
    assert asked == NipAnswer(problem=NumberReason.EXCEL_TRUNCATED, may_insist=True)


def test_every_rank_is_found_by_its_written_form() -> None:
    assert len(ranks()) == 34
    assert len({(rank.employment, rank.display()) for rank in ranks()}) == 34
    for rank in ranks():
        assert rank_of(rank.employment, rank.display()) == rank
        assert rank_of(Employment.PUBLIC, rank.display()) is None


def test_acting_stands_before_the_post() -> None:
    assert post_with("plh", "Ketua") == "Plh. Ketua"
    assert post_with("", "Ketua") == "Ketua"
    assert post_with("plt", "") == ""
