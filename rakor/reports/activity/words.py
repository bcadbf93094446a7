"""What the report's parts are called on the screen and on paper."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.reports.activity.rules import AnnexKind, Section

TITLES: Mapping[Section, str] = {
    Section.BACKGROUND: "Latar belakang",
    Section.LEGAL_BASIS: "Dasar hukum",
    Section.PURPOSE: "Maksud dan tujuan",
    Section.SCOPE: "Ruang lingkup",
    Section.PARTICIPANTS: "Panitia dan peserta",
    Section.SPEAKERS: "Narasumber dan moderator",
    Section.TIME_PLACE: "Waktu dan tempat",
    Section.MATERIALS: "Materi",
    Section.COST: "Biaya",
    Section.DISCUSSION: "Hasil diskusi",
    Section.EVALUATION: "Evaluasi",
    Section.CONCLUSIONS: "Kesimpulan",
    Section.RECOMMENDATIONS: "Saran dan rekomendasi",
}
"""As they stand on paper, which is in Indonesian."""

SHOWN: Mapping[Section, LazyString] = {
    Section.BACKGROUND: _l("Latar belakang"),
    Section.LEGAL_BASIS: _l("Dasar hukum"),
    Section.PURPOSE: _l("Maksud dan tujuan"),
    Section.SCOPE: _l("Ruang lingkup"),
    Section.PARTICIPANTS: _l("Panitia dan peserta"),
    Section.SPEAKERS: _l("Narasumber dan moderator"),
    Section.TIME_PLACE: _l("Waktu dan tempat"),
    Section.MATERIALS: _l("Materi"),
    Section.COST: _l("Biaya"),
    Section.DISCUSSION: _l("Hasil diskusi"),
    Section.EVALUATION: _l("Evaluasi"),
    Section.CONCLUSIONS: _l("Kesimpulan"),
    Section.RECOMMENDATIONS: _l("Saran dan rekomendasi"),
}

HINTS: Mapping[Section, LazyString] = {
    Section.BACKGROUND: _l("Mengapa kegiatan ini diadakan: keadaan, masalah, dan perintah yang mendasarinya."),
    Section.LEGAL_BASIS: _l("Peraturan, satu tiap baris, diawali “1.” Nomor surat undangan terisi sendiri."),
    Section.PURPOSE: _l("Yang hendak dicapai. Bila kosong, diambil dari keterangan kegiatan."),
    Section.SCOPE: _l("Batas pembahasan. Jumlah kantor, hari, dan sesi terisi sendiri."),
    Section.PARTICIPANTS: _l("Catatan tentang panitia atau peserta. Angka dan nama terisi sendiri."),
    Section.SPEAKERS: _l("Catatan tambahan. Nama, jabatan, dan mata acara terisi sendiri."),
    Section.TIME_PLACE: _l("Catatan tambahan. Hari, tempat, dan susunan acara terisi sendiri."),
    Section.MATERIALS: _l("Ringkasan materi. Daftarnya terisi sendiri."),
    Section.COST: _l("Sumber dan jumlah biaya. Hanya bagian ini yang tidak dapat diisi dari data."),
    Section.DISCUSSION: _l("Catatan tambahan. Isi notula yang sudah disetujui terisi sendiri."),
    Section.EVALUATION: _l("Yang berjalan baik dan yang perlu diperbaiki. Angka kehadiran terisi sendiri."),
    Section.CONCLUSIONS: _l("Catatan tambahan. Kesimpulan dan keputusan terisi sendiri."),
    Section.RECOMMENDATIONS: _l("Saran panitia. Rekomendasi rapat terisi sendiri."),
}

ANNEXES: Mapping[AnnexKind, LazyString] = {
    AnnexKind.TERMS: _l("KAK (kerangka acuan kegiatan)"),
    AnnexKind.DECREE: _l("SK panitia"),
    AnnexKind.LETTER: _l("Surat undangan"),
    AnnexKind.CV: _l("CV narasumber"),
    AnnexKind.EXPENSES: _l("Berkas SPJ"),
    AnnexKind.OTHER: _l("Lampiran lain"),
}
