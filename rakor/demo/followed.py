"""Conclusions and follow-ups of the worlds: what was asked of every office in 2021, and a live one with answers.

Of 2021 only the request is known: it has no day, and nobody's answer is made up.
"""

import json
from datetime import date, datetime, timedelta
from importlib.resources import files as resources
from io import BytesIO
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import insert, select, update

from rakor import files
from rakor.agenda import store as agenda
from rakor.db import db
from rakor.demo.seed import luck, uid
from rakor.events.models import Event
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.follow_up_models import FollowUpAnswer, FollowUpEvidence, FollowUpRow
from rakor.minutes.rules.conclusions import ConclusionKind
from rakor.minutes.rules.follow_ups import Assignee, Chosen, Status
from rakor.minutes.store import conclusions, follow_ups
from rakor.minutes.store.rows import PURPOSE
from rakor.offices.models import Office
from rakor.web.times import local_day

PHOTOS = 6
"""So many of the answers show a photo; the others a link, or nothing."""
WORDS = {
    Status.DONE: ("Dua orang ditunjuk dengan surat keputusan contoh.", "Sudah ditunjuk, satu utama dan satu cadangan."),
    Status.WORKING: ("Menunggu persetujuan pimpinan kantor.", "Pelatihan dijadwalkan minggu depan."),
    Status.OBSTACLE: ("Belum ada pegawai yang dapat ditunjuk; mohon arahan.", "Jaringan putus, surat belum terkirim."),
}


def write(event: Event, now: datetime) -> None:
    """Write the conclusions of a world with what follows from them."""
    titles = {item.title: item.id for item in agenda.programme(event.id, agenda.EVERYTHING)}
    if event.demo_world == "history":
        told = json.loads(resources("rakor.demo").joinpath("rakornas_2021.json").read_text(encoding="utf-8"))
        for one in told["conclusions"]:
            known = _conclude(event, titles[one["item"]], ConclusionKind(one["kind"]), one["text"], now)
            _ask(event, one["follow_up"], None, Assignee.BOTH, known, now)
    elif event.demo_world == "live":
        session = next(item_id for title, item_id in titles.items() if title.startswith("Sesi 1:"))
        _live(event, session, now)


def _live(event: Event, session: UUID, now: datetime) -> None:
    today, kind = local_day(now, event.zone), ConclusionKind
    _conclude(event, session, kind.CONCLUSION, "Daftar informasi publik dibarui sebelum tahapan mulai.", now)
    experts = _conclude(
        event, session, kind.RECOMMENDATION, "Setiap kantor menyiapkan ahli kehumasan dan seorang pengganti.", now
    )
    _conclude(event, None, kind.DECISION, "Rapat berikutnya diadakan tahun depan, dengan laporan tindak lanjut.", now)
    first = _ask(event, "Menyiapkan ahli kehumasan", today + timedelta(days=14), Assignee.BOTH, experts, now)
    second = _ask(event, "Mengirim nama petugas pengganti", event.starts_on, Assignee.PROVINCES, experts, now)
    for follow_up_id, shares in ((first, (0.42, 0.2, 0.06)), (second, (0.7, 0.12, 0.06))):
        _answer(event, follow_up_id, shares, now)


def _conclude(event: Event, item_id: UUID | None, kind: ConclusionKind, text: str, now: datetime) -> UUID:
    made = conclusions.add(event.id, conclusions.Draft(kind, text, item_id, True), by=None, now=now)
    assert isinstance(made, Conclusion)
    return made.id


def _ask(
    event: Event, text: str, due_on: date | None, assignee: Assignee, conclusion_id: UUID, now: datetime
) -> UUID:
    draft = follow_ups.Draft(text, due_on, Chosen(assignee), conclusion_id=conclusion_id)
    row, _found = follow_ups.add(event.id, draft, by=None, now=now, announces=False)
    return row.id


def _answer(event: Event, follow_up_id: UUID, shares: tuple[float, float, float], now: datetime) -> None:
    """Let some offices have answered; everything they say is made up, as the offices are."""
    query = (
        select(FollowUpRow.id, Office.code)
        .join(Office, Office.id == FollowUpRow.office_id)
        .where(FollowUpRow.event_id == event.id, FollowUpRow.follow_up_id == follow_up_id)
    )
    chance, photos = luck(f"follow-up {shares}"), PHOTOS
    rows, answers, proofs = [], [], []
    for row_id, code in db.session.execute(query.order_by(Office.sort_key)):
        status = _status(chance, shares)
        if status is Status.OPEN:
            continue
        note, at = chance.choice(WORDS[status]), now - timedelta(minutes=chance.randint(5, 600))
        proven, answer_id = status is Status.DONE and chance.random() < 0.7, uid("answer", row_id)
        rows.append({"id": row_id, "status": status, "note": note, "answered_at": at, "answer_count": 1,
                     "evidence_count": int(proven)})  # fmt: skip
        answers.append({"id": answer_id, "event_id": event.id, "row_id": row_id, "number": 1, "status": status,
                        "note": note, "by_staff": False, "answered_at": at})  # fmt: skip
        if proven:
            proofs.append(_proof(event, row_id, answer_id, code, at, has_photo=photos > 0))
            photos -= 1
    db.session.execute(update(FollowUpRow), rows)
    for model, made in ((FollowUpAnswer, answers), (FollowUpEvidence, proofs)):
        if made:
            db.session.execute(insert(model), made)


def _status(chance: Random, shares: tuple[float, float, float]) -> Status:
    drawn = chance.random()
    for status, share in zip((Status.DONE, Status.WORKING, Status.OBSTACLE), shares, strict=True):
        if drawn < share:
            return status
        drawn -= share
    return Status.OPEN


def _proof(
    event: Event, row_id: UUID, answer_id: UUID, code: str, at: datetime, *, has_photo: bool
) -> dict[str, object]:
    row = {"id": uid("proof", row_id), "event_id": event.id, "row_id": row_id, "answer_id": answer_id, "added_at": at}
    if not has_photo:
        host = f"kantor-{code}.contoh.test"
        address = f"https://{host}/berita/ahli-kehumasan"
        return row | {"name": host, "address": address, "file_id": None, "byte_count": 0}
    name, picture = "bukti-1.jpg", _photo(code)
    file_id = files.keep(
        picture, event_id=event.id, purpose=PURPOSE, name=name, media_type="image/jpeg", now=at
    )  # fmt: skip
    return row | {"name": name, "address": "", "file_id": file_id, "byte_count": len(picture)}


def _photo(code: str) -> bytes:
    """A picture that says it is an example."""
    out, picture = BytesIO(), Image.new("RGB", (480, 320), "#0b6b4b")
    ImageDraw.Draw(picture).text((40, 140), f"CONTOH BUKTI  {code}", fill="white")
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
