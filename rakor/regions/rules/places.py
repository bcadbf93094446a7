"""What a province and a regency are, and the map of Indonesia on a given day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RegionKind(StrEnum):
    """The kind is part of a region's identity: 26 short names are borne by a kabupaten and by a kota."""

    PROVINCE = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"


@dataclass(frozen=True, slots=True)
class Province:
    """One province.

    ``zone`` is an IANA name, ``col`` and ``row`` are its square on the 16 × 8 tile grid (from 1),
    ``valid_from`` and ``split_from`` are set for the four provinces of 2022.
    """

    code: str
    name: str
    short_name: str
    abbr: str
    letters: str
    zone: str
    zone_label: str
    island: str
    col: int
    row: int
    valid_from: date | None
    split_from: str | None

    @property
    def kind(self) -> RegionKind:
        return RegionKind.PROVINCE

    @property
    def title(self) -> str:
        """Such as "Provinsi Jawa Tengah"; "DKI Jakarta" and "DI Yogyakarta" carry their kind in the name."""
        return self.short_name if self.short_name != self.name else f"Provinsi {self.name}"

    def exists(self, as_of: date) -> bool:
        """Whether the province had been founded on that day."""
        return self.valid_from is None or self.valid_from <= as_of


@dataclass(frozen=True, slots=True)
class Regency:
    """One kabupaten or kota; ``province_code`` is today's, for an earlier day ask ``Regions.province_of``."""

    code: str
    province_code: str
    kind: RegionKind
    name: str
    short_name: str
    administrative: bool

    @property
    def title(self) -> str:
        """Such as "Kota Semarang", "Kabupaten Kepulauan Seribu": the kind always, without "Administrasi"."""
        return f"{self.kind.capitalize()} {self.short_name}"


Region = Province | Regency


class Regions:
    """All provinces and regencies; counted by the map of a day (``as_of``), today's where none is given."""

    def __init__(self, provinces: Iterable[Province], regencies: Iterable[Regency]) -> None:
        self._provinces = {province.code: province for province in provinces}
        self._regencies = {regency.code: regency for regency in regencies}

    def provinces(self, as_of: date | None = None) -> tuple[Province, ...]:
        """The provinces of that day in code order: 38 today, 34 before 25 July 2022."""
        return tuple(p for p in self._provinces.values() if as_of is None or p.exists(as_of))

    def regencies(self, province_code: str | None = None, as_of: date | None = None) -> tuple[Regency, ...]:
        """The regencies of one province on that day (of the whole country without one), in code order.

        A regency keeps today's code; before 2022 those of 93, 94 and 95 belong to 91, those of 96 to 92. An
        unknown province, or one not founded yet, has none.
        """
        return tuple(
            regency
            for regency in self._regencies.values()
            if province_code is None or self._province_code(regency, as_of) == province_code
        )

    def province(self, code: str) -> Province:
        """The province of a stored two-digit code; KeyError where there is none."""
        return self._provinces[code]

    def regency(self, code: str) -> Regency:
        """The regency of a stored four-digit code; KeyError where there is none."""
        return self._regencies[code]

    def find(self, code: str) -> Region | None:
        """The region of a code that came from outside, dotted or not, or None."""
        plain = code.replace(".", "", 1) if code[2:3] == "." else code
        return self._provinces.get(plain) or self._regencies.get(plain)

    def province_of(self, regency_code: str, as_of: date | None = None) -> Province:
        """The province a regency belonged to on that day; KeyError for an unknown code."""
        return self._provinces[self._province_code(self._regencies[regency_code], as_of)]

    def belongs(self, regency_code: str, province_code: str, as_of: date | None = None) -> bool:
        """Whether the regency was in the province on that day; False for codes that do not exist."""
        regency = self._regencies.get(regency_code)
        return regency is not None and self._province_code(regency, as_of) == province_code

    def zone_of(self, code: str) -> str:
        """The IANA zone of a province or regency code; KeyError for an unknown one."""
        return self._provinces[code[:2]].zone if code in self._regencies else self._provinces[code].zone

    def _province_code(self, regency: Regency, as_of: date | None) -> str:
        province = self._provinces[regency.province_code]
        while as_of is not None and not province.exists(as_of) and province.split_from:
            province = self._provinces[province.split_from]
        return province.code


def show_code(code: str) -> str:
    """Shows "3374" as "33.74", a province code as it is. Stored undotted: Excel makes 31.1 of 31.10."""
    return f"{code[:2]}.{code[2:]}" if len(code) > 2 else code
