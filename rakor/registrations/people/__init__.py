"""The organiser's pages of people: the list, one person with the history, approving, promoting, putting right."""

from rakor.registrations.people import correcting, deciding, showing, ways
from rakor.registrations.people.front import NAV, beside, blueprint

__all__ = ["NAV", "beside", "blueprint", "correcting", "deciding", "showing", "ways"]
