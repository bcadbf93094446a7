"""What people typed, as XML can say it."""

import re

UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069]")


def sayable(text: str) -> str:
    """Return ``text`` without what XML 1.0 forbids (control characters, lone surrogates) and without signs that turn
    the direction of the rest of a line."""
    return UNSEEN.sub("", UNSAYABLE.sub(" ", text))
