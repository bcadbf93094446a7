"""The numbers as words to copy: for the chat, and for a speech. In Indonesian, for that is where they go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from rakor.events.models import Event
from rakor.offices.rules import OfficeLevel
from rakor.regions import rules as regions
from rakor.registrations.rules import Mode
from rakor.reports.headline import headline
from rakor.reports.pages import focus_of
from rakor.reports.rules import Measure
from rakor.reports.store import OfficeCount
from rakor.reports.summary import ProvinceCount, Summary, province_of
from rakor.web import times
from rakor.web.locale import number
from rakor.web.times import Language

NAMED = 8
"""More provinces than this are counted in a speech, not named."""


@dataclass(frozen=True)
class Speech:
    """What a leader may want to say: provinces complete and missing, the office from farthest away, and the words."""

    complete: tuple[ProvinceCount, ...]
    missing: tuple[ProvinceCount, ...]
    farthest: OfficeCount | None
    farthest_province: str
    text: str


def numbers(event: Event, summary: Summary) -> str:
    """Return the numbers for a chat: what, of how many, provinces, and when they were counted in all three zones."""
    with force_locale("id"):
        said = headline(summary)
        lines = [f"*{event.short_title}*", *([_what(event, summary)] if summary.focus else []), said.sentence]
        if summary.count.invited:
            lines += _seats(summary)
        return "\n".join((*lines, _("Dihitung %(when)s.", when=moment(event, summary))))


def moment(event: Event, summary: Summary) -> str:
    """ "Selasa, 24 November 2026, 08.55 WIB / 09.55 WITA / 10.55 WIT", beginning with the event's own zone."""
    zones = dict.fromkeys((event.zone, *regions.ZONE_LABELS))
    clocks = [times.plain(times.clock_zone(summary.counted_at, zone, Language.ID)) for zone in zones]
    day = times.date_long(times.local_day(summary.counted_at, event.zone), Language.ID)
    return f"{times.plain(day)}, {' / '.join(clocks)}"


def speech(event: Event, summary: Summary) -> Speech:
    """Return what is ready to be said at the opening."""
    complete = summary.complete_ones
    found = farthest(event, summary)
    code = province_of(found, event.regions_as_of) if found else None
    place = regions.reference().province(code).short_name if code else ""
    with force_locale("id"):
        text = _speech(event, summary, complete, found, place)
    return Speech(complete, summary.incomplete, found, place, text)


def farthest(event: Event, summary: Summary) -> OfficeCount | None:
    """Return an office that follows online from the province farthest from the place of the event; None without one.

    Provinces are as far apart as their capitals; within the farthest one a regency's office goes before the
    province's own, then protocol order.
    """
    home = _home(event)
    online = [one for one in summary.by_office if _online(one, summary) and province_of(one, event.regions_as_of)]
    if not online:
        return None

    def far(one: OfficeCount) -> tuple[int, bool]:
        code = province_of(one, event.regions_as_of)
        return regions.apart_km(home, code) if code else 0, one.level is OfficeLevel.REGENCY

    return max(online, key=far)


def _online(one: OfficeCount, summary: Summary) -> int:
    found = one.modes.get(Mode.ONLINE)
    return 0 if found is None else found.present if summary.focus else found.confirmed


def _home(event: Event) -> str:
    """The province where the event is held: of its city; Jakarta where that says nothing."""
    match = regions.resolve(event.city, event.regions_as_of)
    places: Sequence[regions.Region] = ()
    if isinstance(match, regions.Exact):
        places = (match.region,)
    elif isinstance(match, regions.Ambiguous):
        places = match.choices
    return places[0].code[:2] if places else "31"


def _what(event: Event, summary: Summary) -> str:
    return focus_of(event, summary)


def _seats(summary: Summary) -> list[str]:
    whole = number(summary.count.invited)
    confirmed = _("Konfirmasi %(a)s dari %(b)s kursi", a=number(summary.count.confirmed), b=whole)
    part, invited = number(summary.complete), number(summary.invited_provinces)
    lacking = summary.incomplete
    missing = _joined(p.name for p in lacking) if len(lacking) <= NAMED else ""
    return [
        *([confirmed] if summary.measure is Measure.PRESENT else []),
        _("%(part)s dari %(whole)s provinsi lengkap", part=part, whole=invited),
        *([_("Belum lengkap: %(names)s", names=missing)] if missing else []),
    ]


def _speech(
    event: Event, summary: Summary, complete: Sequence[ProvinceCount], found: OfficeCount | None, place: str
) -> str:
    said = headline(summary)
    names = {"title": event.title, "part": number(said.part), "of": said.of}
    if summary.focus:
        lines = [_("Pada %(title)s saat ini hadir %(part)s %(of)s.", **names)]
        if said.onsite + said.online == said.part:
            here = {"a": number(said.onsite), "b": number(said.online)}
            lines.append(_("Sebanyak %(a)s di tempat dan %(b)s secara daring.", **here))
    else:
        lines = [_("Untuk %(title)s sudah ada konfirmasi %(part)s %(of)s.", **names)]
    if summary.count.invited:
        lines.append(_provinces(summary, complete))
    full = sum(p.count.invited > 0 and p.absent_offices == 0 for p in summary.provinces) if summary.focus else 0
    if full:
        lines.append(_("Di %(n)s provinsi setiap kantor sudah hadir.", n=number(full)))
    if found:
        lines.append(
            _("Kantor dari provinsi terjauh yang mengikuti secara daring adalah %(office)s, %(province)s.",
              office=found.name, province=place)
        )  # fmt: skip
    return " ".join((*lines, _("Data %(when)s.", when=moment(event, summary))))


def _provinces(summary: Summary, complete: Sequence[ProvinceCount]) -> str:
    whole = number(summary.invited_provinces)
    said = _("%(part)s dari %(whole)s provinsi telah lengkap", part=number(len(complete)), whole=whole)
    missing = summary.incomplete
    if not missing:
        return f"{said}."
    if len(missing) > NAMED:
        return f"{said}; {_('%(n)s provinsi belum lengkap.', n=number(len(missing)))}"
    return f"{said}; {_('yang belum lengkap: %(names)s.', names=_joined(p.name for p in missing))}"


def _joined(names: Iterable[str]) -> str:
    *most, last = list(names) or [""]
    return _("%(most)s, dan %(last)s", most=", ".join(most), last=last) if most else last
