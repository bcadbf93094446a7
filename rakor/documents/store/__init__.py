"""Papers in the database: what a list says, and the papers that were asked for."""

from rakor.documents.store.heads import list_head
from rakor.documents.store.papers import (
    PURPOSE,
    Paper,
    Wish,
    ask_for,
    checked,
    days_and_sessions,
    document,
    expire,
    fill,
    papers_of,
)
from rakor.documents.store.people import list_rows

__all__ = [
    "PURPOSE",
    "Paper",
    "Wish",
    "ask_for",
    "checked",
    "days_and_sessions",
    "document",
    "expire",
    "fill",
    "list_head",
    "list_rows",
    "papers_of",
]
