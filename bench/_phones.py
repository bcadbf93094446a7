"""An operator's phone without scripts: it opens a public link, fills in the form and sends it, over plain HTTP."""

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


class FormReader(HTMLParser):
    """The fields of the office's form as they stand, its open seats, and what each of them allows."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self._inside = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a control of the form with id "answer"."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id") == "answer"
        if not self._inside:
            return
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "select":
            self._select = name
        if tag == "option" and (self._select not in self.fields or "selected" in given):
            self.fields[self._select] = given.get("value", "")
        if tag == "input" and kind == "radio":
            self.choices.setdefault(name.removeprefix("choice-"), []).append(given.get("value", ""))
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in given):
            self.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Leave the form."""
        self._inside = self._inside and tag != "form"


@dataclass
class Phone:
    """One phone with its cookie; phones come from many networks."""

    port: int
    number: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str, str]:
        """Open a path; returns status, text and where it leads."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        """Send a form; returns status, text and where it leads."""
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        source = f"127.2.{self.number // 250 % 250}.{1 + self.number % 250}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        headers = {"Connection": "close", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except OSError as failure:
            return 0, type(failure).__name__, ""
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, urlsplit(answer.headers.get("Location") or "").path


def answer_office(port: int, link: str, number: int) -> tuple[int, str]:
    """Answer for an office as people do; returns how many seats were said and "" or what went wrong.

    Most name everybody; some have one person on two seats, some decline a seat with a reason.
    """
    phone = Phone(port, number)
    status, text, _ = phone.get(link)
    if status != 200:
        return 0, f"GET {status}"
    form = FormReader()
    form.feed(text)
    said = form.fields | {"phone": f"0812 {2_000_000 + number}"}
    seats = list(form.choices)
    for place, (seat, choices) in enumerate(form.choices.items()):
        said |= _seat(number, place, seat, choices, seats[0])
    status, text, target = phone.post(link, said)
    if status != 303:
        return 0, f"POST {status}"
    status, text, _ = phone.get(target)
    if status != 200 or "Jawaban diterima" not in text:
        return 0, f"receipt {status}"
    return len(seats), ""


def _seat(number: int, place: int, seat: str, choices: list[str], first: str) -> dict[str, str]:
    if place == 3 and number % 7 == 0:
        return {f"choice-{seat}": "decline", f"reason-{seat}": "Jabatan masih kosong"}
    if place == 2 and number % 11 == 0:
        return {f"as-{seat}": first}
    mode = "online" if "online" in choices and (place or number % 3) else choices[0]
    return {f"name-{seat}": f"Orang {number} {'ABCDEFGH'[place % 8]} Contoh, S.E.", f"choice-{seat}": mode}
