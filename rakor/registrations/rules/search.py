"""Finding a person or an office by a few typed letters: "asm ket" finds the Ketua of Kabupaten Asmat."""

from collections.abc import Sequence

from rakor.regions.rules import plain
from rakor.registrations.rules.titles import is_back_title, split_front


def fold(text: str) -> str:
    """Text to compare by: no titles, accents, punctuation or case; twice changes nothing, any text is taken.

    A text of nothing but titles keeps them.
    """
    bare = plain(_without_back(split_front(text)[1]))
    # some titles only show without their marks: "(Dr) H.Ahmad"
    return split_front(bare)[1] or split_front(plain(text))[1]


def search_key(*parts: str) -> str:
    """What a row is found by, to be stored beside it: the folded name, office, role and whatever else is given."""
    return " ".join(folded for part in parts if (folded := fold(part)))


def matches(query: str, key: str) -> bool:
    """Whether every word of the query begins some word of the key; an empty query matches all.

    Titles in the query need not be found ("Dr. Ahmad" finds Ahmad), unless nothing else was typed.
    """
    return _found(_words(query), key.split())


def matching(query: str, keys: Sequence[str]) -> list[int]:
    """Return the places of all keys that ``matches`` the query; the query is read once for them all."""
    words = _words(query)
    return [place for place, key in enumerate(keys) if _found(words, key.split())]


def rank(query: str, keys: Sequence[str], limit: int = 20) -> tuple[int, ...]:
    """Indexes of the matching keys, best first: whole words before beginnings, early words before late ones."""
    words = _words(query)
    scored = []
    for index, key in enumerate(keys):
        key_words = key.split()
        if _found(words, key_words):
            scored.append((*_distance(words, key_words), len(key), index))
    return tuple(scored_key[-1] for scored_key in sorted(scored)[:limit])


def _words(query: str) -> list[str]:
    return fold(query).split()


def _found(words: Sequence[str], key_words: Sequence[str]) -> bool:
    return all(any(key_word.startswith(word) for key_word in key_words) for word in words)


def _distance(words: Sequence[str], key_words: Sequence[str]) -> tuple[int, int]:
    """(words that are only begun, sum of the positions where the words were found)."""
    begun = sum(word not in key_words for word in words)
    positions = sum(
        next(position for position, key_word in enumerate(key_words) if key_word.startswith(word)) for word in words
    )
    return begun, positions


def _without_back(text: str) -> str:
    """Takes off the listed titles after commas, and with dots at the end; a comma may as well part a place."""
    name, *parts = text.split(",")
    kept = [part for part in parts if not all(is_back_title(word) for word in part.split())]
    words = name.split()
    while len(words) > 1 and "." in words[-1][:-1] and is_back_title(words[-1]):
        words.pop()
    return " ".join([*words, *kept])
