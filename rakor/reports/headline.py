"""The numbers of a moment as one sentence: what every screen, text and picture says alike."""

from dataclasses import dataclass

from flask_babel import gettext as _

from rakor.registrations.rules import Mode
from rakor.reports.rules import Count
from rakor.reports.summary import Summary
from rakor.web.locale import number


@dataclass(frozen=True)
class Headline:
    """The number in front, of how many, and in how many ways; an open event counts people, others seats."""

    word: str
    part: int
    whole: int | None
    unit: str
    onsite: int
    online: int

    @property
    def modes(self) -> str:
        """ "luring 412, daring 1.899"."""
        return str(_("luring %(a)s, daring %(b)s", a=number(self.onsite), b=number(self.online)))

    @property
    def of(self) -> str:
        """ "dari 2.740 kursi"; of an open event without a limit only the unit."""
        if self.whole is None:
            return self.unit
        return str(_("dari %(n)s %(unit)s", n=number(self.whole), unit=self.unit))

    @property
    def sentence(self) -> str:
        """ "Hadir 2.311 dari 2.740 kursi (luring 412, daring 1.899)"."""
        said = f"{self.word} {number(self.part)} {self.of}"
        return f"{said} ({self.modes})" if self.onsite + self.online == self.part else said


def headline(summary: Summary) -> Headline:
    """Return the number that matters now: who is there once anybody came, who answered before."""
    if not summary.count.invited:
        return _of_people(summary)
    whole, modes = summary.count.invited, summary.modes
    if summary.focus:
        here = summary.count
        return Headline(_("Hadir"), here.present, whole, _("kursi"), here.onsite, here.online)
    onsite, online = (modes.get(mode, Count()).confirmed for mode in (Mode.ONSITE, Mode.ONLINE))
    return Headline(_("Konfirmasi"), summary.count.confirmed, whole, _("kursi"), onsite, online)


def _of_people(summary: Summary) -> Headline:
    if summary.focus:
        heads = summary.heads
        return Headline(_("Hadir"), heads.total, summary.registered, _("terdaftar"), heads.onsite, heads.online)
    return Headline(_("Terdaftar"), summary.registered, summary.capacity, _("orang"), 0, 0)
