"""The summary's numbers in the shapes the map and the chart draw."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from rakor.regions.labels import ISLANDS
from rakor.reports.rules import Measure, scale
from rakor.reports.summary import Summary
from rakor.web import times
from rakor.web.charts import Tile
from rakor.web.locale import language, number


@dataclass(frozen=True)
class Series:
    """Two lines over time, with their words and ticks."""

    words: str
    onsite: tuple[int, ...]
    online: tuple[int, ...]
    onsite_label: str
    online_label: str
    ticks_y: tuple[int, ...]
    ticks_x: tuple[tuple[int, str], ...]


def tiles(summary: Summary, measure: Measure, *, linked: bool = True) -> list[Tile]:
    """Return the map's tiles for a measure; where it is what lacks, each tile bears that number and not its share."""
    more: dict[str, Any] = {} if measure is summary.measure else {"show": measure.value}
    if summary.asked:
        more["at"] = summary.asked
    return [
        Tile(
            code=province.code,
            letters=province.letters,
            name=province.name,
            percent=province.percent(measure),
            part=province.count.of(measure),
            whole=province.count.invited,
            level=province.level(measure),
            col=province.col,
            row=province.row,
            island=str(ISLANDS[province.island]),
            href=url_for("reports.province", event_id=summary.event_id, province_code=province.code, **more)
            if linked and province.count.invited
            else None,
            figure=province.count.of(measure) if measure.is_lack else None,
        )
        for province in summary.provinces
    ]


def counted_words(measure: Measure) -> dict[str, str]:
    """Return what the map counts, in words: the choice's name, caption, what, part and share."""
    return {
        Measure.PRESENT: {
            "name": _("Hadir"), "caption": _("Angka: persen kursi yang hadir"), "what": _("kursi hadir"),
            "part": _("Hadir"), "share": _("Persen"),
        },
        Measure.CONFIRMED: {
            "name": _("Konfirmasi"), "caption": _("Angka: persen kursi yang konfirmasi"), "what": _("kursi konfirmasi"),
            "part": _("Konfirmasi"), "share": _("Persen"),
        },
        Measure.SILENT: {
            "name": _("Belum menjawab"), "caption": _("Angka: kursi yang belum menjawab. Warna: persen yang sudah"),
            "what": _("kursi belum menjawab"), "part": _("Belum"), "share": _("Sudah"),
        },
        Measure.ABSENT: {
            "name": _("Belum hadir"), "caption": _("Angka: kursi yang belum hadir. Warna: persen yang sudah"),
            "what": _("kursi belum hadir"), "part": _("Belum"), "share": _("Sudah"),
        },
    }[measure]  # fmt: skip


def series(summary: Summary, zone: str) -> Series | None:
    """Return arrivals as lines; None where nobody came."""
    found = summary.arrivals
    if found is None:
        return None
    onsite, online = found.onsite or (0,), found.online or (0,)

    def at(step: int) -> str:
        return times.clock(found.begins_at + timedelta(minutes=found.minutes * step), zone, language())

    last = len(onsite) - 1
    marks = sorted({round(last * n / 4) for n in range(5)})
    peaks = [(line.index(max(line)), max(line)) for line in (onsite, online)]
    labels = [
        f"{word} {number(high)}, {at(step)}"
        for word, (step, high) in zip((_("Luring"), _("Daring")), peaks, strict=True)
    ]
    return Series(
        words=_("Kedatangan per %(n)s menit. Puncak: %(one)s; %(two)s", n=found.minutes, one=labels[0], two=labels[1]),
        onsite=onsite,
        online=online,
        onsite_label=labels[0] if max(onsite) else "",
        online_label=labels[1] if max(online) else "",
        ticks_y=scale(max(*onsite, *online)),
        ticks_x=tuple((step, at(step)) for step in marks),
    )
