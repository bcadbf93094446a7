"""Words of what can be wrong with a pasted contact."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.seats.rules.contact_rows import RowProblem

ROW_PROBLEMS: dict[RowProblem, LazyString] = {
    RowProblem.OFFICE_MISSING: _l("Kolom kantor kosong."),
    RowProblem.OFFICE_UNKNOWN: _l("Kantor ini tidak ada di daftar. Pakai kode atau nama lengkapnya."),
    RowProblem.OFFICE_AMBIGUOUS: _l("Kantor mana? Ganti dengan salah satu:"),
    RowProblem.NAME_MISSING: _l("Nama narahubung kosong."),
    RowProblem.NAME_BAD: _l("Nama ini tidak dapat dibaca."),
    RowProblem.PHONE_BAD: _l("Nomor telepon keliru."),
    RowProblem.EMAIL_BAD: _l("Alamat email keliru."),
    RowProblem.NOTHING_TO_REACH: _l("Tidak ada nomor atau email."),
    RowProblem.TWICE: _l("Sudah ada di baris sebelumnya."),
}
