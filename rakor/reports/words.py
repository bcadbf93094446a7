"""Words of the summary: verdicts as badges, sources as places."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.attendance.rules.words import Verdict
from rakor.sources.words import SOURCES


@dataclass(frozen=True)
class Look:
    """A word with its tone and icon."""

    word: LazyString
    tone: str
    mark: str


VERDICTS: dict[Verdict, Look] = {
    Verdict.IN: Look(_l("Masuk"), "ok", "check"),
    Verdict.OUT: Look(_l("Sudah keluar"), "", "door"),
    Verdict.ALREADY: Look(_l("Sudah masuk"), "warn", "again"),
    Verdict.CHECK: Look(_l("Perlu diperiksa"), "warn", "alert"),
    Verdict.UNKNOWN: Look(_l("Perlu diperiksa"), "bad", "alert"),
    Verdict.OTHER_EVENT: Look(_l("Bukan acara ini"), "bad", "cross"),
    Verdict.OLD_CARD: Look(_l("Kartu lama"), "bad", "cross"),
    Verdict.REVOKED: Look(_l("Tiket dicabut"), "bad", "cross"),
    Verdict.HELD: Look(_l("Ditahan"), "bad", "octagon"),
    Verdict.RECORDED: Look(_l("Tercatat"), "", "check"),
}

__all__ = ["SOURCES", "VERDICTS", "Look"]
