"""The attendance list (daftar hadir): who is on it, in which order, and what each line says; pure."""

from rakor.documents.rules.fingerprint import fingerprint
from rakor.documents.rules.lines import file_name, nip_line, phone_line, post_line
from rakor.documents.rules.lists import (
    Approval,
    Arranged,
    Choice,
    ListCounts,
    ListHead,
    ListKind,
    ListRow,
    Standing,
    Variant,
    scope_of,
)
from rakor.documents.rules.order import arrange
from rakor.documents.rules.papers import PaperFormat, PaperState, paper_state
from rakor.documents.rules.parts import most_rows, shown_in, split

__all__ = [
    "Approval",
    "Arranged",
    "Choice",
    "ListCounts",
    "ListHead",
    "ListKind",
    "ListRow",
    "PaperFormat",
    "PaperState",
    "Standing",
    "Variant",
    "arrange",
    "file_name",
    "fingerprint",
    "most_rows",
    "nip_line",
    "paper_state",
    "phone_line",
    "post_line",
    "scope_of",
    "shown_in",
    "split",
]
