"""Whether an installation is fit to serve, from what was observed; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rakor.upkeep.address import fault_of

BACKUP_OLD = timedelta(hours=26)
WAITS_TOO_LONG = timedelta(minutes=3)
CLOCK_DIFFERS = timedelta(seconds=2)
FEW_BYTES, HARDLY_ANY_BYTES = 2 * 10**9, 200 * 10**6
OLDEST_POSTGRESQL = 15


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARN = "warn"  # serves, and somebody should look
    BAD = "bad"  # must not serve like this


class Check(StrEnum):
    """What is looked at, in the order of the page."""

    DATABASE = "database"
    SETTINGS = "settings"
    SCHEMA = "schema"
    ADDRESS = "address"
    LAN = "lan"
    SECRET = "secret"
    DISK = "disk"
    CLOCK = "clock"
    WORKER = "worker"
    BACKUP = "backup"


class Word(StrEnum):
    """What was found; the sentence for it is in ``words``."""

    WELL = "well"
    SILENT = "silent"
    OLD = "old"
    UNSAFE = "unsafe"
    BEHIND = "behind"
    NO_ADDRESS = "no_address"
    ANYWHERE = "anywhere"
    PLAIN = "plain"
    OPEN = "open"
    ENDS = "ends"
    ELSEWHERE = "elsewhere"
    NO_NETWORK = "no_network"
    FEW = "few"
    HARDLY = "hardly"
    DIFFERS = "differs"
    UNKEPT = "unkept"
    STOPPED = "stopped"
    LATE = "late"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True)
class Lan:
    """How `rakor serve --lan` stands: this machine's addresses, and what its certificate says, where there is one."""

    addresses: tuple[str, ...]
    names: tuple[str, ...] = ()
    until_at: datetime | None = None
    open_file: str = ""


