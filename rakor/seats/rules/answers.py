"""What an office may answer for a seat: a name and a way of following, or that nobody comes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from rakor.events.rules import Phase
from rakor.registrations.rules import Mode, NameProblem, PersonName, check_text, clean_text, fold, read_name
from rakor.registrations.rules.work import Acting

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


class Who(StrEnum):
    """What a name on a seat means, where that has to be said."""

    HOLDER = "holder"
    """Whoever holds the post: a successor, or the right name after a wrong one."""
    DEPUTY = "deputy"
    """Somebody who stands in ("mewakili")."""
    SAME = "same"
    """The person who sits there already; only the spelling is put right."""


class AnswerAct(StrEnum):
    """What an accepted answer does."""

    NONE = "none"
    """Nothing was said for the seat, or what is so already."""
    INCOMPLETE = "incomplete"
    """A way of following without a name: the seat stays open ("Semua daring" touches every open seat)."""
    NAME = "name"
    REPLACE = "replace"
    JOIN = "join"
    """Whoever sits on another seat of the office takes this one too: one person, one ticket."""
    CORRECT = "correct"
    CHANGE_MODE = "change_mode"
    DECLINE = "decline"


class Refused(StrEnum):
    """Why an answer for a seat is not taken."""

    CLOSED = "closed"
    NOT_ALLOWED = "not_allowed"
    CHOICE_MISSING = "choice_missing"
    NOT_DELEGABLE = "not_delegable"
    """Somebody else than the holder of the post, where the event takes no deputies."""
    SAME_AS_NOBODY = "same_as_nobody"
    """The other seat that was pointed at has nobody to take over."""
    MODE_NOT_SHARED = "mode_not_shared"
    """One person follows in one way, and one of the person's seats does not allow it."""
    NAME_MISSING = "name_missing"
    NAME_TOO_SHORT = "name_too_short"
    NAME_TOO_LONG = "name_too_long"
    NAME_NO_LETTER = "name_no_letter"
    NAME_CONTROL_CHARACTER = "name_control_character"
    REASON_MISSING = "reason_missing"
    """Nobody comes for a seat that the invitation calls "wajib": the organiser needs to know why."""
    REASON_TOO_LONG = "reason_too_long"
    REASON_CONTROL_CHARACTER = "reason_control_character"
    REQUIRED_OPEN = "required_open"
    """A seat that is "wajib" would stay without an answer: asked once, not a wall."""
    CHANGED_MEANWHILE = "changed_meanwhile"


@dataclass(frozen=True, slots=True)
class SeatState:
    """A seat as it is now; ``name`` is the holder's with titles, empty while nobody sits there.

    ``same_as`` is the first other seat of the same person in protocol order, unless this one is the first.
    ``incumbent`` is the folded name of the last who sat here in the own right. Declining a ``required`` seat needs
    a reason.
    """

    modes: tuple[Mode, ...]
    answer: SeatAnswer | None = None
    name: str = ""
    mode: Mode | None = None
    reason: str = ""
    answered_at: datetime | None = None
    holder: UUID | None = None
    same_as: UUID | None = None
    on_behalf: bool = False
    incumbent: str = ""
    required: bool = False
    acting: str = ""
    """Plh. or Plt., where the holder does the post of somebody else."""


@dataclass(frozen=True, slots=True)
class Input:
    """What was sent for a seat: texts as typed, ``seen`` is the stamp of the state the sender had before them.

    ``same_as`` is another seat whose person is meant (hex), "" for a person of its own, None where nothing was said.
    """

    name: str = ""
    choice: str = ""
    reason: str = ""
    seen: str = ""
    who: str = ""
    same_as: str | None = None
    acting: str | None = None
    """Plh. or Plt.; "" for neither, None where nothing was said."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An answer that can be taken: what it does, with the name, the mode or the reason it needs."""

    act: AnswerAct
    name: PersonName | None = None
    mode: Mode | None = None
    reason: str = ""
    on_behalf: bool = False
    with_seat: UUID | None = None
    acting: str = ""


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
    together = (state.same_as.hex if state.same_as else "", "deputy" if state.on_behalf else "", state.acting)
    modes = ",".join(sorted(state.modes))
    parts = (state.answer or "", state.name, state.mode or "", state.reason, at, modes, *together)
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def judge_answer(
    state: SeatState, deadline: datetime | None, now: datetime, sent: Input, *, delegation: bool = True
) -> Accepted | Refused:
    """Judge what was sent for one seat against the seat as it is now; ``delegation``: whether deputies are taken.

    What is so already is ``NONE``, never a conflict, so a repeat is answered as a success.
    """
    verdict = _read(state, sent, delegation=delegation)
    if isinstance(verdict, Accepted) and verdict.act in (AnswerAct.NONE, AnswerAct.INCOMPLETE):
        return verdict
    return too_late(state, deadline, now, sent) or verdict


def too_late(state: SeatState, deadline: datetime | None, now: datetime, sent: Input) -> Refused | None:
    """Why nothing new can be said for a seat: the deadline, or somebody else who was faster."""
    if deadline is not None and now >= deadline:
        return Refused.CLOSED
    return Refused.CHANGED_MEANWHILE if sent.seen != stamp(state) else None


def _read(state: SeatState, sent: Input, *, delegation: bool) -> Accepted | Refused:
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
    return _named(state, person, Mode(choice), sent, delegation=delegation)


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
    if state.required and not reason:
        return Refused.REASON_MISSING
    return Accepted(AnswerAct.DECLINE, reason=reason)


def _named(state: SeatState, person: PersonName, mode: Mode, sent: Input, *, delegation: bool) -> Accepted | Refused:
    seated = state.answer is SeatAnswer.CONFIRMED and bool(state.name)
    parted = state.same_as is not None and sent.same_as == ""
    # other titles or capitals are the same person put right; another name is another person
    same = sent.who == Who.SAME or fold(person.name) == fold(state.name)
    acting = _acting(sent, state.acting if seated and same else "")
    if not seated or parted or not same:
        deputy = stands_in(state, fold(person.name), sent.who)
        if deputy and not delegation:
            return Refused.NOT_DELEGABLE
        act = AnswerAct.REPLACE if seated else AnswerAct.NAME
        return Accepted(act, person, mode, on_behalf=deputy, acting=acting)
    deputy = {str(Who.DEPUTY): True, str(Who.HOLDER): False}.get(sent.who, state.on_behalf)
    if deputy and not delegation and not state.on_behalf:
        return Refused.NOT_DELEGABLE
    if person.display() != state.name or deputy is not state.on_behalf or acting != state.acting:
        return Accepted(AnswerAct.CORRECT, person, mode, on_behalf=deputy, acting=acting)
    act = AnswerAct.NONE if mode is state.mode else AnswerAct.CHANGE_MODE
    return Accepted(act, person, mode, on_behalf=deputy, acting=acting)


def _acting(sent: Input, before: str) -> str:
    return sent.acting if sent.acting is not None and sent.acting in {"", *Acting} else before


def stands_in(state: SeatState, name: str, who: str) -> bool:
    """Whether a folded name on a seat stands in for its holder: as said, else whoever follows another name does."""
    if who in (Who.DEPUTY, Who.HOLDER):
        return who == Who.DEPUTY
    return bool(state.incumbent) and state.incumbent != name
