"""The JSON of the device API, version 1 (check-in.md §5): record, batch and answer.

A record that cannot be read is never an error of the request: it is kept as it came and waits for a person.
Moments are milliseconds since 1970, refs and digests hexadecimal.
"""

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any, Literal, Self
from uuid import NAMESPACE_OID, UUID, uuid5

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import core_schema

from rakor.attendance.rules.words import Direction, Kind, Verdict

MAX_RECORDS = 200
MAX_BYTES = 64 * 1024
MAX_CHANGES = 500
BASE64 = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
YEAR_2100 = 4_102_444_800_000
SAFE = 2**53 - 1


def _number(value: object) -> object:
    """Take what JSON calls an integer (7 and 7.0), refuse what only Python does (true and "7")."""
    if isinstance(value, bool | str | bytes):
        raise ValueError("not a number")
    return value


def _writable(value: object) -> object:
    """Refuse what a database cannot keep: NUL and lone surrogates."""
    if isinstance(value, str) and ("\x00" in value or any("\ud800" <= one <= "\udfff" for one in value)):
        raise ValueError("not a text")
    return value


def _cleaned(value: object) -> object:
    """Take out of a name what a database cannot keep."""
    return value.encode("utf-8", "replace").decode().replace("\x00", " ") if isinstance(value, str) else value


@dataclass(frozen=True)
class _Bounds:
    """A whole number from ``least`` to ``most``; nearly all come plain, and those are read without asking Python."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        plain = core_schema.int_schema(ge=self.least, le=self.most, strict=True)
        other = core_schema.int_schema(ge=self.least, le=self.most)
        careful = core_schema.no_info_before_validator_function(_number, other)
        return core_schema.union_schema([plain, careful], mode="left_to_right")

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


Whole = Annotated[int, _Bounds(0, SAFE)]
Ordinal = Annotated[int, _Bounds(1, SAFE)]
Millis = Annotated[int, _Bounds(0, YEAR_2100)]
RoundTrip = Annotated[int, _Bounds(0, 600_000)]
HowMany = Annotated[int, _Bounds(0, MAX_CHANGES)]
Text = Annotated[str, BeforeValidator(_writable)]
Ref = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
DeviceKind = Literal[Kind.TICKET, Kind.MANUAL, Kind.WALK_IN, Kind.VOID, Kind.CLOCK, Kind.HANDOVER, Kind.HELP]


class Record(BaseModel):
    """One fact as its device made it. It is never changed afterwards; what changes is another record."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    scan_id: UUID
    device_seq: Ordinal
    kind: DeviceKind
    t_wall: Millis
    t_mono: Whole
    segment: UUID
    checkpoint: UUID | None = None
    direction: Direction = Direction.IN
    ref: Ref | None = None
    target: UUID | None = None
    in_roster: Annotated[bool, Field(strict=True)] = True
    roster_seq: Whole = 0
    verdict: Verdict | None = None
    reason: Annotated[Text, Field(max_length=200)] = ""
    override: Annotated[bool, Field(strict=True)] = False
    operator: UUID | None = None
    server_time: Millis | None = None
    rtt: RoundTrip | None = None
    sealed: Annotated[str, Field(min_length=4, max_length=1368, pattern=BASE64)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Each kind brings what its meaning needs."""
        needed = {
            Kind.TICKET: (self.ref, self.checkpoint),
            Kind.MANUAL: (self.checkpoint, self.reason or None),
            Kind.WALK_IN: (self.checkpoint,),
            Kind.VOID: (self.target, self.reason or None),
            Kind.CLOCK: (self.server_time, self.rtt),
            Kind.HANDOVER: (self.operator or self.sealed,),
            Kind.HELP: (self.ref, self.checkpoint),
        }[self.kind]
        if None in needed:
            raise ValueError(f"incomplete {self.kind}")
        return self

    @property
    def wall_at(self) -> datetime:
        """The device's wall clock as an aware moment."""
        return moment(self.t_wall)

    @property
    def sealed_name(self) -> bytes | None:
        """The name of a walk-in, or of an operator without account, sealed to the event's key."""
        return b64decode(self.sealed) if self.sealed else None


class Behind(BaseModel):
    """The desk for which a relay sends. ``held``: the relay itself has these records in quarantine."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    name: Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=60)]
    checkpoint: UUID
    expires_at: Millis
    number: Whole = 0
    revoked_at: Millis | None = None
    held: bool = False


class Batch(BaseModel):
    """What a device sends: records, how many more wait, and how many changes of the roster it takes."""

    model_config = ConfigDict(extra="ignore")

    records: Annotated[list[Any], Field(max_length=MAX_RECORDS)]
    roster_seq: Whole = 0
    changes: HowMany = MAX_CHANGES
    waiting: Whole = 0
    behind: Behind | None = None


LONGEST_NUMBER = 4300  # digits: Python reads no more (CVE-2020-10735)


def read_json(body: bytes) -> Any:
    """Return what JSON says; a whole number of absurd length becomes a text, so that it spoils its own record only.

    Raises ValueError (or RecursionError, nested too deep) where the body is no JSON.
    """
    try:
        return json.loads(body)
    except ValueError:
        return json.loads(body, parse_int=lambda digits: digits if len(digits) > LONGEST_NUMBER else int(digits))


_records = TypeAdapter(list[Record])


def read_records(raw: Sequence[Any]) -> list[Record | None]:
    """Return every record that can be read, in order; None where one cannot."""
    try:
        return list(_records.validate_python(raw))
    except ValidationError:
        return [_read(one) for one in raw]


def _read(raw: Any) -> Record | None:
    try:
        return Record.model_validate(raw)
    except ValidationError:
        return None


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def canonical(raw: Any) -> str:
    """Return one text for equal records, whatever the order of their members; it is pure ASCII."""
    return _canonical(raw)


def digest(text: str) -> bytes:
    """Return the 16 bytes that stand for a record: equal id and digest is a repeat."""
    return sha256(text.encode("ascii")).digest()[:16]


def claimed(raw: Any, record_digest: bytes) -> tuple[UUID, str, int]:
    """Return the id (as a UUID and as sent) and the sequence number that an unreadable record claims.

    Without a good id it gets one made of its own content, so that the same record is the same again.
    """
    said = raw.get("scan_id") if isinstance(raw, dict) else None
    seq = raw.get("device_seq") if isinstance(raw, dict) else None
    number = seq if isinstance(seq, int) and not isinstance(seq, bool) and 0 < seq <= SAFE else 0
    try:
        return UUID(said if isinstance(said, str) else ""), str(said), number
    except ValueError:
        return uuid5(NAMESPACE_OID, record_digest.hex()), said[:64] if isinstance(said, str) else "", number


def moment(millis: int) -> datetime:
    """Return milliseconds since 1970 as an aware moment."""
    return datetime.fromtimestamp(millis / 1000, UTC)


def millis(at: datetime) -> int:
    """Return an aware moment as milliseconds since 1970."""
    return round(at.timestamp() * 1000)
