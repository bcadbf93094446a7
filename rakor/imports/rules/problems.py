"""What can be wrong with a row, and what becomes of it."""

from dataclasses import dataclass
from enum import StrEnum

from rakor.imports.rules.columns import Field


class ImportState(StrEnum):
    """Where an import stands."""

    READING = "reading"
    REFUSED = "refused"
    """The file could not be read; nothing is there."""
    CHECKING = "checking"
    READY = "ready"
    """The rows are judged; somebody looks at them, answers questions, saves."""
    SAVING = "saving"
    SAVED = "saved"
    UNDOING = "undoing"
    UNDONE = "undone"
    OVER = "over"
    """The file and the cells are deleted; what was saved stays."""


class RowState(StrEnum):
    """What becomes, or became, of a row."""

    GOOD = "good"
    QUESTION = "question"
    PROBLEM = "problem"
    UNCHANGED = "unchanged"
    """What it says is so already."""
    SAVED = "saved"
    UPDATED = "updated"
    UNDONE = "undone"
    KEPT = "kept"
    """Somebody changed the person since: the undoing left it alone."""


class Trouble(StrEnum):
    """What was found in a row."""

    NAME_MISSING = "name_missing"
    NAME_TOO_SHORT = "name_too_short"
    NAME_TOO_LONG = "name_too_long"
    NAME_NO_LETTER = "name_no_letter"
    NAME_CONTROL = "name_control"
    NIP_SCIENTIFIC = "nip_scientific"
    NIP_TRUNCATED = "nip_truncated"
    NIP_LENGTH = "nip_length"
    NIP_WRONG = "nip_wrong"
    NIP_ODD = "nip_odd"
    NIP_TWICE = "nip_twice"
    NRP_WRONG = "nrp_wrong"
    EMPLOYMENT_UNKNOWN = "employment_unknown"
    RANK_UNKNOWN = "rank_unknown"
    PHONE_SCIENTIFIC = "phone_scientific"
    PHONE_SEVERAL = "phone_several"
    PHONE_WRONG = "phone_wrong"
    PHONE_ZERO = "phone_zero"
    EMAIL_WRONG = "email_wrong"
    MODE_UNKNOWN = "mode_unknown"
    MODE_MISSING = "mode_missing"
    MODE_NOT_HERE = "mode_not_here"
    OFFICE_MISSING = "office_missing"
    OFFICE_UNKNOWN = "office_unknown"
    OFFICE_WHICH = "office_which"
    OFFICE_UNINVITED = "office_uninvited"
    ROLE_MISSING = "role_missing"
    ROLE_WHICH = "role_which"
    NO_SUCH_SEAT = "no_such_seat"
    SEATS_FULL = "seats_full"
    SEAT_TAKEN = "seat_taken"
    CODE_UNKNOWN = "code_unknown"
    OTHER_PERSON = "other_person"
    SAME_ROW = "same_row"
    SAME_PERSON = "same_person"
    """The person of another seat of the office takes this one too: one registration, one ticket."""
    MODE_NOT_SHARED = "mode_not_shared"
    ALREADY_HERE = "already_here"
    EVENT_FULL = "event_full"
    GONE = "gone"


NOTES = frozenset(
    {Trouble.NIP_ODD, Trouble.PHONE_ZERO, Trouble.SAME_PERSON, Trouble.EMPLOYMENT_UNKNOWN, Trouble.RANK_UNKNOWN}
)
"""Said beside a row that is saved all the same."""
QUESTIONS = frozenset({Trouble.OFFICE_WHICH, Trouble.ROLE_WHICH})


@dataclass(frozen=True, slots=True)
class Problem:
    """What was found, in which column; ``more`` is the number of another row, where the sentence needs one."""

    field: Field
    trouble: Trouble
    more: str = ""

    def packed(self) -> list[str]:
        """As it is stored."""
        return [self.field, self.trouble, self.more]

    @classmethod
    def unpacked(cls, stored: list[str]) -> "Problem":
        """From what was stored."""
        return cls(Field(stored[0]), Trouble(stored[1]), stored[2])
