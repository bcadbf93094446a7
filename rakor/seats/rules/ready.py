"""Ready sets of roles, so that the first invitation is one touch."""

from dataclasses import dataclass
from enum import StrEnum

from rakor.offices.rules import OfficeLevel

MAX_QUOTA = 50
LONGEST_ROLE = 120


class ReadySet(StrEnum):
    """A set of roles that can be taken over whole."""

    COMMISSION = "commission"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class ReadyRole:
    """A role, its short name, and the levels whose offices have one such seat."""

    name: str
    short_name: str
    levels: frozenset[OfficeLevel]


_BOTH = frozenset({OfficeLevel.PROVINCE, OfficeLevel.REGENCY})
_PROVINCE = frozenset({OfficeLevel.PROVINCE})
_REGENCY = frozenset({OfficeLevel.REGENCY})

READY: dict[ReadySet, tuple[ReadyRole, ...]] = {
    # the letter of 18 October 2021 (domain.md §2.3): five seats in every office of both levels
    ReadySet.COMMISSION: (
        ReadyRole("Ketua", "Ketua", _BOTH),
        ReadyRole("Anggota Divisi Sosdiklih dan Parmas", "Anggota Divisi", _BOTH),
        ReadyRole("Sekretaris", "Sekretaris", _BOTH),
        ReadyRole("Kepala Bagian selaku PPID", "Kabag", _PROVINCE),
        ReadyRole("Kepala Subbagian", "Kasubbag", _REGENCY),
        ReadyRole("Operator PPID, website, dan media sosial", "Operator", _BOTH),
    ),
    ReadySet.OFFICE: (
        ReadyRole("Kepala Kantor", "Kepala", _BOTH),
        ReadyRole("Sekretaris", "Sekretaris", _BOTH),
        ReadyRole("Kepala Bidang Layanan Informasi", "Kabid", _BOTH),
        ReadyRole("Kepala Subbagian Humas", "Kasubbag", _BOTH),
        ReadyRole("Operator PPID", "Operator", _BOTH),
    ),
}
