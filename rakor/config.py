"""Every setting, its default and one line of why."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1", "testserver"}


@dataclass(frozen=True)
class Config:
    """The settings of one installation.

    ``instance``      folder of database, files and secrets (RAKOR_INSTANCE)
    ``database_url``  SQLAlchemy URL (RAKOR_DATABASE_URL); SQLite in the instance folder by default
    ``base_url``      the address people type (RAKOR_BASE_URL); links, cookies and https follow it
    ``smtp_url``      smtp://user:password@host:port (RAKOR_SMTP_URL); empty = the local outbox page
    ``mail_from``     sender of every mail (RAKOR_MAIL_FROM)
    ``mail_per_minute``  how many messages of one campaign leave in a minute at most (RAKOR_MAIL_PER_MINUTE); many
                      relays refuse more
    ``proxies``       how many reverse proxies to trust (RAKOR_PROXIES); 0 = forwarded headers are ignored
    ``compiled``      folder of compiled templates (RAKOR_COMPILED), shared by all processes; made anew when it is gone
    ``setup_url``     where phones learn this installation's authority (RAKOR_SETUP_URL); `rakor serve --lan` sets it
    """

    instance: Path
    database_url: str
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str = ""
    mail_from: str = "rakor@localhost"
    mail_per_minute: int = 1200
    proxies: int = 0
    setup_url: str = ""
    compiled: Path | None = None
    testing: bool = False
    secret: bytes = field(default=b"", repr=False)

    @property
    def secure(self) -> bool:
        """True where the base URL is https: cookies are then Secure and carry the __Host- prefix."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def host(self) -> str:
        """The host name of the base URL, for calendar UIDs and Message-IDs."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def on_loopback(self) -> bool:
        """True where only this machine is served; the demo's one-click entries exist only here."""
        return self.host in LOOPBACK


def instance_secret(instance: Path) -> bytes:
    """Return the 32-byte secret of the installation, made at the first start and part of every backup."""
    path = instance / "secret.key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    return bytes.fromhex(path.read_text(encoding="ascii"))


def place_from_environment() -> tuple[Path, str]:
    """Return the instance folder and the database's URL that RAKOR_* variables name; makes nothing."""
    instance = Path(os.environ.get("RAKOR_INSTANCE") or "instance").resolve()
    return instance, os.environ.get("RAKOR_DATABASE_URL") or f"sqlite:///{instance / 'rakor.sqlite3'}"


def from_environment(**overrides: object) -> Config:
    """Read the settings from RAKOR_* variables; ``overrides`` win (tests and the CLI use them)."""
    instance = Path(str(overrides.pop("instance", None) or os.environ.get("RAKOR_INSTANCE") or "instance")).resolve()
    values: dict[str, object] = {
        "instance": instance,
        "database_url": os.environ.get("RAKOR_DATABASE_URL") or f"sqlite:///{instance / 'rakor.sqlite3'}",
        "base_url": os.environ.get("RAKOR_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        "smtp_url": os.environ.get("RAKOR_SMTP_URL", ""),
        "mail_from": os.environ.get("RAKOR_MAIL_FROM", "rakor@localhost"),
        "mail_per_minute": int(os.environ.get("RAKOR_MAIL_PER_MINUTE", "1200")),
        "proxies": int(os.environ.get("RAKOR_PROXIES", "0")),
        "setup_url": os.environ.get("RAKOR_SETUP_URL", ""),
        "compiled": Path(os.environ.get("RAKOR_COMPILED") or instance / "compiled"),
    }
    values.update(overrides)
    if not values.get("secret"):
        values["secret"] = instance_secret(instance)
    return Config(**values)  # type: ignore[arg-type]
