"""What the ready-made steps are called, what the data says of them, and which page does them."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from rakor.minutes.rules.preparation import State, Tally
from rakor.web.locale import number

TITLES: Mapping[str, LazyString] = {
    "terms": _l("Susun KAK (kerangka acuan kegiatan)"),
    "decree": _l("Terbitkan SK panitia"),
    "team": _l("Bentuk tim di aplikasi ini"),
    "venue": _l("Pastikan tempat"),
    "agenda": _l("Susun dan terbitkan agenda"),
    "speakers": _l("Pastikan narasumber dan moderator"),
    "letter": _l("Buat surat undangan"),
    "announced": _l("Umumkan kegiatan"),
    "invitations": _l("Kirim undangan ke kantor"),
    "places": _l("Isi tempat lewat formulir pendaftaran"),
    "names": _l("Kantor menamai pesertanya"),
    "answers": _l("Kantor mengonfirmasi kehadiran"),
    "assignments": _l("Kantor mengunggah surat tugas"),
    "rooms": _l("Susun daftar kamar"),
    "badges": _l("Cetak kartu peserta"),
    "links": _l("Pasang tautan Zoom"),
    "reminder": _l("Kirim pengingat kepada peserta"),
    "materials": _l("Kumpulkan materi narasumber"),
    "rehearsal": _l("Gladi meja registrasi"),
    "lists": _l("Kunci daftar hadir tiap hari"),
    "notes": _l("Setujui notula tiap sesi"),
    "conclusions": _l("Tulis kesimpulan dan rekomendasi"),
    "release": _l("Siarkan bahan rilis dan foto"),
    "certificates": _l("Terbitkan sertifikat"),
    "expenses": _l("Lengkapi berkas SPJ"),
    "report": _l("Susun laporan kegiatan"),
    "follow_ups": _l("Tagih tindak lanjut"),
}

SAID: Mapping[str, LazyString] = {
    "terms": _l("KAK terlampir pada laporan"),
    "decree": _l("SK terlampir pada laporan"),
    "team": _l("%(part)s orang dalam tim"),
    "venue": _l("tempat dan kota terisi"),
    "agenda": _l("%(part)s dari %(whole)s mata acara terbit"),
    "speakers": _l("%(part)s dari %(whole)s orang bersedia"),
    "letter": _l("surat dapat dilihat kantor"),
    "announced": _l("halaman umum terbuka"),
    "invitations": _l("undangan dikirim %(part)s dari %(whole)s"),
    "places": _l("terdaftar %(part)s dari %(whole)s tempat"),
    "names": _l("%(part)s dari %(whole)s kursi bernama atau berhalangan"),
    "answers": _l("%(part)s dari %(whole)s kursi menjawab"),
    "assignments": _l("%(part)s dari %(whole)s kantor lengkap"),
    "badges": _l("dicetak %(part)s dari %(whole)s"),
    "links": _l("%(part)s tautan Zoom terpasang"),
    "reminder": _l("%(part)s pesan dikirim"),
    "materials": _l("%(part)s dari %(whole)s orang menyerahkan materi"),
    "rehearsal": _l("%(part)s ponsel meja siap"),
    "lists": _l("%(part)s dari %(whole)s hari terkunci"),
    "notes": _l("%(part)s dari %(whole)s sesi disetujui"),
    "conclusions": _l("%(part)s butir tertulis"),
    "release": _l("%(part)s foto dan kutipan tersiar"),
    "certificates": _l("%(part)s sertifikat terbit"),
    "report": _l("laporan sudah disusun"),
    "follow_ups": _l("%(part)s dari %(whole)s selesai"),
}
SILENT_AT_ZERO = {"terms", "decree", "venue", "letter", "announced", "report"}
"""Their sentences say only that something is there."""

PAGES: Mapping[str, tuple[str, str]] = {
    "terms": ("activity_report.show", "annexes"),
    "decree": ("activity_report.show", "annexes"),
    "team": ("events.show_team", ""),
    "venue": ("events.show_settings", "where"),
    "agenda": ("agenda.index", ""),
    "speakers": ("speakers.index", ""),
    "letter": ("seats.letter", ""),
    "announced": ("events.show_setup", ""),
    "invitations": ("seats.office_links", ""),
    "places": ("pools.show", ""),
    "names": ("seats.offices_page", ""),
    "answers": ("reports.missing", ""),
    "assignments": ("lacking.show", ""),
    "rooms": ("people.show_list", ""),
    "badges": ("badges.index", ""),
    "links": ("events.show_channels", ""),
    "reminder": ("messages.campaigns", ""),
    "materials": ("speakers.index", ""),
    "rehearsal": ("checkin.show_desks", ""),
    "lists": ("documents.index", ""),
    "notes": ("minutes.index", ""),
    "conclusions": ("conclusions.show", ""),
    "release": ("release.index", ""),
    "certificates": ("certificates.index", ""),
    "expenses": ("activity_report.show", "annexes"),
    "report": ("activity_report.show", ""),
    "follow_ups": ("follow_ups.show", ""),
}
"""Where each step is done: an endpoint that takes the event's id, and a place on its page."""

LOOKS: Mapping[State, tuple[str, str, LazyString]] = {
    State.DONE: ("ok", "check", lazy_pgettext("step", "Selesai")),
    State.LATE: ("bad", "alert", _l("Terlambat")),
    State.TODAY: ("warn", "clock", _l("Hari ini")),
    State.COMING: ("", "calendar", _l("Akan datang")),
}


def said(ready_key: str, tally: Tally | None) -> str:
    """Return what the data says of a step: "undangan dikirim 548 dari 552"; "" where it says nothing."""
    if tally is None or ready_key not in SAID or (tally.part == 0 and ready_key in SILENT_AT_ZERO):
        return ""
    words = str(SAID[ready_key]) % {"part": number(tally.part), "whole": number(tally.whole)}
    return words if tally.whole or tally.part else ""
