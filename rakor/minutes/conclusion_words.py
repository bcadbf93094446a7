"""The words on the screen for conclusions."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from rakor.minutes.rules.conclusions import ConclusionKind, ConclusionProblem

KINDS = {
    ConclusionKind.CONCLUSION: lazy_pgettext("conclusion", "Kesimpulan"),
    ConclusionKind.RECOMMENDATION: _l("Rekomendasi"),
    ConclusionKind.DECISION: _l("Keputusan"),
}
PROBLEMS = {
    ConclusionProblem.GONE: _l("Tidak ada yang berubah: butir ini sudah ditarik."),
    ConclusionProblem.LOCKED: _l(
        "Notula sesinya sudah disetujui, jadi butirnya terkunci. Buka versi baru notula dahulu."
    ),
    ConclusionProblem.APPROVED: _l("Butir ini sudah disetujui. Cabut persetujuannya dahulu."),
    ConclusionProblem.OF_SESSION: _l("Butir dari sebuah sesi disetujui bersama notula sesinya."),
    ConclusionProblem.AT_END: _l("Tidak ada butir lain untuk bertukar nomor."),
}
# what was done to one, from the audit log
ACTIONS = {
    "conclusion.add": _l("Ditulis"),
    "conclusion.change": _l("Diubah"),
    "conclusion.move": _l("Nomor ditukar"),
    "conclusion.withdraw": _l("Ditarik"),
    "conclusion.approve": _l("Disetujui"),
    "conclusion.unapprove": _l("Persetujuan dicabut"),
}
FIELDS = {
    "kind": _l("jenis"),
    "text": _l("isi"),
    "agenda_item_id": _l("sesi"),
    "is_public": _l("untuk siapa"),
}
