"""Which address an installation answers on, and whether it may."""

from collections.abc import Mapping
from enum import StrEnum
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


class Fault(StrEnum):
    """Why people cannot be sent to an address."""

    NO_ADDRESS = "no_address"
    ANYWHERE = "anywhere"
    PLAIN = "plain"


SENTENCES = {
    Fault.NO_ADDRESS: "RAKOR_BASE_URL={url} is no address; it looks like https://rakor.example.go.id",
    Fault.ANYWHERE: "listening on every address needs RAKOR_BASE_URL, the address people type",
    Fault.PLAIN: "{url} is plain http beyond this machine: passwords and tickets would travel in the clear and no "
    "phone would open its camera. Put https in front and set RAKOR_BASE_URL=https://…",
}


def fault_of(base_url: str) -> Fault | None:
    """Return why people cannot be sent to ``base_url``; None where they can."""
    try:
        parts = urlsplit(base_url)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return Fault.NO_ADDRESS
    if parts.scheme not in ("http", "https") or not host or parts.path not in ("", "/") or parts.query:
        return Fault.NO_ADDRESS
    if host in ANYWHERE:
        return Fault.ANYWHERE
    return Fault.PLAIN if parts.scheme == "http" and host not in LOOPBACK else None


def problem_of(base_url: str) -> str | None:
    """Return the same as a sentence for whoever starts the server."""
    fault = fault_of(base_url)
    return SENTENCES[fault].format(url=base_url) if fault else None
