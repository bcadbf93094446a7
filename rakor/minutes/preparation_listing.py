"""The steps of preparation as they leave as a workbook."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import READERS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.minutes import preparation_view as shown
from rakor.minutes.preparation_words import LOOKS
from rakor.sheets import Column


def _steps(event: Event, _whole: bool) -> Listed:
    headings = (
        (_("Tanggal"), 14), (_("Dihitung dari"), 32), (_("Nama langkah"), 48), (_("Penanggung jawab"), 30),
        (_("Keadaan"), 16), (_("Menurut data"), 44),
    )  # fmt: skip
    today = clock.today(event.zone)
    kept = [step for step in shown.planned(event) if not step.is_dropped]
    return Listed(
        [Column(heading, width) for heading, width in headings],
        [
            [
                step.planned.due_on.strftime("%d-%m-%Y"), step.counted, step.title, step.assignee,
                str(LOOKS[step.state][2]), step.said,
            ]
            for step in shown.views(event, kept, today)
        ],
    )  # fmt: skip


STEPS = Listing("preparation", "persiapan", _l("Persiapan"), "preparation.index", READERS, _steps)
