"""Words of the registration's closed lists, as the screen says them (design.md, "Words on the screen")."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.registrations.models import RegistrationSource
from rakor.registrations.rules import (
    EmailProblem,
    Mode,
    NameProblem,
    PhoneProblem,
    Refusal,
    RegistrationState,
)


@dataclass(frozen=True)
class StateLook:
    """A state as a badge: word, tone and icon, always together."""

    word: LazyString
    tone: str
    mark: str


STATES: dict[RegistrationState, StateLook] = {
    RegistrationState.APPLIED: StateLook(_l("Pendaftar"), "info", "clock"),
    RegistrationState.WAITING: StateLook(_l("Menunggu tempat"), "warn", "clock"),
    RegistrationState.REGISTERED: StateLook(_l("Terdaftar"), "ok", "check"),
    RegistrationState.CONFIRMED: StateLook(_l("Konfirmasi"), "ok", "check"),
    RegistrationState.DECLINED: StateLook(_l("Berhalangan"), "bad", "cross"),
    RegistrationState.REJECTED: StateLook(_l("Tidak disetujui"), "bad", "cross"),
    RegistrationState.CANCELLED: StateLook(_l("Tidak jadi hadir"), "", "cross"),
}

MODES: dict[Mode, LazyString] = {Mode.ONSITE: _l("Luring"), Mode.ONLINE: _l("Daring")}
MODES_EXPLAINED: dict[Mode, LazyString] = {
    Mode.ONSITE: _l("Luring (datang ke tempat)"),
    Mode.ONLINE: _l("Daring (Zoom)"),
}
MISSING: dict[str, LazyString] = {
    "phone": _l("Nomor WhatsApp"),
    "email": _l("Email"),
    "nip": _l("NIP (PNS dan PPPK)"),
    "employment": _l("Status kepegawaian"),
    "answers": _l("Pertanyaan yang wajib"),
}
MODE_MARKS = {Mode.ONSITE: "pin", Mode.ONLINE: "video"}
MODE_TONES = {Mode.ONSITE: "", Mode.ONLINE: "info"}

SOURCES: dict[RegistrationSource, LazyString] = {
    RegistrationSource.SEAT: _l("Kursi undangan"),
    RegistrationSource.OPEN: _l("Pendaftaran terbuka"),
    RegistrationSource.WALK_IN: _l("Datang langsung"),
    RegistrationSource.IMPORT: _l("Impor"),
    RegistrationSource.ORGANIZER: _l("Didaftarkan panitia"),
}

NAME_PROBLEMS: dict[NameProblem, LazyString] = {
    NameProblem.TOO_SHORT: _l("Nama paling sedikit 2 huruf."),
    NameProblem.TOO_LONG: _l("Nama paling panjang 120 huruf, di luar gelar."),
    NameProblem.NO_LETTER: _l("Nama harus memuat huruf."),
    NameProblem.CONTROL_CHARACTER: _l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini."),
}

PHONE_PROBLEMS: dict[PhoneProblem, LazyString] = {
    PhoneProblem.EMPTY: _l("Isian ini wajib."),
    PhoneProblem.NOT_A_NUMBER: _l("Tulis nomornya saja. Contoh: 0812 0000 0147."),
    PhoneProblem.SEVERAL: _l("Tulis satu nomor saja."),
    PhoneProblem.EXCEL_SCIENTIFIC: _l("Nomor ini rusak oleh Excel. Ketik ulang lengkap."),
    PhoneProblem.TOO_SHORT: _l("Nomor kurang panjang. Contoh: 0812 0000 0147."),
    PhoneProblem.TOO_LONG: _l("Nomor terlalu panjang. Contoh: 0812 0000 0147."),
    PhoneProblem.NOT_IN_USE: _l("Tidak ada nomor seperti ini. Periksa angkanya."),
}

EMAIL_PROBLEMS: dict[EmailProblem, LazyString] = {
    EmailProblem.EMPTY: _l("Isian ini wajib."),
    EmailProblem.NO_AT: _l("Email memerlukan tanda @. Contoh: nama@contoh.id."),
    EmailProblem.LOCAL_PART: _l("Bagian sebelum @ tidak dapat dibaca. Contoh: nama@contoh.id."),
    EmailProblem.DOMAIN: _l("Bagian sesudah @ tidak dapat dibaca. Contoh: nama@contoh.id."),
    EmailProblem.SEVERAL: _l("Tulis satu alamat email saja."),
    EmailProblem.TOO_LONG: _l("Alamat email terlalu panjang."),
}

REFUSALS: dict[Refusal, LazyString] = {
    Refusal.ALREADY: _l("Sudah dilakukan sebelumnya; tidak ada yang berubah."),
    Refusal.NOT_APPROVED: _l("Pendaftaran ini belum disetujui."),
    Refusal.ON_WAITING_LIST: _l("Orang ini masih di daftar tunggu."),
    Refusal.NOT_APPLIED: _l("Pendaftaran ini tidak sedang menunggu persetujuan."),
    Refusal.NOT_WAITING: _l("Orang ini tidak sedang di daftar tunggu."),
    Refusal.NOT_CONFIRMED: _l("Belum ada konfirmasi yang dapat dicabut."),
    Refusal.NOT_CANCELLED: _l("Pendaftaran ini tidak dibatalkan."),
    Refusal.REJECTED: _l("Pendaftaran ini tidak disetujui."),
    Refusal.CANCELLED: _l("Pendaftaran ini sudah berakhir."),
    Refusal.OFFER_OVER: _l("Tawaran tempat ini sudah lewat; tempatnya sudah diberikan kepada urutan berikutnya."),
}

ACTIONS: dict[str, LazyString] = {
    "registration.create": _l("Pendaftaran dibuat"),
    "registration.approve": _l("Disetujui"),
    "registration.placing": _l("Kamar atau meja diubah"),
    "registration.queue": _l("Disetujui, masuk daftar tunggu"),
    "registration.promote": _l("Mendapat tempat dari daftar tunggu"),
    "registration.cancel": _l("Tidak jadi hadir"),
    "registration.restore": _l("Kembali ikut; tiket baru terbit"),
    "registration.reject": _l("Tidak disetujui"),
    "registration.offer": _l("Tempat ditawarkan"),
    "registration.accept": _l("Tawaran tempat diambil"),
    "registration.lapse": _l("Tawaran tempat lewat waktu, pindah ke akhir antrean"),
    "registration.pool": _l("Pindah kuota"),
    "registration.answers": _l("Isian tambahan dibetulkan"),
    "registration.mode": _l("Moda diubah"),
    "registration.two_people": _l("Dibedakan dari orang lain yang senama"),
    "registration.name": _l("Nama dibetulkan"),
    "registration.contact": _l("Kontak dibetulkan"),
    "registration.work": _l("Data kepegawaian dibetulkan"),
    "registration.origin": _l("Instansi atau wilayah diubah"),
    "registration.number": _l("Nomornya dibuka untuk WhatsApp"),
    "registration.export": _l("Diekspor"),
    "registration.link": _l("Tautan dikirim ulang"),
    "ticket.revoke": _l("Tiket lama dimatikan"),
    "ticket.issue": _l("Tiket baru diterbitkan"),
    "badge.print": _l("Kartu dicetak"),
    "certificate.name_check": _l("Nama untuk sertifikat diperiksa"),
    "certificate.rule": _l("Keputusan tentang sertifikat"),
}

ACTORS: dict[str, LazyString] = {
    "link": _l("melalui tautan"),
    "anonymous": _l("melalui pendaftaran terbuka"),
    "system": _l("sistem"),
    "device": _l("meja"),
    "user": _l("pengguna"),
}
