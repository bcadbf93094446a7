"""What may never be in an answer, whatever was sent."""

import html
import io
import json
import logging
import traceback
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests.hostile.filling import Values
from tests.hostile.pages import TYPED, HtmlForm, page_of
from tests.hostile.payloads import LEAKS
from tests.hostile.walk import Walk
from tests.world import FOREIGN

BODY = "werkzeug.url_quote"  # as werkzeug reads a body that is not in parts
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {"/", "/accounts"}  # the public list of announced events, and everybody for an administrator
LINES = ("X-ZQ", "ATTACH", "ACTION:EMAIL", "ACTION:AUDIO", "METHOD:REQUEST;")


class Ear(logging.Handler):
    """Hears why a request broke."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.why = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            frames = [one for one in traceback.extract_tb(error.__traceback__) if "/rakor/" in one.filename]
            where = f"{frames[-1].filename.split('/rakor/')[-1]}:{frames[-1].lineno}" if frames else ""
            self.why = f"{type(error).__name__}: {str(error)[:160]} at {where}"


@contextmanager
def ear() -> Iterator[Ear]:
    """Listen to the log of errors."""
    made = Ear()
    logger = logging.getLogger("rakor.web.errors")
    logger.addHandler(made)
    try:
        yield made
    finally:
        logger.removeHandler(made)


def judge(answer: TestResponse, heard: Ear) -> list[str]:
    """Return what is wrong with an answer, whoever asked for what."""
    wrong = []
    if answer.status_code >= 500:
        wrong.append(f"{answer.status_code}: {heard.why}")
    if any(name.lower().startswith("x-zq") or "\n" in value or "\r" in value for name, value in answer.headers):
        wrong.append("a header was put in")
    if away(answer.location or "/"):
        wrong.append(f"leads away to {answer.location}")
    if answer.mimetype.startswith("text/") or answer.mimetype == "application/json":
        body = answer.get_data(as_text=True)
        plain = html.unescape(body)
        wrong += [f"shows {leak!r}" for leak in LEAKS if leak in plain]
        wrong += ["shows the other event"] if FOREIGN in plain and answer.request.path not in LISTS else []
    if answer.mimetype == "text/html":
        wrong += page_of(answer.get_data(as_text=True)).troubles
    if answer.mimetype == "application/json":
        json.loads(answer.get_data(as_text=True))
    if answer.mimetype == "text/calendar":
        lines = answer.get_data(as_text=True).splitlines()
        wrong += [f"calendar line {line[:60]!r}" for line in lines if line.upper().startswith(LINES)]
    if answer.mimetype == SHEET:
        wrong += formulas(answer.get_data())
    return wrong


def look(walked: Walk) -> tuple[list[str], int]:
    """Ask for every page as everybody; return what is wrong, and how often a mark of what was sent stands there."""
    wrong, marks = [], 0
    for who, path in walked.pages():
        with ear() as heard:
            answer = walked.get(who, path)
            wrong += [f"GET {path} as {who or 'anybody'}: {one}" for one in judge(answer, heard)]
        if answer.mimetype == "text/html":
            marks += answer.get_data(as_text=True).count("zq")
    return wrong, marks


def report(wrong: list[str]) -> str:
    """Return everything wrong, each thing once."""
    return f"{len(wrong)} wrong:\n" + "\n".join(dict.fromkeys(wrong))


def away(location: str) -> bool:
    """True where a redirect leaves the site, as browsers read it: backslashes and blanks count too."""
    seen = "".join(letter for letter in location.replace("\\", "/") if ord(letter) > 32)
    parts = urlsplit(seen)
    return seen.startswith("//") or (bool(parts.scheme or parts.netloc) and parts.netloc != "localhost")


def formulas(workbook: bytes) -> list[str]:
    """Return the formulas and outward links of a workbook: there should be none made of what people typed."""
    found = []
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/") and ("<f>" in text or "<f " in text) and "zq" in text:
                found.append(f"formula in {name}")
            if name.endswith(".rels") and "zq.example" in text:
                found.append(f"outward link in {name}")
    return found


def kept(form: HtmlForm, sent: Values, answer: TestResponse) -> list[str]:
    """Return the typed fields of a refused form that the answer no longer shows as they were typed."""
    shown: dict[str, list[str]] = {}
    for one in page_of(answer.get_data(as_text=True)).forms:
        for name, control in one.fields.items():
            shown.setdefault(name, []).extend(control.values)
    lost = []
    for name, values in sent.items():
        if name in form.fields and form.fields[name].kind in TYPED:
            stays = [folded(value) for value in shown.get(name, [])]
            typed = [folded(value, "replace" if form.multipart else BODY) for value in values]
            if not all(any(there.startswith(one) for there in stays) for one in typed):
                lost.append(f"{name} typed {values!r:.80} shown {shown.get(name)!r:.80}")
    return lost


def folded(value: str | bytes, errors: str = BODY) -> str:
    """Return a text without what cleaning may change: composition, blanks, what is no character."""
    raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    text = raw.decode("utf-8", errors).replace("\ufffd", "?")
    letters = (one if not unicodedata.category(one).startswith(("C", "Z", "Pd")) else " " for one in text)
    return "".join(unicodedata.normalize("NFC", "".join(letters)).split()).replace("?", "")
