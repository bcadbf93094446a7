"""Read a page as a browser without scripts does: the fields of one form, as they would be sent."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the successful controls of the form whose action ends in ``action``."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.fields: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = (given.get("action") or "").endswith(self.action)
        name = given.get("name") or ""
        if not self.inside:
            return
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value") or ""
        if tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.fields[name] = given.get("value") or ("on" if given.get("type") == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self._select = ""


def fields(html: str, action: str) -> dict[str, str]:
    """Return the fields of a form with the values that stand in them."""
    reader = FormReader(action)
    reader.feed(html)
    return reader.fields
