"""Materials in the database: each in versions, each version a stored file or a link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from rakor import audit, files
from rakor.agenda.material_intake import Arrived
from rakor.agenda.material_rules import MEDIA_TYPES, Held, MaterialKind
from rakor.agenda.speaking_models import Material, MaterialVersion
from rakor.db import db
from rakor.files import LongFile

PURPOSE = "material"


@dataclass(frozen=True)
class VersionView:
    """One handing-in: ``url`` for a link, else a file of ``kind``."""

    id: UUID
    number: int
    name: str
    kind: MaterialKind | None
    byte_count: int
    file_id: UUID | None
    url: str | None
    uploaded_at: datetime
    taken_at: datetime | None


@dataclass(frozen=True)
class MaterialView:
    """A material with all its versions, the newest first; there is always one."""

    id: UUID
    speaker_id: UUID
    item_id: UUID
    is_open: bool
    withheld_at: datetime | None
    versions: tuple[VersionView, ...]

    @property
    def newest(self) -> VersionView:
        """What counts."""
        return self.versions[0]


@dataclass(frozen=True)
class Handed:
    """For what something is handed in; ``material_id`` None begins a new material."""

    speaker_id: UUID
    item_id: UUID
    material_id: UUID | None
    is_open: bool


def materials(event_id: UUID, speaker_id: UUID | None = None) -> list[MaterialView]:
    """Return the materials of an event, or of one speaker, the oldest first; one query."""
    query = (
        select(Material, MaterialVersion)
        .join(MaterialVersion, MaterialVersion.material_id == Material.id)
        .where(Material.event_id == event_id)
        .order_by(Material.created_at, Material.id, MaterialVersion.number.desc())
    )
    if speaker_id is not None:
        query = query.where(Material.speaker_id == speaker_id)
    found: dict[UUID, tuple[Material, list[VersionView]]] = {}
    for row, version in db.session.execute(query):
        found.setdefault(row.id, (row, []))[1].append(_version(version))
    return [
        MaterialView(row.id, row.speaker_id, row.item_id, row.is_open, row.withheld_at, tuple(versions))
        for row, versions in found.values()
    ]


def _version(row: MaterialVersion) -> VersionView:
    return VersionView(
        row.id, row.number, row.name, row.kind, row.byte_count, row.file_id, row.url, row.uploaded_at, row.taken_at
    )


def material(event_id: UUID, material_id: UUID) -> MaterialView | None:
    """Return one material, or None."""
    return next((one for one in materials(event_id) if one.id == material_id), None)


def version(event_id: UUID, version_id: UUID) -> tuple[Material, VersionView] | None:
    """Return one version with its material, or None."""
    query = (
        select(Material, MaterialVersion)
        .join(MaterialVersion, MaterialVersion.material_id == Material.id)
        .where(MaterialVersion.event_id == event_id, MaterialVersion.id == version_id)
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], _version(found[1])) if found else None


def file_of(event_id: UUID, shown: VersionView) -> LongFile | None:
    """Return the stored file of a version; None for a link, or where the bytes are gone."""
    return files.long_file(event_id, shown.file_id, PURPOSE) if shown.file_id else None


def held(event_id: UUID, handed: Handed) -> Held:
    """Return what a speaker has handed in already."""
    query = (
        select(
            func.count(Material.id.distinct()),
            func.count(MaterialVersion.id).filter(Material.id == handed.material_id),
            func.coalesce(func.sum(MaterialVersion.byte_count), 0),
        )
        .join(MaterialVersion, MaterialVersion.material_id == Material.id)
        .where(Material.event_id == event_id, Material.speaker_id == handed.speaker_id)
    )
    return Held(*db.session.execute(query).one())


def keep_file(event_id: UUID, handed: Handed, came: Arrived, name: str, *, now: datetime) -> UUID:
    """Keep a judged file as the next version; returns the version's id. Its part is dropped after the commit."""
    kept_name = f"materi.{came.kind}"  # the name on the disk's row names nobody
    files.keep_part(
        came.file_id, event_id=event_id, purpose=PURPOSE, name=kept_name, media_type=MEDIA_TYPES[came.kind],
        size=(came.byte_count, came.digest), now=now,
    )  # fmt: skip
    values = {"file_id": came.file_id, "kind": came.kind, "byte_count": came.byte_count, "url": None}
    return _keep(event_id, handed, {**values, "name": name}, now)


def keep_link(event_id: UUID, handed: Handed, url: str, *, now: datetime) -> UUID:
    """Keep a link as the next version; returns the version's id."""
    values: dict[str, object] = {"file_id": None, "kind": None, "byte_count": 0, "url": url, "name": ""}
    return _keep(event_id, handed, values, now)


def _keep(event_id: UUID, handed: Handed, values: dict[str, object], now: datetime) -> UUID:
    row = _material(event_id, handed, now)
    row.is_open = handed.is_open
    last = select(func.max(MaterialVersion.number)).where(MaterialVersion.material_id == row.id)
    number = (db.session.scalar(last) or 0) + 1
    made = MaterialVersion(id=uuid4(), event_id=event_id, material_id=row.id, number=number, uploaded_at=now, **values)
    db.session.add(made)
    db.session.flush()
    audit.record("material.keep", event_id=event_id, object_kind="material", object_id=row.id, count=number)
    return made.id


def _material(event_id: UUID, handed: Handed, now: datetime) -> Material:
    if handed.material_id is not None:
        mine = (Material.event_id == event_id, Material.id == handed.material_id)
        return db.session.scalars(select(Material).where(*mine, Material.speaker_id == handed.speaker_id)).one()
    row = Material(id=uuid4(), event_id=event_id, speaker_id=handed.speaker_id, item_id=handed.item_id, created_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def open_after(event_id: UUID, material_id: UUID, is_open: bool) -> None:
    """Let everybody see a material after its session, or not: its author's word."""
    _change(event_id, material_id, is_open=is_open)
    audit.record("material.open", event_id=event_id, object_kind="material", object_id=material_id, fields=["is_open"])


def withhold(event_id: UUID, material_id: UUID, *, at: datetime | None) -> None:
    """Hold a material back from the public, or (None) no longer: the organiser's word."""
    _change(event_id, material_id, withheld_at=at)
    fields = ["withheld_at"]
    audit.record("material.withhold", event_id=event_id, object_kind="material", object_id=material_id, fields=fields)


def _change(event_id: UUID, material_id: UUID, **values: object) -> None:
    mine = (Material.event_id == event_id, Material.id == material_id)
    db.session.execute(update(Material).where(*mine).values(**values))


def take(event_id: UUID, version_ids: Collection[UUID], *, by: UUID, now: datetime) -> None:
    """Note that the organiser took these versions; the first time stays."""
    query = update(MaterialVersion).where(
        MaterialVersion.event_id == event_id,
        MaterialVersion.id.in_(version_ids),
        MaterialVersion.taken_at.is_(None),
    )
    db.session.execute(query.values(taken_at=now, taken_by_id=by))
    audit.record("material.take", event_id=event_id, object_kind="material", count=len(version_ids))
