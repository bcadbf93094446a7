"""Words about speakers and what they hand in."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.agenda.material_rules import MaterialProblem, SpeakerAnswer

ANSWERS: dict[SpeakerAnswer, tuple[LazyString, str, str]] = {
    SpeakerAnswer.ACCEPTED: (_l("Bersedia"), "ok", "check"),
    SpeakerAnswer.DECLINED: (_l("Berhalangan"), "bad", "cross"),
}
"""Word, tone and icon."""

PROBLEMS: dict[MaterialProblem, LazyString] = {
    MaterialProblem.NOTHING: _l("Pilih berkas, atau isi tautannya."),
    MaterialProblem.TOO_HEAVY: _l("Berkas lebih dari 50 MB. Kecilkan gambar di dalamnya, atau kirim tautan."),
    MaterialProblem.UNKNOWN: _l("Jenis berkas ini tidak diterima. Kirim PPTX, PDF, ODP, DOCX, XLSX, JPG, atau PNG."),
    MaterialProblem.OLD: _l("Ini berkas PowerPoint atau Office lama. Simpan sebagai .pptx, lalu kirim lagi."),
    MaterialProblem.BROKEN: _l("Isi berkas rusak atau tidak utuh. Buka, simpan lagi, lalu kirim lagi."),
    MaterialProblem.SWOLLEN: _l("Isi berkas jauh lebih besar daripada berkasnya. Simpan ulang tanpa isi tersembunyi."),
    MaterialProblem.LOCKED: _l("Berkas terkunci kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
    MaterialProblem.MACRO: _l("Berkas membawa program (makro, skrip, atau lampiran). Simpan tanpa itu, misalnya PDF."),
    MaterialProblem.TOO_LARGE: _l("Gambar lebih dari 24 juta titik. Perkecil dahulu."),
    MaterialProblem.NO_ADDRESS: _l("Tautan harus dimulai dengan https:// dan tanpa spasi."),
    MaterialProblem.TOO_MANY: _l("Jumlah berkas atau versi sudah penuh. Hubungi panitia."),
    MaterialProblem.FULL: _l("Ruang untuk materi Anda sudah penuh (1 GB). Hubungi panitia."),
    MaterialProblem.CHANGED: _l("Yang sampai tidak sama dengan berkas di perangkat Anda. Kirim lagi dari awal."),
}

PHOTO_PROBLEMS: dict[MaterialProblem, LazyString] = {
    MaterialProblem.NOTHING: _l("Pilih berkasnya dahulu."),
    MaterialProblem.TOO_HEAVY: _l("Foto lebih dari 8 MB. Perkecil dahulu."),
    MaterialProblem.BROKEN: _l("Berkas ini bukan foto PNG atau JPEG yang utuh."),
    MaterialProblem.TOO_LARGE: PROBLEMS[MaterialProblem.TOO_LARGE],
}
