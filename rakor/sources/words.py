"""The words of the sources on the screen."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.attendance.rules.words import Source
from rakor.sources.rules.words import AbsenceKind, ZoomState
from rakor.sources.rules.zoom_matching import Found
from rakor.sources.rules.zoom_report import ReportProblem

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
ZONES = {
    "Asia/Jakarta": _l("WIB (Jakarta)"),
    "Asia/Makassar": _l("WITA (Makassar)"),
    "Asia/Jayapura": _l("WIT (Jayapura)"),
    "UTC": _l("UTC"),
}
FOUND: dict[Found, LazyString] = {
    Found.EMAIL: _l("Cocok lewat email"),
    Found.NAME: _l("Cocok lewat kantor dan nama"),
    Found.CHOSEN: _l("Anda pilih"),
    Found.QUESTION: _l("Perlu ditanyakan"),
    Found.ROOM: _l("Layar kantor"),
    Found.NOBODY: _l("Tidak dikenali"),
}
REPORT_STATES = {
    ZoomState.READING: (_l("Sedang dibaca"), "info", "clock"),
    ZoomState.REFUSED: (_l("Tidak terbaca"), "bad", "cross"),
    ZoomState.READY: (_l("Siap"), "ok", "check"),
    ZoomState.SAVING: (_l("Sedang disimpan"), "info", "clock"),
}
REPORT_REFUSALS = {
    ReportProblem.NO_HEADING: _l("Baris judul tidak ditemukan: perlu kolom nama, dan kolom durasi atau waktu masuk."),
    ReportProblem.NO_ROWS: _l("Tidak ada peserta di laporan ini, selain tuan rumah dan ruang tunggu."),
    ReportProblem.TIMES: _l("Ada waktu masuk atau keluar yang tidak terbaca. Unduh ulang laporannya dari Zoom."),
}
NOT_A_TABLE = _l("Berkas ini bukan CSV atau XLSX yang utuh. Unduh ulang laporannya dari Zoom.")
