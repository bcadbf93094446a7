"""The words on the screen for messages."""

from flask_babel import lazy_gettext as _l

from rakor.messages.models import MessageState
from rakor.messages.rules import Kind
from rakor.messages.rules.campaigns import Audience, CampaignState, Nature, Timing
from rakor.messages.rules.rounds import Over

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
    Kind.SEATS_CHANGED: _l("Undangan berubah"),
    Kind.CERTIFICATE: _l("Sertifikat terbit"),
    Kind.FOLLOW_UP: _l("Tindak lanjut"),
    Kind.CAMPAIGN: _l("Pesan panitia"),
    Kind.CAMPAIGN_TRIAL: _l("Uji coba pesan"),
}
# word, tone, icon
STATES = {
    MessageState.QUEUED: (_l("Menunggu dikirim"), "warn", "clock"),
    MessageState.KEPT: (_l("Disimpan di sini"), "info", "mail"),
    MessageState.SENT: (_l("Terkirim"), "ok", "check"),
    MessageState.FAILED: (_l("Tidak terkirim"), "bad", "alert"),
    MessageState.DROPPED: (_l("Tidak perlu lagi"), "", "check"),
}
REASONS = {
    "no_address": _l("tanpa alamat email"),
    "recipient_gone": _l("penerima sudah dihapus"),
    "not_written": _l("pesannya tidak dapat disusun; panggil pengelola sistem"),
}
"""Our own words for why a message did not leave; anything else is what a server said."""

AUDIENCES = {Audience.PEOPLE: _l("Peserta"), Audience.OFFICES: _l("Kantor yang diundang")}
NATURES = {
    Nature.SERVICE: _l("Pesan layanan: perlu untuk ikut acara, selalu sampai"),
    Nature.BROADCAST: _l("Kabar umum: penerima dapat berhenti menerimanya"),
}
TIMINGS = {
    Timing.NOW: _l("Sekarang"),
    Timing.AT: _l("Pada waktu tertentu"),
    Timing.BEFORE_DEADLINE: _l("Sebelum batas jawab"),
    Timing.BEFORE_SESSION: _l("Sebelum sesi mulai"),
}
LEADS = {
    1: _l("1 jam sebelumnya"),
    2: _l("2 jam sebelumnya"),
    6: _l("6 jam sebelumnya"),
    12: _l("12 jam sebelumnya"),
    24: _l("1 hari sebelumnya"),
    48: _l("2 hari sebelumnya"),
    72: _l("3 hari sebelumnya"),
    168: _l("7 hari sebelumnya"),
}
# word, tone, icon
CAMPAIGN_STATES = {
    CampaignState.DRAFT: (_l("Konsep"), "", "edit"),
    CampaignState.SCHEDULED: (_l("Dijadwalkan"), "info", "clock"),
    CampaignState.SENDING: (_l("Sedang disiapkan"), "warn", "again"),
    CampaignState.SENT: (_l("Selesai ditulis"), "ok", "check"),
    CampaignState.MISSED: (_l("Terlewat, tidak dikirim"), "bad", "alert"),
}
SEATS = {"seated": _l("Memegang kursi undangan"), "unseated": _l("Tanpa kursi undangan")}
PRESENCES = {"present": _l("Hadir"), "absent": _l("Belum hadir")}
PLACEHOLDERS = {
    "nama": _l("nama dan gelar penerima"),
    "jabatan": _l("jabatan atau perannya"),
    "kantor": _l("kantor atau instansinya"),
    "cara": _l("luring atau daring"),
    "kursi_terbuka": _l("jumlah kursi yang belum dijawab"),
    "provinsi": _l("nama provinsi"),
    "jumlah_kantor": _l("jumlah kantor di provinsi itu"),
    "belum_menjawab": _l("jumlah kantornya yang belum menjawab"),
    "kegiatan": _l("nama kegiatan"),
    "tanggal": _l("tanggal kegiatan"),
    "tempat": _l("tempat kegiatan"),
    "batas_jawab": _l("batas jawab kantor, dengan waktu penerima"),
    "sesi": _l("judul sesi yang dipilih"),
    "waktu_sesi": _l("waktu sesi itu, dengan waktu penerima"),
    "narahubung": _l("narahubung panitia"),
    "tautan": _l("tautan halaman penerima sendiri"),
}
OVERS = {Over.OFFICES: _l("Kantor"), Over.PROVINCES: _l("Provinsi")}
