"""Why a sheet is not read, as the screen says it."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.sheets.reading import Refused

REFUSALS: dict[Refused, LazyString] = {
    Refused.EMPTY: _l("Berkas ini kosong."),
    Refused.TOO_LARGE: _l("Berkas lebih dari 10 MB. Bagi menjadi beberapa berkas."),
    Refused.NOT_A_TABLE: _l("Berkas ini bukan tabel XLSX atau CSV. Buka di Excel, lalu Simpan Sebagai .xlsx."),
    Refused.OLD_EXCEL: _l("Ini format Excel lama (.xls). Buka di Excel, lalu Simpan Sebagai .xlsx."),
    Refused.ENCRYPTED: _l("Berkas ini dikunci kata sandi. Lepas kata sandinya di Excel, lalu unggah lagi."),
    Refused.MACRO: _l("Berkas ini memuat makro. Simpan Sebagai .xlsx biasa, tanpa makro, lalu unggah lagi."),
    Refused.SWOLLEN: _l("Isi berkas ini mengembang jauh melebihi daftar orang. Salin barisnya ke berkas baru."),
    Refused.UNSAFE: _l("Berkas ini memuat bagian yang tidak pernah dibuat Excel. Salin barisnya ke berkas baru."),
    Refused.BROKEN: _l("Berkas ini rusak. Buka di Excel, lalu Simpan Sebagai berkas baru."),
    Refused.NO_ROWS: _l("Tidak ada baris yang terbaca di berkas ini."),
    Refused.TOO_SLOW: _l("Berkas ini terlalu lama dibaca. Salin barisnya ke berkas baru."),
}
