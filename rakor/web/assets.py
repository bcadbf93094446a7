"""Static files under `/static/<build>/`: cached for ever because the build's name is a hash over all of them.

In a checkout whose sources are newer than the last `python -m tools.assets`, the build is called `dev`: files are read
afresh on every request and the stylesheets come one by one, so an edit shows at the next reload.
"""

from functools import cache, partial
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from jinja2 import StrictUndefined
from whitenoise import WhiteNoise

from rakor.web.safety import CSP

PACKAGE = Path(__file__).resolve().parent.parent
DEV = "dev"
FOREVER = 365 * 24 * 3600
# the one script whose own response may compile WebAssembly (security.md §5); pages never may
DECODER = "js/checkin/decoder.js"
HSTS = "max-age=31536000; includeSubDomains"


@cache
def folder_of(name: str) -> Path:
    """The folder `templates` or `static`: inside the package in a built wheel, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@cache
def build() -> str:
    """The name of the installed build, or `dev` where there is none or a source is newer than it."""
    static = folder_of("static")
    named = static / "dist" / "build.txt"
    if not named.exists():
        return DEV
    if static.parent == PACKAGE:
        return named.read_text().strip()
    sources = [path for part in ("css", "js") for path in (static / part).rglob("*")]
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    return DEV if newest > named.stat().st_mtime else named.read_text().strip()


def asset(path: str) -> str:
    """The address of a static file, given its path inside `static/`."""
    return f"/static/{build()}/{path}"


def stylesheets() -> list[str]:
    """The addresses of what a page links: one joined file, or the sources in their order while developing."""
    if build() != DEV:
        return [asset("dist/rakor.css")]
    return [asset(f"css/{name}") for name in (folder_of("static") / "css" / "order.txt").read_text().split()]


def install(app: Flask) -> None:
    """Put the static server in front of the application and give templates `asset()` and `stylesheets()`."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(asset=asset, stylesheets=stylesheets)
    live = build() == DEV
    secure = bool(getattr(app.config.get("RAKOR"), "secure", False))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder_of("static")),
        prefix=f"static/{build()}/",
        autorefresh=live,
        max_age=0 if live else FOREVER,
        immutable_file_test=lambda path, url: not live,
        allow_all_origins=False,
        mimetypes={".wasm": "application/wasm", ".woff2": "font/woff2", ".js": "text/javascript"},
        add_headers_function=partial(_safety, secure=secure),
    )


def _safety(headers: Headers, path: str, url: str, *, secure: bool) -> None:
    """The headers of every static response; they bypass the application's own."""
    wasm = "script-src 'self' 'wasm-unsafe-eval'"
    headers["Content-Security-Policy"] = CSP.replace("script-src 'self'", wasm) if url.endswith(DECODER) else CSP
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if secure:
        headers["Strict-Transport-Security"] = HSTS
