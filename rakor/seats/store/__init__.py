"""Seats in the database: who is invited, who sits where, and what offices answered."""

from rakor.seats.store.answers import Answered, answer, door_of, last_answer
from rakor.seats.store.counts import Numbers, OfficeProgress, Tally, numbers, office_progress
from rakor.seats.store.invitations import (
    add_role,
    apply_expansion,
    expansion,
    invited_offices,
    rules_of,
    save_rules,
    take_ready,
)
from rakor.seats.store.reads import SeatLine, person_paths, province_on, seats_of_registration, seats_with_holders
from rakor.seats.store.seating import leave_seats
from rakor.seats.store.ways import pass_on

__all__ = [
    "Answered",
    "Numbers",
    "OfficeProgress",
    "SeatLine",
    "Tally",
    "add_role",
    "answer",
    "apply_expansion",
    "door_of",
    "expansion",
    "invited_offices",
    "last_answer",
    "leave_seats",
    "numbers",
    "office_progress",
    "pass_on",
    "person_paths",
    "province_on",
    "rules_of",
    "save_rules",
    "seats_of_registration",
    "seats_with_holders",
    "take_ready",
]
