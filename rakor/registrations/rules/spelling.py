"""Whether a corrected name is still the same person's: a spelling put right, not somebody else in the seat."""

from rapidfuzz import fuzz

from rakor.registrations.rules.search import fold

ALIKE = 75.0
"""Of 100: "Mohammad"/"Muhamad" and swapped or mistyped letters stay above, two people's names below."""


def same_spelling(before: str, after: str) -> bool:
    """Tell whether ``after`` may be another spelling of ``before``: alike as a whole, or one written out.

    "A. Contoh" and "Ahmad Contoh" are one, and so are "Ahmad" and "Ahmad Contoh"; titles never count.
    """
    one, other = fold(before), fold(after)
    if fuzz.ratio(one, other) >= ALIKE or fuzz.token_sort_ratio(one, other) >= ALIKE:
        return True
    fewer, more = sorted((one.split(), other.split()), key=len)
    written_out = all(any(_stands_for(word, whole) for whole in more) for word in fewer)
    return written_out and any(len(word) > 1 and word in more for word in fewer)


def _stands_for(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))
