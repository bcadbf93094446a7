"""One seat on the office's page: how it stands, what stands in its fields, and what is wrong with that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask_babel import gettext as _

from rakor.registrations.rules import Mode, PersonName
from rakor.seats.rules import Choice, Input, Refused, SeatAnswer, SeatState, same_names, stamp
from rakor.seats.store import SeatLine
from rakor.seats.words import CHOICES, REFUSALS, AnswerLook, look_of

Choices = list[tuple[str, str]]
FIELDS = {
    Refused.CHOICE_MISSING: "choice",
    Refused.NOT_ALLOWED: "choice",
    Refused.MODE_NOT_SHARED: "choice",
    Refused.NOT_DELEGABLE: "who",
    Refused.SAME_AS_NOBODY: "as",
}


@dataclass(frozen=True)
class SeatCard:
    """A seat with its fields. ``others`` are the seats whose person may be meant, ``twin`` one of the same name."""

    place: int
    line: SeatLine
    look: AnswerLook
    saved: Input
    typed: Input
    choices: Choices
    others: Choices
    twin: SeatLine | None = None
    twin_place: int = 0
    same_place: int = 0
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

    @property
    def more(self) -> bool:
        """The rarer fields are in use, or one of them is wrong."""
        return bool(self.typed.who or self.typed.same_as or self.typed.acting) or self.error_at in ("who", "as")


def cards_of(lines: Sequence[SeatLine], typed: dict[UUID, Input], errors: dict[UUID, Refused]) -> list[SeatCard]:
    """Return the seats of one office in protocol order, with what was typed and why it was refused."""
    places = {line.seat_id: place for place, line in enumerate(lines, 1)}
    twins = twins_of(lines)
    found = []
    for line in lines:
        card = _card(places[line.seat_id], line, typed.get(line.seat_id), errors.get(line.seat_id), lines)
        twin = twins.get(line.seat_id)
        same_place = places[line.same_as] if line.same_as else 0
        found.append(replace(card, twin=twin, twin_place=places[twin.seat_id] if twin else 0, same_place=same_place))
    return found


def twins_of(lines: Sequence[SeatLine]) -> dict[UUID, SeatLine]:
    """Return seats whose name stands on an earlier seat too, as another person: seat → that earlier seat."""
    seated = [
        (line.seat_id, PersonName.parse(line.name).name, line.registration_id)
        for line in lines
        if line.registration_id and line.name
    ]
    by_id = {line.seat_id: line for line in lines}
    found = {seat: by_id[other] for seat, other in same_names(seated).items()}
    return {seat: other for seat, other in found.items() if other.mode in by_id[seat].modes}


def saved_input(state: SeatState) -> Input:
    """What the fields of a seat hold before anybody types."""
    if state.answer is SeatAnswer.DECLINED:
        return Input("", Choice.DECLINE, state.reason, stamp(state), same_as="", acting="")
    only = str(state.modes[0]) if len(state.modes) == 1 else ""
    same_as = state.same_as.hex if state.same_as else ""
    return Input(state.name, str(state.mode or only), "", stamp(state), same_as=same_as, acting=state.acting)


def _card(
    place: int, line: SeatLine, typed: Input | None, refused: Refused | None, lines: Sequence[SeatLine]
) -> SeatCard:
    saved = saved_input(line.state)
    modes = [mode for mode in Mode if mode in line.modes or mode is line.mode]
    choices = [(str(word), str(CHOICES[word])) for word in (*(Choice(mode) for mode in modes), Choice.DECLINE)]
    others = [
        (other.seat_id.hex, _("Kursi %(place)s, %(role)s", place=number, role=other.label))
        for number, other in enumerate(lines, 1)
        if other.seat_id != line.seat_id
    ]
    shown = saved
    if typed is not None:
        same_as = saved.same_as if typed.same_as is None else typed.same_as
        # the next sending has then seen what the other operator saved
        acting = saved.acting if typed.acting is None else typed.acting
        shown = replace(typed, seen=saved.seen, same_as=same_as, acting=acting)
    error, at = ("", "") if refused is None else (str(REFUSALS[refused]), _field_of(refused))
    look = look_of(line.answer, line.mode)
    return SeatCard(place, line, look, saved, shown, choices, others, error=error, error_at=at)


def _field_of(refused: Refused) -> str:
    return FIELDS.get(refused, "reason" if refused.startswith("reason") else "name")
