"""Reads the reference files that travel with the package, once."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from rakor.regions.rules.places import Province, Regency, RegionKind, Regions

ZONE_LABELS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way people write a region: an abbreviation, a former or popular name, a variant spelling."""

    code: str
    alias: str
    why: str


@cache
def reference() -> Regions:
    """All regions of the reference files (decree of 2025, see NOTICE.txt beside them)."""
    return Regions(
        (_province(row) for row in rows("provinces.csv")),
        (_regency(row) for row in rows("regencies.csv")),
    )


@cache
def aliases() -> tuple[Alias, ...]:
    """All aliases; forms that could mean two regions are left out of the file on purpose."""
    return tuple(Alias(**row) for row in rows("aliases.csv"))


def rows(file_name: str) -> Iterator[dict[str, str]]:
    """Return the rows of a reference file by their headings."""
    text = files("rakor.regions").joinpath("reference", file_name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _province(row: dict[str, str]) -> Province:
    return Province(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        abbr=row["abbr"],
        letters=row["letters"],
        zone=row["zone"],
        zone_label=ZONE_LABELS[row["zone"]],
        island=row["island"],
        col=int(row["col"]),
        row=int(row["row"]),
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        split_from=row["split_from"] or None,
    )


def _regency(row: dict[str, str]) -> Regency:
    kind = RegionKind(row["kind"])
    # the full name follows from kind and short name, so the file does not repeat it
    prefix = f"{kind.capitalize()} Administrasi" if row["administrative"] else kind.capitalize()
    return Regency(
        code=row["code"],
        province_code=row["code"][:2],
        kind=kind,
        name=f"{prefix} {row['short_name']}",
        short_name=row["short_name"],
        administrative=bool(row["administrative"]),
    )
