"""Seats in the database: who is invited, who sits where, and what offices answered."""

from rakor.seats.store.answers import Answered, answer, door_of, judged, last_answer
from rakor.seats.store.assignments import (
    Paper,
    assignment,
    assignment_count,
    assignment_file,
    assignments,
    drop_assignment,
    every_assignment,
    keep_assignment,
)
from rakor.seats.store.counts import Numbers, OfficeProgress, Tally, numbers, office_progress
from rakor.seats.store.earlier import Past, Proposal, history, proposals
from rakor.seats.store.invitations import (
    add_role,
    apply_expansion,
    expansion,
    invited_offices,
    rules_of,
    save_rules,
    take_ready,
)
from rakor.seats.store.reads import (
    SeatLine,
    person_paths,
    province_on,
    seats_of_registration,
    seats_with_holders,
    ticket_epochs,
)
from rakor.seats.store.seating import leave_seats
from rakor.seats.store.speakers import Standing, Voice, let_speak, release, speaker, standing
from rakor.seats.store.ways import pass_on, pass_on_many

__all__ = [
    "Answered",
    "Numbers",
    "OfficeProgress",
    "Paper",
    "Past",
    "Proposal",
    "SeatLine",
    "Standing",
    "Tally",
    "Voice",
    "add_role",
    "answer",
    "apply_expansion",
    "assignment",
    "assignment_count",
    "assignment_file",
    "assignments",
    "door_of",
    "drop_assignment",
    "every_assignment",
    "expansion",
    "history",
    "invited_offices",
    "judged",
    "keep_assignment",
    "last_answer",
    "leave_seats",
    "let_speak",
    "numbers",
    "office_progress",
    "pass_on",
    "pass_on_many",
    "person_paths",
    "proposals",
    "province_on",
    "release",
    "rules_of",
    "save_rules",
    "seats_of_registration",
    "seats_with_holders",
    "speaker",
    "standing",
    "take_ready",
    "ticket_epochs",
]
