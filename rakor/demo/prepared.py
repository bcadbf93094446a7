"""The live world was prepared: what its hands ticked, what the report says already, papers, photos and quotations."""

from datetime import date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from rakor.agenda import store as agenda
from rakor.agenda.pictures import Drawn
from rakor.agenda.rules.views import EVERYTHING, ItemView
from rakor.db import db
from rakor.demo.seed import uid
from rakor.events.models import Event
from rakor.minutes.preparation_models import PreparationStep
from rakor.minutes.rules.preparation import Anchor
from rakor.minutes.rules.release import PhotoBasis
from rakor.minutes.store import release
from rakor.reports.activity import store as activity
from rakor.reports.activity.models import ReportText
from rakor.reports.activity.rules import AnnexKind, Section
from rakor.web.times import local_day

LIVE = "live"
DONE = (
    "agenda", "letter", "speakers", "invitations", "names", "assignments", "rooms", "badges", "reminder", "materials",
    "rehearsal",
)  # fmt: skip
OWN = (("Pasang spanduk dan penunjuk arah", Anchor.FIRST, -1, True), ("Rapat evaluasi panitia", Anchor.LAST, 3, False))
TEXTS = {
    Section.BACKGROUND: "Layanan informasi di daerah belum sama: waktu jawab, biaya salinan, dan bentuk daftar "
    "informasi masih berbeda-beda. Kementerian Contoh mempertemukan seluruh kantor agar standarnya disepakati.",
    Section.LEGAL_BASIS: "1. Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik\n"
    "2. Keputusan Menteri Contoh tentang Panitia Rapat Koordinasi Nasional",
    Section.PURPOSE: "- Menyamakan standar layanan informasi\n- Menyiapkan ahli kehumasan di setiap kantor",
}
QUOTED = "Layanan informasi yang baik tidak menunggu ditanya. Kita umumkan dahulu, lalu kita jawab dengan sabar."
SCENES = (
    ("Pembukaan rapat di Ruang Pleno", "Gambar contoh: panggung dengan podium dan tiga kursi", "#0b6b4b"),
    ("Peserta registrasi ulang di serambi", "Gambar contoh: meja registrasi dengan dua petugas", "#7a4d0b"),
)


def prepare(event: Event, now: datetime) -> None:
    """Say by hand what was done before the live event, attach papers, and release a photo and a quotation."""
    if event.demo_world != LIVE:
        return
    _steps(event, now)
    for section, body in TEXTS.items():
        values = {"event_id": event.id, "section": section, "body": body, "version": 1, "changed_at": now}
        db.session.add(ReportText(**values))
    for kind, title in ((AnnexKind.TERMS, "KAK Rakornas Contoh"), (AnnexKind.DECREE, "SK panitia Rakornas Contoh")):
        activity.attach(event.id, kind, title, _paper(title), "application/pdf", by=None, now=now)
    items = [item for item in agenda.programme(event.id, EVERYTHING) if item.speakers]
    _photos(event, items, now)
    if items:
        _quote(event, items[0], now)


def _steps(event: Event, now: datetime) -> None:
    begun = local_day(now, event.zone) >= event.starts_on
    for key in DONE:
        row = {"event_id": event.id, "ready_key": key, "changed_at": now, "done_at": now if begun else None}
        db.session.add(PreparationStep(id=uid("step", event.id, key), **row))
    for title, anchor, days, is_done in OWN:
        row = {"event_id": event.id, "title": title, "anchor": anchor, "days": days, "changed_at": now}
        db.session.add(PreparationStep(id=uid("step", event.id, title), **row, done_at=now if is_done else None))


def _photos(event: Event, items: list[ItemView], now: datetime) -> None:
    for number, (caption, alt, colour) in enumerate(SCENES):
        item = items[0] if items and number == 0 else None
        words = {"caption": caption, "alt": alt, "who": "", "basis": PhotoBasis.NOTICE}
        row = release.add_photo(
            event.id, _scene(1600, colour), _scene(640, colour), words | {"item_id": item.id if item else None},
            by=None, now=now,
        )  # fmt: skip
        if number == 0:
            release.publish(row, by=None, now=now)


def _quote(event: Event, item: ItemView, now: datetime) -> None:
    person = item.speakers[0]
    post = ", ".join(filter(None, (person.post, person.organization)))
    said = {"item_id": item.id, "speaker_id": person.id, "name": person.name, "post": post, "text": QUOTED}
    release.publish(release.add_quotation(event.id, said, by=None, now=now), by=None, now=now)


def _scene(side: int, colour: str) -> Drawn:
    """A stage of plain shapes: nobody is shown, and it says that it is an example."""
    picture = Image.new("RGB", (side, side * 2 // 3), colour)
    pen, unit = ImageDraw.Draw(picture), side // 16
    pen.rectangle((0, unit * 8, side, side), fill="#e8dcc3")
    pen.rectangle((unit * 3, unit * 2, unit * 13, unit * 5), fill="#ffffff")
    for place in (3, 7, 11):
        pen.ellipse((unit * place, unit * 6, unit * (place + 1), unit * 7), fill="#f3c6a5")
        pen.rectangle((unit * place - unit // 2, unit * 7, unit * (place + 1) + unit // 2, unit * 9), fill="#26323f")
    pen.text((unit * 4.5, unit * 3), "DATA CONTOH", fill="#111111", font_size=unit)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return Drawn(out.getvalue(), *picture.size)


def _paper(title: str) -> bytes:
    """One page that says what it stands for, as a PDF."""
    page = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(page).text((80, 100), f"{title}\n\nData contoh", fill="black", font_size=32)
    out = BytesIO()
    made = date(2026, 1, 1).timetuple()
    page.save(out, "PDF", resolution=100, creationDate=made, modDate=made)
    return out.getvalue()
