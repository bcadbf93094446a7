"""What the office's page and its receipt show, made from the seats and from what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor.events.models import Event
from rakor.offices.models import Office
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.rules import (
    Accepted,
    AnswerAct,
    AnswerDoor,
    Choice,
    Input,
    Refused,
    SeatAnswer,
    SeatState,
    judge_answer,
    stamp,
)
from rakor.seats.store import Answered, SeatLine
from rakor.seats.words import CHOICES, COSTS, DELEGATION, REFUSALS, AnswerLook, look_of

QUIET = (AnswerAct.NONE, AnswerAct.INCOMPLETE)
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class SeatCard:
    """One seat on the page: how it stands, what stands in its fields, and what is wrong with that."""

    place: int
    line: SeatLine
    look: AnswerLook
    saved: Input
    typed: Input
    choices: Choices
    error: str = ""
    error_at: str = ""

    @property
    def key(self) -> str:
        """The end of its fields' names."""
        return self.line.seat_id.hex

    @property
    def folded(self) -> bool:
        """An answered seat is folded until somebody has something to say about it."""
        unchanged = replace(self.typed, seen="") == replace(self.saved, seen="")
        return self.line.answer is not None and not self.error and unchanged


@dataclass(frozen=True)
class AnswerPage:
    """An office's page. ``ready`` is how many seats the button would save as the fields stand."""

    cards: list[SeatCard]
    door: AnswerDoor
    answered: int
    ready: int
    typed_names: list[str]
    message: str
    cost: str
    delegation: str
    can_fill: bool
    kept: bool

    @property
    def invited(self) -> int:
        """How many seats the office has."""
        return len(self.cards)

    @property
    def errors(self) -> list[SeatCard]:
        """The seats with an error."""
        return [card for card in self.cards if card.error]


def page(
    event: Event,
    office: Office,
    typed: Mapping[UUID, Input] | None,
    done: Answered | None,
    *,
    now: datetime,
    late: bool,
) -> AnswerPage:
    """Return the page: as stored, or with what was ``typed`` and what became of it (``done``)."""
    lines = store.seats_with_holders(event.id, [office.id])
    errors = _errors(done)
    cards = [
        _card(place, line, (typed or {}).get(line.seat_id), errors.get(line.seat_id))
        for place, line in enumerate(lines, 1)
    ]
    door = store.door_of(event, now=now)
    open_seats = [card for card in cards if card.line.answer is None]
    return AnswerPage(
        cards=cards,
        door=AnswerDoor.OPEN if late and door is not AnswerDoor.CANCELLED else door,
        answered=sum(line.answer is not None for line in lines),
        ready=sum(_would_save(card, now) for card in cards),
        typed_names=[f"{card.line.label}: {card.typed.name}" for card in cards if card.typed.name != card.saved.name],
        message=_message(done, errors),
        cost=event.cost_note or str(COSTS[event.cost_bearer]),
        delegation=str(DELEGATION[event.delegation_allowed]),
        can_fill=any(Mode.ONLINE in card.line.modes and len(card.line.modes) > 1 for card in open_seats),
        kept=typed is not None,
    )


def saved_input(state: SeatState) -> Input:
    """What the fields of a seat hold before anybody types."""
    if state.answer is SeatAnswer.DECLINED:
        return Input("", Choice.DECLINE, state.reason, stamp(state))
    only = str(state.modes[0]) if len(state.modes) == 1 else ""
    return Input(state.name, str(state.mode or only), "", stamp(state))


def filled(sent: Mapping[UUID, Input], event: Event, office: Office, word: str) -> dict[UUID, Input]:
    """ "Semua daring": choose ``word`` for every open seat that allows it; names stay as typed."""
    lines = store.seats_with_holders(event.id, [office.id])
    return {
        line.seat_id: replace(sent[line.seat_id], choice=word)
        if line.answer is None and word in set(line.modes)
        else sent[line.seat_id]
        for line in lines
        if line.seat_id in sent
    }


def _card(place: int, line: SeatLine, typed: Input | None, refused: Refused | None) -> SeatCard:
    saved = saved_input(line.state)
    modes = [mode for mode in Mode if mode in line.modes or mode is line.mode]
    choices = [(str(word), str(CHOICES[word])) for word in (*(Choice(mode) for mode in modes), Choice.DECLINE)]
    # the next sending has then seen what the other operator saved
    shown = replace(typed, seen=saved.seen) if typed is not None else saved
    error, at = ("", "") if refused is None else (str(REFUSALS[refused]), _field_of(refused))
    return SeatCard(place, line, look_of(line.answer, line.mode), saved, shown, choices, error, at)


def _field_of(refused: Refused) -> str:
    if refused in (Refused.CHOICE_MISSING, Refused.NOT_ALLOWED):
        return "choice"
    return "reason" if refused.startswith("reason") else "name"


def _errors(done: Answered | None) -> dict[UUID, Refused]:
    if done is None:
        return {}
    unnamed = {} if done.refused else dict.fromkeys(done.incomplete, Refused.NAME_MISSING)
    return {**unnamed, **done.refused}


def _message(done: Answered | None, errors: Mapping[UUID, Refused]) -> str:
    if done is None:
        return ""
    if done.door is not AnswerDoor.OPEN:
        return str(_("Belum tersimpan: jawaban tidak dapat diterima lagi."))
    if Refused.CHANGED_MEANWHILE in errors.values():
        told = _("Belum tersimpan: ada kursi yang baru saja dijawab dari perangkat lain. Periksa, lalu kirim lagi.")
        return str(told)
    if errors:
        return str(_("Belum tersimpan. Perbaiki dahulu:"))
    return str(_("Belum ada yang diisi. Tulis paling sedikit satu nama."))


def _would_save(card: SeatCard, now: datetime) -> bool:
    verdict = judge_answer(card.line.state, None, now, card.typed)
    return isinstance(verdict, Accepted) and verdict.act not in QUIET
