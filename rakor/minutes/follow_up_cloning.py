"""What follow-ups bring into a copied event: what was left open, as an opening item. No row, no answer, no evidence."""

from rakor.events.cloning import Copying
from rakor.minutes.store import carrying


def copy(copying: Copying) -> None:
    """Put the source's open follow-ups on the new agenda; where all are finished, nothing."""
    carrying.carry(copying.target.id, copying.source.id, by=None, now=copying.now)
