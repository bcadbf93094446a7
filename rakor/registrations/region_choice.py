"""The choices of the open form: provinces, the regencies of one, and the offices of the event's institution there."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import select

from rakor.db import db
from rakor.events.models import Event
from rakor.offices.models import Office
from rakor.regions.rules import reference

OTHER = "other"
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
    """What can be chosen once ``province_code`` is picked (empty: none yet). ``asks_office``: the body has offices."""

    provinces: tuple[Choice, ...]
    regencies: tuple[Choice, ...]
    offices: tuple[OfficeChoice, ...]
    asks_office: bool
    regency_code: str = ""

    @property
    def office_choices(self) -> list[Choice]:
        """The offices of the chosen regency and of its province; all of the province before that."""
        here = (None, self.regency_code)
        return [(o.id, o.name) for o in self.offices if not self.regency_code or o.regency_code in here]

    def office(self, text: str) -> OfficeChoice | None:
        """The office of a posted id among those of the province, or None."""
        return next((office for office in self.offices if office.id == text), None)


def places(event: Event, province_code: str, regency_code: str) -> Places:
    """Return the choices for an event, by the map of its day; unknown codes choose nothing."""
    as_of = event.regions_as_of
    provinces = provinces_of(as_of)
    regencies = tuple(regencies_by_province(as_of).get(province_code, ()))
    offices = offices_in(event.institution_id, province_code) if regencies else ()
    asks = bool(offices) or has_offices(event.institution_id)
    return Places(provinces, regencies, offices, asks, regency_code if regency_code in dict(regencies) else "")


def has_offices(institution_id: UUID) -> bool:
    """True where the institution has offices in the regions, so that one can be chosen."""
    query = select(Office.id).where(Office.institution_id == institution_id, Office.province_code.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


def offices_in(institution_id: UUID, province_code: str) -> tuple[OfficeChoice, ...]:
    """Return the institution's offices in a province, in protocol order."""
    query = (
        select(Office.id, Office.short_name, Office.regency_code)
        .where(Office.institution_id == institution_id, Office.province_code == province_code)
        .order_by(Office.sort_key)
    )
    return tuple(OfficeChoice(str(id_), name, regency) for id_, name, regency in db.session.execute(query))


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
