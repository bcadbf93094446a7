"""What a page of HTML holds: its forms, and everything in it that could act."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

TYPED = {"text", "textarea", "search", "email", "tel", "url", "number", "date", "time", "datetime-local"}
LOADING = {"href", "src", "action", "formaction", "data", "srcset", "poster", "xlink:href", "hx-get", "hx-post"}
LAWFUL = ("/", "#", "?", "https://wa.me/", "mailto:", "tel:", "data:image/", "http://localhost/", "webcal://localhost/")
# a tag that nothing is odd about, of an element whose content is read as any other
PLAIN = re.compile(
    r"<(?!(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)[\s/>])"
    r'[a-z][a-z0-9-]*(?:\s+[a-z_:][-a-z0-9_:.]*(?:="[^"<>]*")?)*\s*/?>'
)
CLOSING = re.compile(r"</([a-z][a-z0-9-]*)>")


@dataclass
class Field:
    """One control; ``kind`` is the input's type, "textarea" or "select"."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)  # what a browser would send
    options: list[str] = field(default_factory=list)
    required: bool = False


@dataclass
class HtmlForm:
    """A form with its controls in order."""

    action: str
    method: str
    multipart: bool
    fields: dict[str, Field] = field(default_factory=dict)
    ident: str = ""


@lru_cache(maxsize=256)
def page_of(html: str) -> "Page":
    """Return a page parsed; the same one is asked for again and again, between one try and the next."""
    return Page(html)


class Page(HTMLParser):
    """Parse a page: ``forms``, and ``troubles`` for what may never be in one."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[HtmlForm] = []
        self.by_id: dict[str, HtmlForm] = {}
        self.troubles: list[str] = []
        self.links: list[str] = []
        self._orphans: list[tuple[str, Field]] = []
        self._form: HtmlForm | None = None
        self._area: Field | None = None
        self._select: Field | None = None
        self._script = ""
        self.feed(html)
        self.close()
        for owner, one in self._orphans:
            if owner in self.by_id:
                self.by_id[owner].fields.setdefault(one.name, one)

    def parse_starttag(self, i: int) -> int:
        """Read a plain tag from what was read before: nearly all stand on one page after another."""
        found = PLAIN.match(self.rawdata, i)
        if found is None:
            return super().parse_starttag(i)
        tag, attributes, troubles = _read(found[0])
        self.troubles += troubles
        self._opened(tag, attributes)
        if found[0].endswith("/>"):
            self.handle_endtag(tag)
        return found.end()

    def parse_endtag(self, i: int) -> int:
        found = CLOSING.match(self.rawdata, i) if self.cdata_elem is None else None
        if found is None:
            return super().parse_endtag(i)
        self.handle_endtag(found[1])
        return found.end()

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks for lines and columns."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.troubles += troubles_of(tag, found)
        self._opened(tag, found)

    def _opened(self, tag: str, found: dict[str, str]) -> None:
        if "href" in found:
            self.links.append(found["href"])
        if tag == "form":
            self._form = HtmlForm(
                found.get("action", ""),
                found.get("method", "get").lower(),
                found.get("enctype") == "multipart/form-data",
                ident=found.get("id", ""),
            )
            self.forms.append(self._form)
            self.by_id[self._form.ident] = self._form
        elif tag in ("input", "textarea", "select", "button") and "disabled" not in found:
            self._control(tag, found)
        elif tag == "option" and self._select:
            value = found.get("value", "")
            self._select.options.append(value)
            if "selected" in found or not self._select.values:
                self._select.values = [value]

    def _control(self, tag: str, found: dict[str, str]) -> None:
        name, kind = found.get("name", ""), found.get("type", "text") if tag == "input" else tag
        owner = self.by_id.get(found["form"]) if "form" in found else self._form
        if not name or (owner is None and "form" not in found) or kind in ("submit", "image", "reset"):
            return
        one = Field(name, kind, required="required" in found)
        if owner is None:
            self._orphans.append((found["form"], one))
        else:
            one = owner.fields.setdefault(name, one)
        if tag == "select":
            self._select = one
        elif tag == "textarea":
            self._area = one
            one.values = [""]
        elif kind in ("checkbox", "radio"):
            one.options.append(found.get("value", "on"))
            if "checked" in found:
                one.values.append(found.get("value", "on"))
        elif tag == "button":
            one.options.append(found.get("value", ""))
        elif kind != "file":
            one.values.append(found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area:
            self._area.values[0] = self._area.values[0].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area.values[0] += data


def troubles_of(tag: str, found: dict[str, str]) -> list[str]:
    """Return what of a tag could act."""
    troubles = []
    if tag.startswith("zq") or tag in ("base", "object", "embed", "iframe", "frame", "style", "applet"):
        troubles.append(f"<{tag}>")
    own = found.get("src", "").startswith("/static/") or found.get("type") in ("application/json", "importmap")
    if tag == "script" and not own:
        troubles.append(f"<script {found}>")
    for name, value in found.items():
        if name.startswith(("on", "zq")) or name in ("style", "srcdoc", "http-equiv"):
            troubles.append(f"<{tag} {name}={value[:40]!r}>")
        lawful = value.startswith(LAWFUL) or (tag == "a" and value.startswith("https://"))  # a meeting's own link
        if name in LOADING and value and (value.startswith("//") or not lawful):
            troubles.append(f"<{tag} {name}={value[:60]!r}>")
    return troubles


class _Tag(HTMLParser):
    """One tag, as the library reads it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read = tag, {name: value or "" for name, value in attrs}


@lru_cache(maxsize=1 << 15)
def _read(text: str) -> tuple[str, dict[str, str], list[str]]:
    parser = _Tag()
    parser.feed(text)
    return *parser.read, troubles_of(*parser.read)
