"""What becomes of each row: on which seat, by the open form, an update, a question, or why not; pure.

Rows are judged in their order, because the second of two equal rows is the double one and seats fill from the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from rakor.imports.rules.case import Case, Doubles
from rakor.imports.rules.columns import Field
from rakor.imports.rules.judged import Act, Facts, SeatFact, Verdict
from rakor.imports.rules.offices import NONE_OF_THESE
from rakor.imports.rules.people import Known, People, changes_of, is_other_person
from rakor.imports.rules.person import read_row
from rakor.imports.rules.problems import NOTES, QUESTIONS, Problem, RowState, Trouble
from rakor.imports.rules.roles import find_role
from rakor.imports.rules.sitting import Sitter, Words
from rakor.registrations.rules import fold
from rakor.seats.rules.office_names import KnownOffice


@dataclass
class Judge:
    """Judges the rows of one sheet, one after the other."""

    facts: Facts
    columns: Mapping[Field, int]
    _doubles: Doubles = field(default_factory=Doubles)
    _sitting: dict[tuple[UUID, str], Sitter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        facts = self.facts
        self._people = People(facts.people)
        self._seats = {seat.id: seat for seat in facts.seats}
        self._taken = {seat.id for seat in facts.seats if seat.holder_id}
        self._at: dict[tuple[UUID, UUID], list[SeatFact]] = {}
        for seat in sorted(facts.seats, key=lambda one: (one.declined, one.number)):
            self._at.setdefault((seat.office_id, seat.role_id), []).append(seat)
        self._invited = {seat.office_id for seat in facts.seats}
        self._seat_of = {seat.holder_id: seat for seat in facts.seats if seat.holder_id}

    def judge(self, number: int, cells: Sequence[str]) -> Verdict:
        """The verdict on the row of this number."""
        sent = read_row(cells, self.columns, self.facts.today)
        case = Case(number, sent, list(sent.problems))
        self._judge_mode(case)
        self._doubles.judge(case)
        return self._place_by_code(case) if sent.code else self._place(case)

    def _judge_mode(self, case: Case) -> None:
        case.mode = case.sent.mode or (self.facts.modes[0] if len(self.facts.modes) == 1 else self.facts.default_mode)
        if case.sent.mode and case.sent.mode not in self.facts.modes:
            case.wrong(Field.MODE, Trouble.MODE_NOT_HERE)

    # ---- where a row goes --------------------------------------------------------------------------------------

    def _place_by_code(self, case: Case) -> Verdict:
        subject = self.facts.codes.get(case.sent.code.strip().lower())
        seat = self._seats.get(subject) if subject else None
        person = self._people.by_id(subject) if subject else None
        if seat is not None:
            person = self._people.by_id(seat.holder_id) if seat.holder_id else None
            return self._meet(case, person, seat) if person else self._sit(case, seat)
        if person is None:
            case.wrong(Field.CODE, Trouble.CODE_UNKNOWN)
            return self._end(case)
        return self._meet(case, person, self._seat_of.get(person.id))

    def _place(self, case: Case) -> Verdict:
        office = self._office(case)
        if case.asks:
            return self._end(case)
        if office is None or office.id not in self._invited:
            return self._place_openly(case, office)
        role = self._role(case)
        if role is None:
            return self._end(case)
        return self._place_on_seat(case, office, role)

    def _office(self, case: Case) -> KnownOffice | None:
        sent, offices = case.sent, self.facts.offices
        named = offices.named(sent.office_code, sent.office, sent.regency, sent.province)
        if named.office or not named.choices:
            return named.office
        key = f"office:{named.key}"
        chosen = self.facts.choices.get(key, "")
        if chosen and chosen != NONE_OF_THESE:
            return offices.office(chosen)
        if not chosen:
            case.asks, case.choices = key, tuple(str(office.id) for office in named.choices)
            case.wrong(Field.OFFICE, Trouble.OFFICE_WHICH)
        return None

    def _role(self, case: Case) -> UUID | None:
        which = Field.ROLE if Field.ROLE in self.columns else Field.POST
        text = case.sent.role or case.sent.post
        if not text:
            case.wrong(which, Trouble.ROLE_MISSING)
            return None
        role = find_role(text, self.facts.roles)
        if role is not None:
            return role.id
        key = f"role:{fold(text)}"
        chosen = self.facts.choices.get(key, "")
        answered = next((role.id for role in self.facts.roles if str(role.id) == chosen), None)
        if answered is None:
            case.asks, case.choices = key, tuple(str(role.id) for role in self.facts.roles)
            case.wrong(which, Trouble.ROLE_WHICH)
        return answered

    def _place_on_seat(self, case: Case, office: KnownOffice, role_id: UUID) -> Verdict:
        there = self._at.get((office.id, role_id), [])
        if not there:
            case.wrong(Field.ROLE, Trouble.NO_SUCH_SEAT)
            return self._end(case, office)
        for seat in there:
            holder = self._people.by_id(seat.holder_id) if seat.holder_id else None
            if holder and holder.folded == case.name:
                return self._meet(case, holder, seat)
        free = next((seat for seat in there if seat.id not in self._taken), None)
        if free is None:
            case.wrong(Field.ROLE, Trouble.SEATS_FULL, len(there))
            return self._end(case, office)
        return self._sit(case, free)

    def _place_openly(self, case: Case, office: KnownOffice | None) -> Verdict:
        sent = case.sent
        if not self.facts.open_form:
            said = sent.institution or sent.office_code
            trouble = Trouble.OFFICE_UNINVITED if office else Trouble.OFFICE_UNKNOWN if said else Trouble.OFFICE_MISSING
            case.wrong(Field.OFFICE, trouble)
            return self._end(case, office)
        if not sent.institution and office is None:
            case.wrong(Field.OFFICE, Trouble.OFFICE_MISSING)
        known = self._people.same(sent)
        if known is not None:
            return self._meet(case, known, self._seat_of.get(known.id))
        return self._new(case, Act.REGISTER, office_id=office.id if office else None)

    # ---- the ends ----------------------------------------------------------------------------------------------

    def _sit(self, case: Case, seat: SeatFact) -> Verdict:
        if seat.id in self._taken:
            case.wrong(Field.CODE, Trouble.SEAT_TAKEN)
        # a row that needs putting right keeps its seat: no later row takes it meanwhile
        self._taken.add(seat.id)
        sitter = self._sitter(case, seat)
        if sitter is not None:
            return self._join(case, seat, sitter)
        if case.mode and case.mode not in seat.modes:
            case.wrong(Field.MODE, Trouble.MODE_NOT_HERE)
        verdict = self._new(case, Act.SIT, seat_id=seat.id, office_id=seat.office_id)
        if verdict.state is RowState.GOOD and case.mode:
            words = Words(case.sent.nip, case.sent.phone, case.sent.email)
            self._sitting.setdefault((seat.office_id, case.name), Sitter(seat.id, case.mode, words, str(case.number)))
        return verdict

    def _sitter(self, case: Case, seat: SeatFact) -> Sitter | None:
        """Who of this name sits on another seat of the office, by an earlier row or already; None for a new person."""
        known = [one for one in self._people.named(case.name) if one.office_id == seat.office_id]
        if not known:
            return self._sitting.get((seat.office_id, case.name))
        held = self._seat_of.get(known[0].id)
        if len(known) > 1 or held is None:
            # several of one name, or somebody without a seat: who is meant?
            case.wrong(Field.NAME, Trouble.ALREADY_HERE)
            return None
        words = Words(known[0].nip, known[0].phone, known[0].email)
        return Sitter(held.id, known[0].mode, words, person_id=known[0].id)

    def _join(self, case: Case, seat: SeatFact, sitter: Sitter) -> Verdict:
        """One person on one more seat: what the row says of the person may not speak against what is known."""
        if sitter.words.differ(case.sent):
            case.problems.append(case.again or Problem(Field.NAME, Trouble.ALREADY_HERE))
        if case.sent.mode and case.sent.mode is not sitter.mode:
            case.wrong(Field.MODE, Trouble.MODE_NOT_SHARED)
        elif sitter.mode not in seat.modes:
            case.wrong(Field.MODE, Trouble.MODE_NOT_HERE)
        if not case.stands:
            return self._end(case)
        case.wrong(Field.NAME, Trouble.SAME_PERSON, sitter.row)
        notes = tuple(case.problems)
        return Verdict(
            RowState.GOOD, Act.JOIN, notes, seat.id, sitter.person_id, seat.office_id, with_seat_id=sitter.seat_id
        )

    def _new(self, case: Case, act: Act, *, seat_id: UUID | None = None, office_id: UUID | None = None) -> Verdict:
        if case.again and case.stands:
            case.problems.append(case.again)
        if case.mode is None:
            case.wrong(Field.MODE, Trouble.MODE_MISSING)
        if case.sent.nip and self._people.with_nip(case.sent.nip):
            case.wrong(Field.NIP, Trouble.ALREADY_HERE)
        if not case.stands:
            return self._end(case)
        told = bool(case.sent.email)
        return Verdict(RowState.GOOD, act, tuple(case.problems), seat_id, None, office_id, has_email=told)

    def _meet(self, case: Case, person: Known, seat: SeatFact | None) -> Verdict:
        """A row about somebody who is there already: new words are an update, the same ones nothing."""
        sent = case.sent
        if sent.name and is_other_person(sent.name.name, person):
            case.wrong(Field.NAME, Trouble.OTHER_PERSON)
        if sent.mode and seat and sent.mode not in seat.modes:
            case.wrong(Field.MODE, Trouble.MODE_NOT_HERE)
        if not case.stands:
            return self._end(case)
        further = seat is not None and person.role_id is not None and seat.role_id != person.role_id
        new = bool(changes_of(sent, person, further=further))
        state, act = (RowState.GOOD, Act.UPDATE) if new else (RowState.UNCHANGED, Act.NOTHING)
        with_seat = self._seat_of[person.id].id if further else None
        seat_id = seat.id if seat else None
        return Verdict(
            state, act, tuple(case.problems), seat_id, person.id, person.office_id, with_seat_id=with_seat
        )

    def _end(self, case: Case, office: KnownOffice | None = None) -> Verdict:
        asks_only = all(problem.trouble in QUESTIONS | NOTES for problem in case.problems)
        state = RowState.QUESTION if case.asks and asks_only else RowState.PROBLEM
        problems = tuple(case.problems)
        return Verdict(
            state, problems=problems, office_id=office.id if office else None, asks=case.asks, choices=case.choices
        )
