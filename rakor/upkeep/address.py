"""Which address an installation answers on, and whether it may."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from rakor.config import LOOPBACK

ANYWHERE = {"0.0.0.0", "::"}


def base_url_of(host: str, port: int, environment: Mapping[str, str]) -> str:
    """Return the base URL: RAKOR_BASE_URL where it is set, else the loopback address that is listened on."""
    given = environment.get("RAKOR_BASE_URL", "").rstrip("/")
    if given:
        return given
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def problem_of(base_url: str) -> str | None:
    """Return why people cannot be sent to ``base_url``, as a sentence; None where they can."""
    try:
        parts = urlsplit(base_url)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return f"RAKOR_BASE_URL={base_url} is no address"
    if parts.scheme not in ("http", "https") or not host or parts.path not in ("", "/") or parts.query:
        return f"RAKOR_BASE_URL={base_url} is no address; it looks like https://rakor.example.go.id"
    if host in ANYWHERE:
        return "listening on every address needs RAKOR_BASE_URL, the address people type"
    if parts.scheme == "http" and host not in LOOPBACK:
        return (
            f"{base_url} is plain http beyond this machine: passwords and tickets would travel in the clear and no "
            "phone would open its camera. Put https in front and set RAKOR_BASE_URL=https://…"
        )
    return None
