"""Text reduced to what people mean when they compare names: no case, accents or punctuation."""

import unicodedata

# what joins inside a word ("Ma'ruf", "O’Brien", Arabic tatweel) vanishes; all other signs separate words
_JOINERS = dict.fromkeys(map(ord, "'’‘`´ʼʻ‛′ـ\u200c\u200d\u00ad\u2060\ufeff"))
# combining classes up to 9 belong to scripts whose marks are part of the letter (Javanese pangkon, nukta)
_LETTER_MARKS = 9
_TURNS = 5
_ASCII = {number: None if number in _JOINERS else " " for number in range(128) if not chr(number).isalnum()}


def plain(text: str) -> str:
    """Letters and digits of any script, one space between words: "Kab.  Tojo Una-Una" → "kab tojo una una".

    Never raises, whatever the text; doing it twice changes nothing.
    """
    if text.isascii():  # most text is, and lists have thousands of them
        return " ".join(text.lower().translate(_ASCII).split())
    # a few letters (compatibility forms that hold capitals, for one) rest only after a second turn
    for _ in range(_TURNS):
        before, text = text, _plain_once(text)
        if text == before:
            break
    return text


def squash(text: str) -> str:
    """The plain text without spaces: "Padang Sidempuan" and "Padangsidempuan" become the same."""
    return plain(text).replace(" ", "")


def _plain_once(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = unicodedata.normalize("NFKD", folded).translate(_JOINERS)
    bare = "".join(_bare(letter) for letter in letters)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def _bare(letter: str) -> str:
    if letter.isalnum():
        return letter
    if unicodedata.category(letter).startswith("M"):
        return letter if unicodedata.combining(letter) <= _LETTER_MARKS else ""
    return " "
