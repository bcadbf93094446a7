"""The closed lists of the sources."""

from enum import StrEnum


class AbsenceKind(StrEnum):
    """Why somebody who is not here is not simply missing."""

    EXCUSED = "excused"
    SICK = "sick"
