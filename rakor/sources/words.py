"""The words of the sources on the screen."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.attendance.rules.words import Source
from rakor.sources.rules.words import AbsenceKind

SOURCES: dict[Source, LazyString] = {
    Source.DESK_SCAN: _l("Meja"),
    Source.SELF_SCAN: _l("Pindai sendiri"),
    Source.CODE_WORD: _l("Kata kunci"),
    Source.LINK: _l("Tautan"),
    Source.ZOOM: _l("Zoom"),
    Source.VIEWING_GROUP: _l("Mengikuti bersama"),
    Source.MANUAL: _l("Dicatat petugas"),
    Source.AUTO: _l("Otomatis"),
}
ABSENCES: dict[AbsenceKind, LazyString] = {AbsenceKind.EXCUSED: _l("Izin"), AbsenceKind.SICK: _l("Sakit")}