@dataclass(frozen=True)
class Observed:
    """What the world looks like. ``settings`` are the database's own words by the settings' names.

    ``clock_kept`` is None where the machine does not say; ``waiting_since`` is when the oldest job was due;
    ``lan`` is None where nobody serves phones of this network.
    """

    now: datetime
    base_url: str
    lan: "Lan | None" = None
    database: str = ""
    version: tuple[int, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    database_now: datetime | None = None
    schema_differences: int = 0
    secret_open: str = ""
    free_bytes: int = 0
    clock_kept: bool | None = None
    working: bool = False
    waiting_since: datetime | None = None
    failed_jobs: int = 0
    backup_at: datetime | None = None
    backup_bytes: int = 0


@dataclass(frozen=True)
class Finding:
    """One line of the page: what was looked at, how it is, and the figures of its sentence."""

    check: Check
    level: Level
    word: Word = Word.WELL
    text: str = ""
    count: int = 0
    at: datetime | None = None


WANTED = {
    "sqlite": {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"},
    "postgresql": {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"},
}


def judge(seen: Observed) -> list[Finding]:
    """Return one finding for every check, in their order; a silent database leaves out what only it could say."""
    said = [_database(seen)]
    if seen.database:
        said += [_settings(seen), _schema(seen)]
    said.append(_address(seen))
    if seen.lan is not None:
        said.append(_lan(seen.lan, seen.now))
    said += [_secret(seen), _disk(seen), _clock(seen)]
    if seen.database:
        said.append(_worker(seen))
    return [*said, _backup(seen)]


def worst(found: list[Finding]) -> Level:
    """Return the worst level among the findings."""
    order = list(Level)
    return max((one.level for one in found), key=order.index, default=Level.OK)


def _database(seen: Observed) -> Finding:
    if not seen.database:
        return Finding(Check.DATABASE, Level.BAD, Word.SILENT)
    text = f"{'SQLite' if seen.database == 'sqlite' else 'PostgreSQL'} {'.'.join(map(str, seen.version))}"
    old = seen.database == "postgresql" and seen.version < (OLDEST_POSTGRESQL,)
    return Finding(Check.DATABASE, Level.BAD if old else Level.OK, Word.OLD if old else Word.WELL, text)


def _settings(seen: Observed) -> Finding:
    given = dict(seen.settings)
    wanted = WANTED[seen.database].items()
    wrong = [f"{name}={given.get(name, '?')}" for name, good in wanted if given.get(name) != good]
    if wrong:
        return Finding(Check.SETTINGS, Level.BAD, Word.UNSAFE, ", ".join(wrong))
    return Finding(Check.SETTINGS, Level.OK, text=", ".join(f"{name}={value}" for name, value in seen.settings))


def _schema(seen: Observed) -> Finding:
    if seen.schema_differences:
        return Finding(Check.SCHEMA, Level.BAD, Word.BEHIND, count=seen.schema_differences)
    return Finding(Check.SCHEMA, Level.OK)


def _address(seen: Observed) -> Finding:
    fault = fault_of(seen.base_url)
    if fault:
        return Finding(Check.ADDRESS, Level.BAD, Word(fault.value), seen.base_url)
    return Finding(Check.ADDRESS, Level.OK, text=seen.base_url)


def _lan(seen: Lan, now: datetime) -> Finding:
    if seen.open_file:
        return Finding(Check.LAN, Level.BAD, Word.OPEN, seen.open_file)
    if not seen.addresses:
        return Finding(Check.LAN, Level.WARN, Word.NO_NETWORK)
    if seen.until_at is None:
        return Finding(Check.LAN, Level.OK, Word.NONE, ", ".join(seen.addresses))
    if seen.until_at <= now:
        return Finding(Check.LAN, Level.WARN, Word.ENDS, at=seen.until_at)
    if not set(seen.names) & set(seen.addresses):
        return Finding(Check.LAN, Level.WARN, Word.ELSEWHERE, ", ".join(seen.names))
    return Finding(Check.LAN, Level.OK, text=", ".join(seen.names), at=seen.until_at)


def _secret(seen: Observed) -> Finding:
    if seen.secret_open:
        return Finding(Check.SECRET, Level.BAD, Word.OPEN, seen.secret_open)
    return Finding(Check.SECRET, Level.OK)


def _disk(seen: Observed) -> Finding:
    megabytes = seen.free_bytes // 10**6
    if seen.free_bytes < HARDLY_ANY_BYTES:
        return Finding(Check.DISK, Level.BAD, Word.HARDLY, count=megabytes)
    few = seen.free_bytes < FEW_BYTES
    return Finding(Check.DISK, Level.WARN if few else Level.OK, Word.FEW if few else Word.WELL, count=megabytes)


def _clock(seen: Observed) -> Finding:
    if seen.database_now is not None and abs(seen.database_now - seen.now) > CLOCK_DIFFERS:
        apart = round(abs(seen.database_now - seen.now).total_seconds())
        return Finding(Check.CLOCK, Level.BAD, Word.DIFFERS, count=apart)
    if seen.clock_kept is False:
        return Finding(Check.CLOCK, Level.WARN, Word.UNKEPT, at=seen.now)
    return Finding(Check.CLOCK, Level.OK, at=seen.now)


def _worker(seen: Observed) -> Finding:
    if not seen.working:
        return Finding(Check.WORKER, Level.WARN, Word.STOPPED)
    if seen.waiting_since is not None and seen.now - seen.waiting_since > WAITS_TOO_LONG:
        return Finding(Check.WORKER, Level.WARN, Word.LATE, at=seen.waiting_since)
    if seen.failed_jobs:
        return Finding(Check.WORKER, Level.WARN, Word.FAILED, count=seen.failed_jobs)
    return Finding(Check.WORKER, Level.OK)


def _backup(seen: Observed) -> Finding:
    if seen.backup_at is None:
        return Finding(Check.BACKUP, Level.WARN, Word.NONE)
    old = seen.now - seen.backup_at > BACKUP_OLD
    level, word = (Level.WARN, Word.OLD) if old else (Level.OK, Word.WELL)
    return Finding(Check.BACKUP, level, word, count=seen.backup_bytes // 10**6, at=seen.backup_at)
