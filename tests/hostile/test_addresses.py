"""What an address says: where to go next, which page, which thing. Nobody is led away and nothing breaks."""

from itertools import product
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask import Flask
from werkzeug.routing import UnicodeConverter

from rakor.web import limits
from tests.hostile import filling, judging, walk
from tests.hostile.pages import page_of
from tests.hostile.payloads import LETTERS, LINES, MARKUP, QUERIES, TEMPLATES
from tests.hostile.walk import Walk

HOST = "zq.example"
EACH = 2 * walk.EACH
STARTS = (
    "//",
    "///",
    "/\\",
    "\\\\",
    "/\t/",
    "\t//",
    "/ /",
    " //",
    "\x00//",
    "/%09/",
    "/%5c",
    "/.//",
    "/x/..//",
    "/;//",
    "/@",
    "/\u2028/",
)
SCHEMES = (
    "http:",
    "https:",
    "ftp:",
    "javascript:",
    "data:text/html,",
    "HtTpS:",
    "https:\\\\",
    "http:/",
    "http:////",
    "view-source:",
)
WHOLE = (
    f"https://localhost@{HOST}",
    f"https://localhost:80@{HOST}",
    f"https://{HOST}#localhost",
    f"https://{HOST}?localhost",
    f"https://{HOST}\\localhost",
    f"http://localhost.{HOST}",
    "http://0x7f.1/zq",
    "http://[::1]/zq",
    "//localhost:99999999",
    "//[zq",
    "javascript:zqalert(1)",
    f"/\r\nLocation: //{HOST}",
    f"/%0d%0aLocation: //{HOST}",
    f"／／{HOST}",
    f"。/{HOST}",
    "http:zq",
    "",
    "x" * 3000,
)
pytestmark = pytest.mark.long
AWAY = [
    *(start + HOST for start in STARTS),
    *(scheme + slash + HOST for scheme, slash in product(SCHEMES, ("", "//"))),
    *WHOLE,
]
NAMES = ("next", "url", "return", "return_to", "redirect", "to", "back", "continue", "goto", "from")
COMMON = (
    "page",
    "seen",
    "q",
    "province",
    "regency",
    "state",
    "mode",
    "sort",
    "kind",
    "day",
    "lang",
    "via",
    "office",
    "v",
)
ODD = (
    "-1", "0", "1e9", "99999999999999999999999", "zq", "", "NaN", "%00", "%ff%fe", "%ed%a0%80", "٣", "null", "[]",
    "'--", "a" * 3000, "<zqel>", "2026-02-30", "true", "../..", "{{7*191919}}", "%0d%0aX-Zq:1",
)  # fmt: skip


@pytest.fixture
def walked(lite: Flask, moment: object, monkeypatch: pytest.MonkeyPatch) -> Walk:
    monkeypatch.setattr(limits, "allowed", lambda *_a, **_k: True)
    return walk.start(lite)


def test_no_form_leads_away(walked: Walk) -> None:
    """Every form with a field that keeps a path of this site, and every form that has one named like it."""
    assert len(AWAY) >= 50
    wrong, sent = [], 0
    for place, form in list(walked.forms()):
        for name, control in form.fields.items():
            if name not in NAMES and not (control.kind == "hidden" and "".join(control.values).startswith("/")):
                continue
            email = {"email": ["pemegangowner@contoh.test"]} if "email" in form.fields else {}
            for target in AWAY:
                walked.browsers.clear()
                with judging.ear() as heard:
                    answer = walked.send(place, form, filling.good(form) | email | {name: [target]})
                    wrong += [f"{place.key} {name}={target!r:.60}: {one}" for one in judging.judge(answer, heard)]
                sent += answer.status_code in (302, 303)
    assert not wrong, judging.report(wrong)
    assert sent > 100  # they did lead somewhere


def test_no_page_leads_away(walked: Walk) -> None:
    """Every page asked with every name for "next": in the redirect, or in a form or link it draws."""
    wrong, drawn = [], 0
    for number, (who, path) in enumerate(walked.pages()):
        few = AWAY if path.startswith("/login") else [AWAY[(number + n * 17) % len(AWAY)] for n in range(EACH)]
        for target in few:
            query = "&".join(f"{name}={quote(target)}" for name in NAMES)
            with judging.ear() as heard:
                came_from = {"Referer": f"http://localhost/{target[:200]!a}"}
                answer = walked.browser(who).get(f"{path}?{query}", headers=came_from)
                wrong += [f"{path} {target!r:.60}: {one}" for one in judging.judge(answer, heard)]
            if answer.mimetype != "text/html":
                continue
            for form in page_of(answer.get_data(as_text=True)).forms:
                for name in set(form.fields) & set(NAMES):
                    drawn += 1
                    if any(map(judging.away, form.fields[name].values)):
                        wrong.append(f"{path} draws {name}={form.fields[name].values!r:.60}")
    assert not wrong, judging.report(wrong)
    assert drawn > 50


def names_asked(walked: Walk) -> list[str]:
    """Return every name that a link or a form on any page puts into a query."""
    found = set(COMMON)
    for who, path in walked.pages():
        answer = walked.get(who, path)
        if answer.mimetype == "text/html":
            page = page_of(answer.get_data(as_text=True))
            found |= {name for form in page.forms if form.method == "get" for name in form.fields}
            found |= {name for link in page.links for name, _ in parse_qsl(urlsplit(link).query)}
    return sorted(found)


def test_absurd_queries_break_no_page(walked: Walk) -> None:
    names, wrong = names_asked(walked), []
    for number, (who, path) in enumerate(walked.pages()):
        for turn in range(EACH):
            odd = ODD[(number * EACH + turn) % len(ODD)]
            query = "&".join(f"{name}={odd}" for name in names) + f"&{names[0]}={odd}&{odd}"
            with judging.ear() as heard:
                answer = walked.browser(who).get(f"{path}?{query}")
                wrong += [f"{path} with {odd!r:.40}: {one}" for one in judging.judge(answer, heard)]
    assert not wrong, judging.report(wrong)


def test_absurd_paths_break_nothing(walked: Walk) -> None:
    """Every text in every path: a slug, a token, a code."""
    texts: list[str | bytes] = [*MARKUP, *TEMPLATES, *QUERIES, *LINES, *LETTERS, "..", ".", "%", "a" * 5000]
    wrong, sent = [], 0
    for rule in walked.world.app.url_map.iter_rules():
        for name in sorted(rule.arguments):
            if not isinstance(rule._converters[name], UnicodeConverter):
                continue
            for who, token in walked.holders(rule):
                path, plain = walked.path(rule, token), _present(walked, name, token)
                for text in texts[len(rule.rule) % 14 :: max(1, 14 // EACH)]:
                    odd = (
                        quote(text, safe="", errors="surrogatepass") if isinstance(text, str) else quote(text, safe="")
                    )
                    with judging.ear() as heard:
                        answer = walked.browser(who).get(path.replace(plain, odd))
                        wrong += [f"{rule.rule} {text!r:.40}: {one}" for one in judging.judge(answer, heard)]
                    sent += 1
    assert not wrong, judging.report(wrong)
    assert sent > 100


def _present(walked: Walk, name: str, token: str) -> str:
    side = walked.world.own
    return token if name == "token" else side.slug if name == "slug" else str(side.things.get(name, "zq-none"))


def test_the_judge_knows_what_leads_away() -> None:
    assert judging.away(f"//{HOST}")
    assert judging.away(f"/\\{HOST}")
    assert judging.away(f"/\t/{HOST}")
    assert judging.away("javascript:x")
    assert not judging.away("/events?x=//zq")
