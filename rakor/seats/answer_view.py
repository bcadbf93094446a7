"""What the office's page and its receipt show, made from the seats and from what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor.events.models import Event
from rakor.offices.models import Office
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.rules import Accepted, AnswerAct, AnswerDoor, Input, Refused
from rakor.seats.rules.speaking import Speaking
from rakor.seats.seat_card import SeatCard, cards_of
from rakor.seats.store import Answered, Standing
from rakor.seats.store.earlier import Proposal
from rakor.seats.words import COSTS, DELEGATION, SPEAKING

QUIET = (AnswerAct.NONE, AnswerAct.INCOMPLETE)
ASKING = (Speaking.ASKED, Speaking.WRONG, Speaking.TOO_OFTEN)


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
    known: int = 0
    """How many open seats an earlier event knows a name for."""
    standing: Standing | None = None
    """How this phone stands to the office; None for the organiser."""
    asks_open: bool = False
    """Seats that are "wajib" would stay open: the operator may send the others all the same."""
    origins: Mapping[UUID, Proposal] = field(default_factory=dict)
    """Where a name that stands in an open seat's field was taken over from."""

    @property
    def invited(self) -> int:
        """How many seats the office has."""
        return len(self.cards)

    @property
    def asks_number(self) -> bool:
        """Another phone than the first: the number is needed with whatever is sent."""
        return self.standing is not None and self.standing.speaking in ASKING

    @property
    def locked(self) -> bool:
        """Nothing can be sent from here: only the organiser can release the office."""
        return self.standing is not None and self.standing.speaking is Speaking.NO_NUMBER

    @property
    def offers_number(self) -> bool:
        """This phone may leave the number by which another one can speak later."""
        return self.standing is not None and self.standing.may and not self.standing.has_number

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
    standing: Standing | None = None,
) -> AnswerPage:
    """Return the page: as stored, or with what was ``typed`` and what became of it (``done``)."""
    lines = store.seats_with_holders(event.id, [office.id])
    errors = _errors(done)
    cards = cards_of(lines, dict(typed or {}), errors)
    door = store.door_of(event, now=now)
    open_seats = [card for card in cards if card.line.answer is None]
    may_ask = door is AnswerDoor.OPEN or late
    shown = {card.line.seat_id: card.typed for card in cards}
    proposed = store.proposals(event, office.id, lines) if may_ask and open_seats else []
    return AnswerPage(
        cards=cards,
        door=AnswerDoor.OPEN if late and door is not AnswerDoor.CANCELLED else door,
        answered=sum(line.answer is not None for line in lines),
        ready=sum(_saves(verdict) for verdict in store.judged(event, lines, shown, None, now=now).values()),
        typed_names=[f"{card.line.label}: {card.typed.name}" for card in cards if card.typed.name != card.saved.name],
        message=_message(done, errors),
        cost=event.cost_note or str(COSTS[event.cost_bearer]),
        delegation=str(DELEGATION[event.delegation_allowed]),
        can_fill=any(Mode.ONLINE in card.line.modes and len(card.line.modes) > 1 for card in open_seats),
        kept=typed is not None,
        known=len(proposed) if typed is None else 0,
        standing=standing,
        origins={one.seat_id: one for one in proposed if one.name == shown[one.seat_id].name},
        asks_open=done is not None and bool(done.required_open),
    )


def taken_over(sent: Mapping[UUID, Input], event: Event, office: Office) -> dict[UUID, Input]:
    """Names of an earlier event for the open seats without one; nothing is saved before somebody confirms."""
    lines = store.seats_with_holders(event.id, [office.id])
    names = {found.seat_id: found.name for found in store.proposals(event, office.id, lines)}
    return {
        seat: replace(said, name=names[seat]) if seat in names and not said.name.strip() else said
        for seat, said in sent.items()
    }


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


def _errors(done: Answered | None) -> dict[UUID, Refused]:
    if done is None:
        return {}
    unnamed = {} if done.refused else dict.fromkeys(done.incomplete, Refused.NAME_MISSING)
    return {**unnamed, **done.refused, **dict.fromkeys(done.required_open, Refused.REQUIRED_OPEN)}


def _message(done: Answered | None, errors: Mapping[UUID, Refused]) -> str:
    if done is None:
        return ""
    if done.standing is not None:
        return str(SPEAKING[done.standing.speaking])
    if done.door is not AnswerDoor.OPEN:
        return str(_("Belum tersimpan: jawaban tidak dapat diterima lagi."))
    if done.required_open:
        return str(_("Belum tersimpan: %(n)s kursi wajib belum dijawab.", n=len(done.required_open)))
    if Refused.CHANGED_MEANWHILE in errors.values():
        told = _("Belum tersimpan: ada kursi yang baru saja dijawab dari perangkat lain. Periksa, lalu kirim lagi.")
        return str(told)
    if errors:
        return str(_("Belum tersimpan. Perbaiki dahulu:"))
    return str(_("Belum ada yang diisi. Tulis paling sedikit satu nama."))


def _saves(verdict: Accepted | Refused) -> bool:
    return isinstance(verdict, Accepted) and verdict.act not in QUIET
