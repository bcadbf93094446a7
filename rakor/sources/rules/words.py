"""The closed lists of the sources."""

from enum import StrEnum


class ZoomState(StrEnum):
    """Where a Zoom report stands."""

    READING = "reading"
    REFUSED = "refused"
    READY = "ready"
    SAVING = "saving"


class AbsenceKind(StrEnum):
    """Why somebody who is not here is not simply missing."""

    EXCUSED = "excused"
    SICK = "sick"
