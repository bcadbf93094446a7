"""Words of the agenda's closed lists."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.agenda.rules import AgendaKind, ItemProblem, Visibility
from rakor.agenda.rules.versions import Field
from rakor.agenda.rules.warnings import WarningKind

KINDS: dict[AgendaKind, LazyString] = {
    AgendaKind.REGISTRATION: _l("Registrasi ulang"),
    AgendaKind.CEREMONY: _l("Pembukaan"),
    AgendaKind.REPORT: _l("Laporan"),
    AgendaKind.REMARKS: _l("Sambutan"),
    AgendaKind.DIRECTIVE: _l("Arahan"),
    AgendaKind.SESSION: _l("Sesi"),
    AgendaKind.PANEL: _l("Diskusi panel"),
    AgendaKind.BREAKOUT: _l("Diskusi kelompok"),
    AgendaKind.QNA: _l("Tanya jawab"),
    AgendaKind.BREAK: _l("Istirahat, salat, makan"),
    AgendaKind.AWARDS: _l("Penghargaan"),
    AgendaKind.CLOSING: _l("Penutupan"),
    AgendaKind.OTHER: _l("Mata acara lain"),
}

VISIBILITY: dict[Visibility, LazyString] = {
    Visibility.PUBLIC: _l("Umum"),
    Visibility.PARTICIPANTS: _l("Peserta saja"),
    Visibility.ORGANIZERS: _l("Panitia saja"),
}

PROBLEMS: dict[ItemProblem, LazyString] = {
    ItemProblem.ENDS_BEFORE_START: _l("Jam selesai harus sesudah jam mulai."),
    ItemProblem.ONLY_ONE_TIME: _l("Isi jam mulai dan jam selesai, atau kosongkan keduanya."),
    ItemProblem.OUTSIDE_DAY: _l("Jam ini di luar hari yang dipilih."),
}

# what a warning says, and the icon beside it; %(what)s is a room, a person or an item
WARNINGS: dict[WarningKind, tuple[LazyString, str]] = {
    WarningKind.ROOM: (_l("%(what)s dipakai bersamaan"), "door"),
    WarningKind.SPEAKER: (_l("%(what)s berada di dua tempat"), "alert"),
    WarningKind.TOO_SMALL: (_l("%(what)s terlalu kecil"), "users"),
    WarningKind.OUTSIDE_DAY: (_l("%(what)s di luar harinya"), "calendar"),
    WarningKind.NO_PRAYER: (_l("Belum ada jeda salat"), "clock"),
    WarningKind.NO_MODERATOR: (_l("Moderator belum ada"), "mic"),
}

# a changed field beside the item's name; a new time or room needs no name
FIELDS: dict[Field, LazyString] = {
    Field.TITLE: _l("judul"),
    Field.TOPIC: _l("topik"),
    Field.SPEAKERS: _l("narasumber"),
    Field.MODERATORS: _l("moderator"),
    Field.KIND: _l("jenis"),
    Field.AUDIENCE: _l("untuk"),
    Field.CAPACITY: _l("kapasitas"),
    Field.VISIBILITY: _l("terlihat oleh"),
    Field.ATTENDANCE: _l("presensi"),
    Field.JP: _l("dihitung JP"),
    Field.IN_CHARGE: _l("PJ"),
    Field.NOTE: _l("keterangan"),
}

# the same for a text in groups, which is always Indonesian
SPOKEN: dict[Field, str] = {
    Field.ROOM: "Tempat",
    Field.TITLE: "Judul",
    Field.TOPIC: "Topik",
    Field.SPEAKERS: "Narasumber",
    Field.MODERATORS: "Moderator",
}
