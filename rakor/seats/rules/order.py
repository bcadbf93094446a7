"""Protocol order: Ketua before Anggota before Sekretaris, office by office; never the alphabet (domain.md §2.7)."""


def protocol_key(office_sort_key: str, role_position: int, number: int) -> tuple[str, int, int]:
    """The key seats are sorted by: the office's place, the role's place in the event, the seat's number."""
    return (office_sort_key, role_position, number)


def seat_label(role: str, number: int, quota: int) -> str:
    """A seat's words: "Ketua"; where an office has several of a role, "Anggota Divisi 2"."""
    return f"{role} {number}" if quota > 1 else role
