"""A person's name as typed: parted into titles and name, checked, and shown again."""

from dataclasses import dataclass
from enum import StrEnum

from rakor.registrations.rules.search import fold, matches, rank, search_key
from rakor.registrations.rules.text import TextProblem, check_text, clean_text
from rakor.registrations.rules.titles import split_back, split_front

__all__ = [
    "NameProblem",
    "PersonName",
    "TextProblem",
    "check_name",
    "check_text",
    "clean_text",
    "fold",
    "matches",
    "rank",
    "read_name",
    "search_key",
]

SHORTEST_NAME = 2
LONGEST_NAME = 120
LONGEST_TITLE = 60


class NameProblem(StrEnum):
    """Why a name is not taken."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_LETTER = "no_letter"
    CONTROL_CHARACTER = "control_character"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name and the titles around it, each as it was typed; mononyms and names in any script are whole names."""

    front_title: str
    name: str
    back_title: str

    @classmethod
    def parse(cls, text: str) -> "PersonName":
        """Parts one typed line: "Dr. H. Ahmad Contoh, S.T., M.Eng."; never raises, and loses nothing that counts.

        Titles longer than their column stay in the name, where ``read_name`` measures them.
        """
        cleaned = clean_text(text)
        front, rest = split_front(cleaned)
        name, back = split_back(rest)
        if max(len(front), len(back)) > LONGEST_TITLE:
            return cls("", cleaned, "")
        return cls(front, name, back)

    def display(self) -> str:
        """The whole line again, with one comma before the titles after the name."""
        whole = f"{self.front_title} {self.name}".strip()
        return f"{whole}, {self.back_title}" if self.back_title else whole


def read_name(text: str) -> PersonName | NameProblem:
    """A typed line as a name with titles, or why it is refused; only the name counts for the length."""
    if check_text(text, len(text)):
        return NameProblem.CONTROL_CHARACTER
    person = PersonName.parse(text)
    return check_name(person.name) or person


def check_name(text: str) -> NameProblem | None:
    """What is wrong with a name, or None: 2–120 characters after NFC and trimming, a letter of any script.

    Emoji and figures alone are no name; NUL, controls and lone surrogates are refused (domain.md §2.5).
    """
    if check_text(text, len(text)):
        return NameProblem.CONTROL_CHARACTER
    cleaned = clean_text(text)
    if len(cleaned) < SHORTEST_NAME:
        return NameProblem.TOO_SHORT
    if len(cleaned) > LONGEST_NAME:
        return NameProblem.TOO_LONG
    return None if any(sign.isalpha() for sign in cleaned) else NameProblem.NO_LETTER
