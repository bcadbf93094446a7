"""Where a supervisor serves."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """The address that is listened on, and the one people type.

    With ``--lan`` also where phones learn the authority, the file with the server's key and certificate, the
    authority's certificate (PEM), and what the terminal shows.
    """

    host: str
    base_url: str
    setup_url: str = ""
    tls: Path | None = None
    authority_pem: str = ""
    welcome: str = ""
