"""Words of the letter's closed lists."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.events.models import PassedOnBy
from rakor.seats.rules.letters import LetterNature, PdfProblem
from rakor.seats.rules.ways import LinkState

NATURES: dict[LetterNature, LazyString] = {
    LetterNature.ORDINARY: _l("Biasa"),
    LetterNature.IMPORTANT: _l("Penting"),
    LetterNature.URGENT: _l("Segera"),
    LetterNature.CONFIDENTIAL: _l("Rahasia"),
}
PDF_PROBLEMS: dict[PdfProblem, LazyString] = {
    PdfProblem.EMPTY: _l("Pilih berkasnya dahulu."),
    PdfProblem.TOO_HEAVY: _l("Berkas lebih dari 10 MB. Pindai ulang dengan ukuran lebih kecil."),
    PdfProblem.NOT_A_PDF: _l("Berkas ini bukan PDF yang utuh. Simpan surat sebagai PDF, lalu unggah lagi."),
    PdfProblem.LOCKED: _l("PDF ini terkunci, jadi kantor tidak dapat membukanya. Simpan ulang tanpa kunci."),
    PdfProblem.ACTIVE: _l("PDF ini memuat program. Cetak surat ke PDF baru, lalu unggah."),
}
LINK_STATES: dict[LinkState, LazyString] = {
    LinkState.NOT_PASSED_ON: _l("Belum diteruskan"),
    LinkState.NOT_OPENED: _l("Belum dibuka"),
    LinkState.SILENT: _l("Belum menjawab"),
}
PASSED_ON: dict[PassedOnBy, LazyString] = {
    PassedOnBy.CENTRE: _l("oleh pusat"),
    PassedOnBy.PROVINCE: _l("oleh provinsi"),
}
