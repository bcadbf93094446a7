"""Which of an event's roles a row means by "Ketua KPU Kab. Asmat"; what is not clear is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rakor.registrations.rules import fold

_NUMBERED = re.compile(r"\s[0-9]{1,3}$")
# behind a role these begin the office's name: "Sekretaris KPU Provinsi Bali"
_OFFICE_WORDS = ("kpu", "kip", "kabupaten", "kab", "kota", "provinsi", "prov", "komisi", "dinas", "badan", "daerah")


@dataclass(frozen=True, slots=True)
class RoleFact:
    """A role of the event."""

    id: UUID
    name: str
    short_name: str


def find_role(text: str, roles: Sequence[RoleFact]) -> RoleFact | None:
    """The role that a text names, its seat's number and the office's name left out; None where it is not clear."""
    wanted = _NUMBERED.sub("", fold(text))
    named = [role for role in roles if wanted in (fold(role.name), fold(role.short_name))]
    if not named:
        named = [role for role in roles if _begins(wanted, fold(role.name)) or _begins(wanted, fold(role.short_name))]
    return named[0] if len(named) == 1 else None


def _begins(text: str, role: str) -> bool:
    rest = text.removeprefix(f"{role} ")
    return bool(role) and rest != text and rest.split()[0] in _OFFICE_WORDS
