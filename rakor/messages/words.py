"""The words on the screen for messages."""

from flask_babel import lazy_gettext as _l

from rakor.messages.models import MessageState
from rakor.messages.rules import Kind

KINDS = {
    Kind.CONFIRMATION: _l("Tiket dan tautan"),
    Kind.APPLIED: _l("Pendaftaran diterima"),
    Kind.WAITING: _l("Daftar tunggu"),
    Kind.PROMOTED: _l("Mendapat tempat"),
    Kind.REJECTED: _l("Tidak disetujui"),
    Kind.OFFERED: _l("Tempat ditawarkan"),
    Kind.LAPSED: _l("Tawaran lewat waktu"),
    Kind.LINK_REMINDER: _l("Tautan dikirim ulang"),
    Kind.CALENDAR: _l("Undangan kalender"),
    Kind.SEATS_TAKEN_BACK: _l("Kursi ditarik"),
}
# word, tone, icon
STATES = {
    MessageState.QUEUED: (_l("Menunggu dikirim"), "warn", "clock"),
    MessageState.KEPT: (_l("Disimpan di sini"), "info", "mail"),
    MessageState.SENT: (_l("Terkirim"), "ok", "check"),
    MessageState.FAILED: (_l("Tidak terkirim"), "bad", "alert"),
}
