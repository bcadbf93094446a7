"""Which office a hurried hand meant: by code, by name, by alias of its region; never a silent guess."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from rakor.offices.rules import OfficeLevel
from rakor.regions.rules import Ambiguous, Exact, Province, Region, plain, resolve
from rakor.registrations.rules import matching, search_key

MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """An office as it can be named."""

    id: UUID
    code: str
    name: str
    short_name: str
    level: OfficeLevel
    province_code: str | None
    regency_code: str | None


@dataclass(frozen=True, slots=True)
class OfficeMatch:
    """What a text names: exactly one office, or several to choose from, or (both empty) none."""

    office: KnownOffice | None = None
    choices: tuple[KnownOffice, ...] = ()


class OfficeFinder:
    """Finds offices among those of one institution; made once for many texts."""

    def __init__(self, offices: Iterable[KnownOffice]) -> None:
        self.offices = tuple(offices)
        self._keys = [search_key(office.name, office.short_name) for office in self.offices]
        self._codes = {office.code.casefold(): office for office in self.offices}
        self._names: dict[str, list[KnownOffice]] = {}
        for office in self.offices:
            for name in {plain(office.name), plain(office.short_name)}:
                self._names.setdefault(name, []).append(office)

    def find(self, text: str) -> OfficeMatch:
        """Return what ``text`` names: "9304", "93.04", "KPU Kab. Sitaro", "Kota Solo", or a full name."""
        wanted = text.strip().lstrip("'")
        if by_code := self._codes.get(wanted.casefold()) or self._codes.get(wanted.replace(".", "")):
            return OfficeMatch(by_code)
        if named := self._names.get(plain(wanted)):
            return _match(named)
        found = resolve(wanted)
        if isinstance(found, Exact):
            return _match(self._of([found.region]))
        if isinstance(found, Ambiguous):
            return OfficeMatch(choices=tuple(self._of(found.choices)[:MOST_CHOICES]))
        near = matching(wanted, self._keys) if plain(wanted) else []
        return OfficeMatch(choices=tuple(self.offices[place] for place in near[:MOST_CHOICES]))

    def _of(self, regions: Sequence[Region]) -> list[KnownOffice]:
        return [office for region in regions for office in self.offices if _stands_in(office, region)]


def _match(found: Sequence[KnownOffice]) -> OfficeMatch:
    return OfficeMatch(found[0]) if len(found) == 1 else OfficeMatch(choices=tuple(found[:MOST_CHOICES]))


def _stands_in(office: KnownOffice, region: Region) -> bool:
    if isinstance(region, Province):
        return office.level is OfficeLevel.PROVINCE and office.province_code == region.code
    return office.level is OfficeLevel.REGENCY and office.regency_code == region.code
