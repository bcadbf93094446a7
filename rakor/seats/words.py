"""Words of the seats' closed lists, as the screen says them (design.md, "Words on the screen")."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.events.rules import CostBearer
from rakor.registrations.rules import Mode
from rakor.seats.rules import AnswerDoor, Choice, ReadySet, Refused, SeatAnswer, Who
from rakor.seats.rules.papers import PaperProblem
from rakor.seats.rules.speaking import Speaking

CHOICES: dict[Choice, LazyString] = {
    Choice.ONSITE: _l("Luring"),
    Choice.ONLINE: _l("Daring"),
    Choice.DECLINE: _l("Tidak"),
}
CHOICES_EXPLAINED: dict[Choice, LazyString] = {
    Choice.ONSITE: _l("Luring: datang ke tempat"),
    Choice.ONLINE: _l("Daring: lewat Zoom"),
    Choice.DECLINE: _l("Tidak: kursi ini tidak terisi"),
}


@dataclass(frozen=True)
class AnswerLook:
    """An answer as a badge: word, tone and icon, always together."""

    word: LazyString
    tone: str
    mark: str


OPEN_LOOK = AnswerLook(_l("Belum menjawab"), "", "clock")
DECLINED_LOOK = AnswerLook(_l("Berhalangan"), "bad", "cross")
CONFIRMED_LOOKS: dict[Mode, AnswerLook] = {
    Mode.ONSITE: AnswerLook(_l("Hadir luring"), "ok", "check"),
    Mode.ONLINE: AnswerLook(_l("Hadir daring"), "ok", "check"),
}


def look_of(answer: SeatAnswer | None, mode: Mode | None) -> AnswerLook:
    """Return the badge of a seat."""
    if answer is SeatAnswer.DECLINED:
        return DECLINED_LOOK
    return CONFIRMED_LOOKS[mode] if answer is SeatAnswer.CONFIRMED and mode is not None else OPEN_LOOK


REFUSALS: dict[Refused, LazyString] = {
    Refused.CLOSED: _l("Batas waktu menjawab sudah lewat."),
    Refused.NOT_ALLOWED: _l("Pilihan ini tidak tersedia untuk kursi ini. Pilih yang lain."),
    Refused.CHOICE_MISSING: _l("Pilih luring, daring, atau tidak."),
    Refused.NOT_DELEGABLE: _l(
        "Kegiatan ini tidak menerima wakil. Bila pejabatnya memang berganti atau namanya keliru, nyatakan di sini; "
        "bila tidak, pilih Tidak atau hubungi panitia."
    ),
    Refused.SAME_AS_NOBODY: _l("Kursi yang ditunjuk belum berisi nama. Isi dahulu, atau tulis nama di sini."),
    Refused.MODE_NOT_SHARED: _l(
        "Satu orang mengikuti dengan satu cara, dan salah satu kursinya tidak menerima cara itu. "
        "Pilih cara yang lain, atau orang lain."
    ),
    Refused.NAME_MISSING: _l("Tulis nama, atau pilih Tidak."),
    Refused.NAME_TOO_SHORT: _l("Nama paling sedikit 2 huruf."),
    Refused.NAME_TOO_LONG: _l("Nama paling panjang 120 huruf, di luar gelar."),
    Refused.NAME_NO_LETTER: _l("Nama harus memuat huruf."),
    Refused.NAME_CONTROL_CHARACTER: _l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini."),
    Refused.REASON_MISSING: _l("Kursi ini wajib diisi. Tulis alasan bila tidak ada yang hadir."),
    Refused.REQUIRED_OPEN: _l("Kursi wajib: tulis nama, atau pilih Tidak dengan alasan."),
    Refused.REASON_TOO_LONG: _l("Alasan paling panjang 300 huruf."),
    Refused.REASON_CONTROL_CHARACTER: _l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini."),
    Refused.CHANGED_MEANWHILE: _l("Kursi ini baru saja dijawab dari perangkat lain. Isian Anda belum tersimpan."),
}

DOORS: dict[AnswerDoor, LazyString] = {
    AnswerDoor.NOT_YET: _l("Undangan ini belum diterbitkan. Jawaban dapat dikirim sesudah panitia menerbitkannya."),
    AnswerDoor.CLOSED: _l("Batas waktu menjawab sudah lewat. Jawaban Anda tersimpan dan tidak dapat diubah di sini."),
    AnswerDoor.CANCELLED: _l("Kegiatan ini dibatalkan. Tidak ada yang perlu dijawab."),
}

SPEAKING: dict[Speaking, LazyString] = {
    Speaking.ASKED: _l(
        "Belum tersimpan: kantor ini sudah dijawab dari ponsel lain. Tulis nomor yang pertama menjawab."
    ),
    Speaking.NO_NUMBER: _l("Belum tersimpan: kantor ini sudah dijawab dari ponsel lain. Minta panitia membukanya."),
    Speaking.WRONG: _l("Belum tersimpan: nomor itu bukan nomor yang pertama menjawab. Periksa, lalu kirim lagi."),
    Speaking.TOO_OFTEN: _l(
        "Belum tersimpan: terlalu banyak percobaan. Coba lagi 15 menit kemudian, atau minta panitia membukanya."
    ),
}

COSTS: dict[CostBearer, LazyString] = {
    CostBearer.ORGANIZER: _l("Perjalanan ditanggung penyelenggara."),
    CostBearer.OWN_OFFICE: _l("Perjalanan ditanggung kantor masing-masing."),
    CostBearer.PARTLY: _l("Perjalanan ditanggung sebagian oleh penyelenggara."),
    CostBearer.NONE: _l("Tidak ada perjalanan yang perlu dibiayai."),
}
DELEGATION: dict[bool, LazyString] = {
    True: _l("Kursi dapat diwakilkan."),
    False: _l("Kursi tidak dapat diwakilkan."),
}
WHO: dict[Who, LazyString] = {
    Who.DEPUTY: _l("Mewakili pejabatnya"),
    Who.HOLDER: _l("Pejabatnya berganti, atau yang lama keliru"),
    Who.SAME: _l("Orangnya sama, hanya ejaannya diperbaiki"),
}
PAPER_PROBLEMS: dict[PaperProblem, LazyString] = {
    PaperProblem.EMPTY: _l("Pilih berkasnya dahulu."),
    PaperProblem.TOO_HEAVY: _l("Berkas lebih dari 5 MB. Foto atau pindai ulang dengan ukuran lebih kecil."),
    PaperProblem.UNKNOWN: _l("Berkas ini bukan PDF yang utuh dan bukan foto JPEG atau PNG."),
    PaperProblem.LOCKED: _l("PDF ini terkunci, jadi panitia tidak dapat membukanya. Simpan ulang tanpa kunci."),
    PaperProblem.ACTIVE: _l("PDF ini memuat program. Cetak surat ke PDF baru, lalu unggah."),
    PaperProblem.TOO_LARGE: _l("Foto ini terlalu besar. Ambil ulang dengan ukuran lebih kecil."),
    PaperProblem.TOO_MANY: _l("Kantor ini sudah mengunggah 20 surat tugas. Hapus salah satu dahulu."),
}

READY_SETS: dict[ReadySet, LazyString] = {
    ReadySet.COMMISSION: _l("Lima kursi per kantor: Ketua, Anggota Divisi, Sekretaris, Kabag atau Kasubbag, Operator"),
    ReadySet.OFFICE: _l("Lima kursi per kantor: Kepala, Sekretaris, Kabid, Kasubbag, Operator"),
}
