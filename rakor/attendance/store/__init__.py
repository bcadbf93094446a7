"""Attendance in the database: the ledger takes facts in and keeps presence; the rest reads."""

from rakor.attendance.store.attended import attended
from rakor.attendance.store.ledger import Outcome, receive, recompute
from rakor.attendance.store.receipts import Arrival, Receipt, Who

__all__ = ["Arrival", "Outcome", "Receipt", "Who", "attended", "receive", "recompute"]
