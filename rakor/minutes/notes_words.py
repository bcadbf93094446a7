"""The words of minutes on the screen."""

from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.minutes.rules.content import Signer
from rakor.minutes.rules.standing import Hindrance
from rakor.minutes.rules.words import NoteKind, State
from rakor.minutes.store.notes import Outcome
from rakor.web import times
from rakor.web.locale import language

KINDS: dict[NoteKind, LazyString] = {
    NoteKind.OPENING: _l("Pembukaan"),
    NoteKind.DISCUSSION: _l("Pembahasan"),
    NoteKind.QUESTION: _l("Pertanyaan"),
    NoteKind.ANSWER: _l("Jawaban"),
    NoteKind.NOTE: _l("Catatan"),
    NoteKind.CLOSING: _l("Penutup"),
}

STATES: dict[State, tuple[LazyString, str, str]] = {
    State.DRAFT: (_l("Draf"), "warn", "edit"),
    State.REVIEWED: (_l("Sudah diperiksa"), "info", "eye"),
    State.APPROVED: (_l("Disahkan"), "ok", "lock"),
}
"""The word of a state, the tone of its badge, its icon."""

HINDRANCES: dict[Hindrance, LazyString] = {
    Hindrance.LOCKED: _l("Notula ini sudah disahkan dan terkunci. Buka versi baru untuk mengubahnya."),
    Hindrance.NOT_LOCKED: _l("Versi ini belum disahkan, jadi masih dapat diubah langsung."),
    Hindrance.CONFLICT: _l("Ada butir dengan dua isi. Pilih dahulu isi yang berlaku, lalu ulangi."),
    Hindrance.EMPTY: _l("Notula ini belum berisi. Tulis dahulu butirnya."),
    Hindrance.NOT_REVIEWED: _l("Notula ini belum ditandai sudah diperiksa."),
    Hindrance.CHANGED: _l("Notula berubah sejak halaman ini dibuka, jadi belum disahkan. Baca lagi, lalu sahkan."),
    Hindrance.NOBODY_SIGNS: _l("Isi dahulu nama pimpinan dan notulis pada kepala notula."),
}

REFUSALS: dict[Outcome, LazyString] = {
    Outcome.LOCKED: _l(
        "Notula ini sudah disahkan dan terkunci; butir ini belum masuk. Buka versi baru, lalu simpan lagi."
    ),
    Outcome.TAKEN: _l("Butir ini sudah tersimpan dengan isi lain. Muat ulang halaman, lalu tulis lagi."),
}

HEAD_WORDS = {
    "meeting": _l("Kegiatan"), "session": _l("Sesi"), "agenda": _l("Agenda"), "held_on": _l("Hari, tanggal"),
    "zone": _l("Zona waktu"), "opened_at": _l("Dibuka"), "closed_at": _l("Ditutup"), "place": _l("Tempat"),
    "chair": _l("Pimpinan"), "secretary": _l("Sekretaris"), "taker": _l("Notulis"),
}  # fmt: skip


def head_words(value: object, zone: str) -> str:
    """Return a part of the head in words; a number (NIP) is not told."""
    if isinstance(value, Signer):
        return ", ".join(filter(None, (value.name, value.post, value.rank))) or "–"
    return times.clock_zone(value, zone, language()) if isinstance(value, datetime) else str(value or "–")
