"""Who gets a certificate, and who owes a letter of assignment, as they leave as workbooks: names, no number."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.documents.certificate_pages import UNCHECKED, chosen, judged
from rakor.documents.certificate_words import OUTCOMES, STANDINGS
from rakor.documents.rules.certificates import Candidate, Verdict
from rakor.documents.store.lacking import lacking_letters
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.sheets import Cell, Column

SHOWN = {str(word): look[0] for word, look in OUTCOMES.items()} | {UNCHECKED: _l("Belum memeriksa nama")}


def _earning(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Nama"), 40),
        Column(_("Sebagai"), 16),
        Column(_("Kantor"), 40),
        *(Column(heading, 10, is_count=True) for heading in (_("Menit"), _("Dari menit"), _("JP"))),
        *(Column(heading, 22) for heading in (_("Keadaan"), _("Nama diperiksa"))),
        Column(_("Keputusan panitia"), 40),
    ]
    found, list_ = judged(event)
    return Listed(columns, [_line(one, verdict, found.whole) for one, verdict in chosen(list_)])


def _line(one: Candidate, verdict: Verdict, whole: int) -> list[Cell]:
    checked = "" if one.registration_id is None else _("ya") if one.checked else _("belum")
    state, ruled = str(OUTCOMES[verdict.outcome][0]), one.ruling.reason if one.ruling else ""
    return [one.name, str(STANDINGS[one.standing]), one.office, one.minutes, whole, verdict.jp, state, checked, ruled]


def _lacking(event: Event, _whole: bool) -> Listed:
    columns = [Column(_("Kantor"), 44), Column(_("Orang"), 10, is_count=True), Column(_("Nama"), 80)]
    return Listed(columns, [[one.office, len(one.people), "; ".join(one.people)] for one in lacking_letters(event.id)])


EARNING = Listing(
    "certificate_people", "penerima-sertifikat", _l("Siapa yang mendapat sertifikat"), "certificates.people",
    REGISTRARS, _earning, ("show", "q"), words={"show": SHOWN},
)  # fmt: skip
LACKING = Listing(
    "lacking_letters", "belum-surat-tugas", _l("Belum mengunggah surat tugas"), "lacking.show", REGISTRARS, _lacking
)
