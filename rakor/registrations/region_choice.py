"""The choices of the open form: provinces, the regencies of one, and the offices of the event's institution there."""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Protocol
from uuid import UUID

from sqlalchemy import bindparam, select

from rakor.db import db
from rakor.offices.models import Office
from rakor.prepared import Prepared
from rakor.regions.rules import reference

OTHER, NONE = "other", "none"
_OWN = Office.institution_id == bindparam("of_institution")
_ANY = Prepared(select(Office.id).where(_OWN, Office.province_code.is_not(None)).limit(1))
_HERE = Prepared(
    select(Office.id, Office.short_name, Office.regency_code)
    .where(_OWN, Office.province_code == bindparam("in_province"))
    .order_by(Office.sort_key)
)
Choice = tuple[str, str]


@dataclass(frozen=True)
class OfficeChoice:
    """One office to choose: ``regency_code`` is None for the province's own office."""

    id: str
    name: str
    regency_code: str | None

    @property
    def uuid(self) -> UUID:
        """The office's key."""
        return UUID(self.id)


@dataclass(frozen=True)
class Places:
    """What can be chosen once a province is picked (empty: none yet). Offices are read where they are asked for."""

    institution_id: UUID
    provinces: tuple[Choice, ...]
    province_code: str
    regencies: tuple[Choice, ...]
    regency_code: str = ""

    @cached_property
    def offices(self) -> tuple[OfficeChoice, ...]:
        """The institution's offices in the province."""
        return offices_in(self.institution_id, self.province_code) if self.regencies else ()

    @cached_property
    def asks_office(self) -> bool:
        """True where the institution has offices in the regions."""
        return bool(self.offices) or has_offices(self.institution_id)

    @property
    def office_choices(self) -> list[Choice]:
        """The offices of the chosen regency and of its province; all of the province before that."""
        here = (None, self.regency_code)
        return [(o.id, o.name) for o in self.offices if not self.regency_code or o.regency_code in here]

    def office(self, text: str) -> OfficeChoice | None:
        """The office of a posted id among those of the province, or None."""
        return next((office for office in self.offices if office.id == text), None) if text else None


class Mapped(Protocol):
    """An event, or its gate: whose offices are offered, by the map of which day."""

    @property
    def institution_id(self) -> UUID: ...
    @property
    def regions_as_of(self) -> date: ...


def places(event: Mapped, province_code: str, regency_code: str) -> Places:
    """Return the choices for an event, by the map of its day; unknown codes choose nothing."""
    as_of = event.regions_as_of
    provinces = provinces_of(as_of)
    regencies = tuple(regencies_by_province(as_of).get(province_code, ()))
    chosen = regency_code if regency_code in dict(regencies) else ""
    return Places(event.institution_id, provinces, province_code, regencies, chosen)


def has_offices(institution_id: UUID) -> bool:
    """True where the institution has offices in the regions, so that one can be chosen."""
    return bool(_ANY.rows(db.session.connection(), of_institution=institution_id))


def offices_in(institution_id: UUID, province_code: str) -> tuple[OfficeChoice, ...]:
    """Return the institution's offices in a province, in protocol order."""
    found = _HERE.rows(db.session.connection(), of_institution=institution_id, in_province=province_code)
    return tuple(OfficeChoice(str(id_), name, regency) for id_, name, regency in found)


@cache
def provinces_of(as_of: date) -> tuple[Choice, ...]:
    """Return the provinces on the map of a day."""
    return tuple((province.code, province.short_name) for province in reference().provinces(as_of))


@cache
def regencies_by_province(as_of: date) -> dict[str, list[Choice]]:
    """Return every province's regencies on the map of a day, for the browser to choose from at once."""
    return {
        province.code: [(regency.code, regency.title) for regency in reference().regencies(province.code, as_of)]
        for province in reference().provinces(as_of)
    }
