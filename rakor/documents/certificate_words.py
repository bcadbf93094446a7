"""The words on the screen for certificates."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from rakor.documents.certificate_models import RunKind
from rakor.documents.rules.certificates import Outcome, Standing, Validity

STANDINGS = {
    Standing.PARTICIPANT: lazy_pgettext("standing", "Peserta"),
    Standing.SPEAKER: lazy_pgettext("standing", "Narasumber"),
    Standing.MODERATOR: lazy_pgettext("standing", "Moderator"),
    Standing.COMMITTEE: lazy_pgettext("standing", "Panitia"),
}
# word, tone, icon
OUTCOMES = {
    Outcome.READY: (_l("Akan terbit"), "info", "clock"),
    Outcome.SHORT: (_l("Tidak memenuhi"), "", "minus"),
    Outcome.WITHHELD: (_l("Tidak diberi"), "bad", "cross"),
    Outcome.ISSUED: (_l("Sudah terbit"), "ok", "check"),
}
VALIDITIES = {
    Validity.VALID: (lazy_pgettext("certificate", "Berlaku"), "ok", "check-circle"),
    Validity.REVOKED: (_l("Dicabut"), "bad", "octagon"),
    Validity.UNKNOWN: (_l("Tidak dikenal"), "bad", "alert"),
}
RUNS = {
    RunKind.SAMPLE: _l("Contoh sertifikat"),
    RunKind.ISSUE: _l("Penerbitan sertifikat"),
    RunKind.BUNDLE: _l("ZIP semua sertifikat"),
}
