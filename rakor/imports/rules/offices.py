"""Which office a row means: code, name, alias, with the help of its regency and province; doubt is a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rakor.offices.rules import OfficeLevel
from rakor.regions.rules import Ambiguous, Exact, Regency, plain, resolve
from rakor.seats.rules.office_names import KnownOffice, OfficeFinder

NONE_OF_THESE = "none"


@dataclass(frozen=True, slots=True)
class Named:
    """The office that was meant; or the choices of a question, its ``key`` the same for all rows that ask it."""

    office: KnownOffice | None = None
    choices: tuple[KnownOffice, ...] = ()
    key: str = ""


class Offices:
    """The offices of an institution as rows name them; equal texts are looked up once."""

    def __init__(self, offices: Sequence[KnownOffice]) -> None:
        self.finder = OfficeFinder(offices)
        self.by_id = {office.id: office for office in offices}
        self._known: dict[tuple[str, str, str, str], Named] = {}

    def named(self, code: str, office: str, regency: str, province: str) -> Named:
        """What the four cells say together; a code that exists settles it, other columns settle a doubt."""
        texts = (code, office, regency, province)
        if texts not in self._known:
            self._known[texts] = self._look(*texts)
        return self._known[texts]

    def office(self, office_id: str) -> KnownOffice | None:
        """An office by the id that was chosen, or None."""
        try:
            return self.by_id.get(UUID(office_id))
        except ValueError:
            return None

    def _look(self, code: str, office: str, regency: str, province: str) -> Named:
        if code and (found := self.finder.find(code)).office:
            return Named(found.office)
        wanted = office or regency or province
        if not wanted:
            return Named()
        found = self.finder.find(wanted)
        if found.office:
            return Named(found.office)
        choices = found.choices
        if office and regency and not choices:
            second = self.finder.find(regency)
            choices = (second.office,) if second.office else second.choices
        narrowed = [one for one in choices if _stands_in(one, regency if office else "", province)]
        if len(narrowed) == 1 and (regency or province) and found.choices:
            return Named(narrowed[0])
        # the hints are part of the question: the same words beside another province ask another one
        key = plain(wanted) + (f" · {plain(province)}" if province and wanted is not province else "")
        return Named(choices=tuple(narrowed or choices), key=key)


def _stands_in(office: KnownOffice, regency: str, province: str) -> bool:
    return _fits(office, regency, OfficeLevel.REGENCY) and _fits(office, province, OfficeLevel.PROVINCE)


def _fits(office: KnownOffice, text: str, level: OfficeLevel) -> bool:
    """Whether an office lies in the region of a hint; a hint that says nothing clear fits all."""
    found = resolve(text) if text else None
    regions = (found.region,) if isinstance(found, Exact) else found.choices if isinstance(found, Ambiguous) else ()
    wanted = {region.code for region in regions if isinstance(region, Regency) == (level is OfficeLevel.REGENCY)}
    here = office.regency_code if level is OfficeLevel.REGENCY else office.province_code
    return not wanted or here in wanted
