"""Where a note stands among the others: a word between its neighbours' words, so that nothing is ever renumbered.

Words are compared letter by letter. Two people who write at one place draw different words; should they draw the same
one, the notes' ids decide, and nothing clashes. ``static/js/minutes/places.js`` does the same in the browser.
"""

from collections.abc import Callable

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
SHORTEST, LONGEST, FURTHER = 8, 250, 4
STEP = BASE**4
Draw = Callable[[int], int]
"""Gives a random whole number from 0 to one below its argument."""


def between(before: str, after: str, draw: Draw) -> str:
    """Return a word after ``before`` and in front of ``after``; empty ones are the beginning and the end.

    Where no word lies between them (the same word twice) one behind ``before`` is returned.
    """
    length = max(SHORTEST, len(before))
    while length <= LONGEST:
        low = _number(before, length)
        high = _number(after, length) if after > before else BASE**length
        room = high - low - 1
        if room >= STEP or (room > 0 and length > len(after) + FURTHER):
            # near its forerunner: notes are written one after another, and so words stay short
            return _word(low + 1 + draw(min(room, max(STEP, room // 32) if after else STEP)), length)
        length += FURTHER
    return (before + DIGITS[1])[:LONGEST]


def _number(word: str, length: int) -> int:
    padded = word[:length].ljust(length, DIGITS[0])
    return sum(DIGITS.index(letter) * BASE**place for place, letter in enumerate(reversed(padded)))


def _word(number: int, length: int) -> str:
    letters = []
    for _place in range(length):
        number, digit = divmod(number, BASE)
        letters.append(DIGITS[digit])
    return "".join(reversed(letters))
