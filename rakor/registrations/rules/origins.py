"""Where somebody comes from: an office of the list, an institution in words, or none; the region, and the category."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Origin:
    """``institution`` is empty for who comes without one; ``role_id`` is the category that quotas are made for."""

    office_id: UUID | None
    institution: str
    province_code: str | None
    regency_code: str | None
    role_id: UUID | None
