"""What an office may answer for a seat: a name and a way of following, or that nobody comes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from rakor.events.rules import Phase
from rakor.registrations.rules import Mode, NameProblem, PersonName, check_text, clean_text, fold, read_name

LONGEST_REASON = 300


class SeatAnswer(StrEnum):
    """What an office answered for a seat; no row value means "belum menjawab"."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"


class AnswerDoor(StrEnum):
    """Whether an office can answer now."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    """The deadline has passed, or the event is over."""
    CANCELLED = "cancelled"


class Choice(StrEnum):
    """What is chosen for a seat: one of two ways of following, or that nobody comes."""

    ONSITE = "onsite"
    ONLINE = "online"
    DECLINE = "decline"


class AnswerAct(StrEnum):
    """What an accepted answer does."""

    NONE = "none"
    """Nothing was said for the seat, or what is so already."""
    INCOMPLETE = "incomplete"
    """A way of following without a name: the seat stays open ("Semua daring" touches every open seat)."""
    NAME = "name"
    REPLACE = "replace"
    CORRECT = "correct"
    CHANGE_MODE = "change_mode"
    DECLINE = "decline"


class Refused(StrEnum):
    """Why an answer for a seat is not taken."""

    CLOSED = "closed"
    NOT_ALLOWED = "not_allowed"
    CHOICE_MISSING = "choice_missing"
    NAME_MISSING = "name_missing"
    NAME_TOO_SHORT = "name_too_short"
    NAME_TOO_LONG = "name_too_long"
    NAME_NO_LETTER = "name_no_letter"
    NAME_CONTROL_CHARACTER = "name_control_character"
    REASON_TOO_LONG = "reason_too_long"
    REASON_CONTROL_CHARACTER = "reason_control_character"
    CHANGED_MEANWHILE = "changed_meanwhile"


@dataclass(frozen=True, slots=True)
class SeatState:
    """A seat as it is now; ``name`` is the holder's with titles, empty while nobody sits there."""

    modes: tuple[Mode, ...]
    answer: SeatAnswer | None = None
    name: str = ""
    mode: Mode | None = None
    reason: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """What was sent for a seat: texts as typed, ``seen`` is the stamp of the state the sender had before them."""

    name: str = ""
    choice: str = ""
    reason: str = ""
    seen: str = ""
    same_person: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """An answer that can be taken: what it does, with the name, the mode or the reason it needs."""

    act: AnswerAct
    name: PersonName | None = None
    mode: Mode | None = None
    reason: str = ""


def answer_door(phase: Phase, deadline: datetime | None, now: datetime, last_day: date, today: date) -> AnswerDoor:
    """Whether offices can answer: from publishing to the deadline (the moment itself is too late), or to the end."""
    if phase is Phase.CANCELLED:
        return AnswerDoor.CANCELLED
    if phase is Phase.DRAFT:
        return AnswerDoor.NOT_YET
    if (deadline is not None and now >= deadline) or today > last_day:
        return AnswerDoor.CLOSED
    return AnswerDoor.OPEN


def stamp(state: SeatState) -> str:
    """A short mark of a seat's state; two marks differ where anything a person sees differs."""
    at = state.answered_at.isoformat() if state.answered_at else ""
    parts = (state.answer or "", state.name, state.mode or "", state.reason, at, ",".join(sorted(state.modes)))
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def judge_answer(state: SeatState, deadline: datetime | None, now: datetime, sent: Input) -> Accepted | Refused:
    """Judge what was sent for one seat against the seat as it is now.

    What is so already is ``NONE``, never a conflict, so a repeat is answered as a success.
    """
    verdict = _read(state, sent)
    if isinstance(verdict, Accepted) and verdict.act in (AnswerAct.NONE, AnswerAct.INCOMPLETE):
        return verdict
    if deadline is not None and now >= deadline:
        return Refused.CLOSED
    if sent.seen != stamp(state):
        return Refused.CHANGED_MEANWHILE
    return verdict


def _read(state: SeatState, sent: Input) -> Accepted | Refused:
    name, choice = sent.name.strip(), _choice(sent.choice, state)
    if choice is None:
        return Refused.NOT_ALLOWED if sent.choice else (Refused.CHOICE_MISSING if name else Accepted(AnswerAct.NONE))
    if choice is Choice.DECLINE:
        return _decline(state, sent)
    if not name:
        return Refused.NAME_MISSING if state.answer is SeatAnswer.CONFIRMED else Accepted(AnswerAct.INCOMPLETE)
    person = read_name(sent.name)
    if isinstance(person, NameProblem):
        return Refused(f"name_{person}")
    return _named(state, person, Mode(choice), same_person=sent.same_person)


def _choice(word: str, state: SeatState) -> Choice | None:
    """The chosen word where the seat allows it; a mode answered before the rule became narrower may stay."""
    if word == Choice.DECLINE:
        return Choice.DECLINE
    return Choice(word) if word in {*state.modes, state.mode} else None


def _decline(state: SeatState, sent: Input) -> Accepted | Refused:
    problem = check_text(sent.reason, LONGEST_REASON, lines=True)
    if problem is not None:
        return Refused(f"reason_{problem}")
    reason = clean_text(sent.reason)
    if state.answer is SeatAnswer.DECLINED and state.reason == reason:
        return Accepted(AnswerAct.NONE)
    return Accepted(AnswerAct.DECLINE, reason=reason)


def _named(state: SeatState, person: PersonName, mode: Mode, *, same_person: bool) -> Accepted:
    if state.answer is not SeatAnswer.CONFIRMED or not state.name:
        return Accepted(AnswerAct.NAME, person, mode)
    if person.display() == state.name:
        return Accepted(AnswerAct.NONE if mode is state.mode else AnswerAct.CHANGE_MODE, person, mode)
    # other titles or capitals are the same person put right; another name is another person
    same = same_person or fold(person.name) == fold(state.name)
    return Accepted(AnswerAct.CORRECT if same else AnswerAct.REPLACE, person, mode)
