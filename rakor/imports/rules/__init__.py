"""Decisions about rows of a sheet; pure."""

from rakor.imports.rules.columns import Field, Heading, find_heading
from rakor.imports.rules.judged import Act, Facts, SeatFact, Verdict
from rakor.imports.rules.judging import Judge
from rakor.imports.rules.offices import NONE_OF_THESE, Offices
from rakor.imports.rules.people import Known, changes_of
from rakor.imports.rules.person import Sent, read_row
from rakor.imports.rules.problems import NOTES, QUESTIONS, ImportState, Problem, RowState, Trouble
from rakor.imports.rules.roles import RoleFact

__all__ = [
    "NONE_OF_THESE",
    "NOTES",
    "QUESTIONS",
    "Act",
    "Facts",
    "Field",
    "Heading",
    "ImportState",
    "Judge",
    "Known",
    "Offices",
    "Problem",
    "RoleFact",
    "RowState",
    "SeatFact",
    "Sent",
    "Trouble",
    "Verdict",
    "changes_of",
    "find_heading",
    "read_row",
]
