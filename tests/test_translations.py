"""Every Indonesian sentence on a screen has its English."""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_dir, extract_python

from tools.catalogue import merged

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = dict.fromkeys(("_", "_l", "gettext", "lazy_gettext")) | {"ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def sentences() -> dict[str, str]:
    """Every sentence marked for translation, with the file it stands in."""
    found: dict[str, str] = {}
    for folder, methods in (("rakor", [("**.py", "python")]), ("templates", [("**.html", "jinja2.ext.babel_extract")])):
        for name, _, message, _, _ in extract_from_dir(str(ROOT / folder), methods, keywords=KEYWORDS):
            found.setdefault(message if isinstance(message, str) else message[0], f"{folder}/{name}")
    return found


def test_every_sentence_has_its_english() -> None:
    english = merged(sorted((ROOT / "translations" / "en").glob("*.po")))
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in english if message.string}
    missing = {sentence: where for sentence, where in sentences().items() if sentence not in known}
    assert not missing, f"{len(missing)} without English: " + "; ".join(f"{w}: {s!r}" for s, w in missing.items())


def test_the_search_for_sentences_finds_them() -> None:
    code = BytesIO(b'from flask_babel import lazy_gettext as _l\nx = _l("Kursi")\n')
    assert [found[2] for found in extract_python(code, KEYWORDS.keys(), [], {})] == ["Kursi"]
    assert len(sentences()) > 20
