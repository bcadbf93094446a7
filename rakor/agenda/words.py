"""Words of the agenda's closed lists."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.agenda.rules import AgendaKind, ClashKind, ItemProblem, Visibility

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

CLASHES: dict[ClashKind, LazyString] = {
    ClashKind.ROOM: _l("%(what)s dipakai bersamaan"),
    ClashKind.SPEAKER: _l("%(what)s berada di dua tempat"),
}
