"""The roles an event starts with, by its kind, in protocol order (domain.md §2.3, §2.7)."""

from dataclasses import dataclass

from rakor.events.rules import EventKind, RoleGroup


@dataclass(frozen=True)
class RoleDraft:
    """A role to be made: its name as papers print it, a short form, and the attendance list it stands on."""

    name: str
    short_name: str
    group: RoleGroup


BY_OFFICE = {EventKind.RAKORNAS, EventKind.RAKOR, EventKind.RAKER, EventKind.KONSOLNAS}
OFFICE_ROLES = (
    RoleDraft("Ketua", "Ketua", RoleGroup.PARTICIPANT),
    RoleDraft("Anggota", "Anggota", RoleGroup.PARTICIPANT),
    RoleDraft("Sekretaris", "Sekretaris", RoleGroup.PARTICIPANT),
    RoleDraft("Kepala Bagian/Subbagian", "Kabag/Kasubbag", RoleGroup.PARTICIPANT),
    RoleDraft("Operator", "Operator", RoleGroup.PARTICIPANT),
)
PLAIN_ROLES = (RoleDraft("Peserta", "Peserta", RoleGroup.PARTICIPANT),)
ALWAYS = (
    RoleDraft("Narasumber", "Narasumber", RoleGroup.SPEAKER),
    RoleDraft("Moderator", "Moderator", RoleGroup.SPEAKER),
    RoleDraft("Panitia", "Panitia", RoleGroup.COMMITTEE),
)


def first_roles(kind: EventKind) -> tuple[RoleDraft, ...]:
    """Return the ready-made set of a kind: seats of offices for coordination meetings, "Peserta" for the rest."""
    return (OFFICE_ROLES if kind in BY_OFFICE else PLAIN_ROLES) + ALWAYS
