"""Minutes of the worlds: one session approved and one being written in the live world; what was reported of 2021."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from uuid import UUID

from sqlalchemy import select

from rakor.accounts.models import User
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.db import db
from rakor.demo.accounts import email_of
from rakor.demo.seed import uid
from rakor.events.models import Event
from rakor.minutes.notes_forms import whole_post
from rakor.minutes.notes_models import Minutes
from rakor.minutes.rules.notes import Edit, Spoken
from rakor.minutes.rules.words import NoteKind
from rakor.minutes.store import approval, notes, said
from rakor.minutes.store.approval import Approver

K = NoteKind
Told = tuple[NoteKind, str, str, str]
"""Kind, name, post and text; a name of the agenda alone is enough."""
ASKER = "Meriana Contoh"
APPROVED: tuple[Told, ...] = (
    (K.OPENING, "Hendra Contoh", "", "Moderator membuka sesi dan memperkenalkan narasumber."),
    (K.DISCUSSION, "Prof. Hamzah Contoh", "",
     "Permintaan informasi naik menjelang tahun pemilihan. Yang paling sering diminta: tahapan, anggaran, dan data "
     "pemilih. Daftar informasi publik perlu dibarui sebelum tahapan mulai, bukan sesudah diminta."),
    (K.QUESTION, ASKER, "Kantor Kabupaten Asmat",
     "Jaringan di distrik kami sering putus. Bagaimana memenuhi jangka waktu jawaban?"),
    (K.ANSWER, "Prof. Hamzah Contoh", "",
     "Catat tanggal permohonan diterima, jawab lewat surat atau radio bila perlu, dan unggah begitu ada jaringan. "
     "Yang dihitung adalah tanggal jawaban, bukan tanggal unggahan."),
    (K.QUESTION, "Tari Contoh", "Kantor Kota Semarang", "Apakah daftar informasi publik boleh satu untuk seprovinsi?"),
    (K.ANSWER, "Prof. Hamzah Contoh", "", "Bentuknya boleh sama; isinya tetap tanggung jawab tiap kantor."),
    (K.CLOSING, "Hendra Contoh", "", "Moderator menutup sesi dan mengingatkan pengisian daftar informasi publik."),
)  # fmt: skip
WRITTEN: tuple[Told, ...] = (
    (K.OPENING, "Hendra Contoh", "", "Moderator membuka Sesi 2."),
    (K.DISCUSSION, "Dr. Ratna Contoh, M.Si.", "",
     "Empat standar layanan: jawaban tepat waktu, alasan tertulis bila ditolak, biaya yang diumumkan, dan petugas yang "
     "dapat dihubungi."),
    (K.QUESTION, "Yulius Contoh", "Kantor Kabupaten Merauke", "Siapa yang menjawab bila petugasnya hanya satu?"),
    (K.ANSWER, "Dr. Ratna Contoh, M.Si.", "", "Kepala kantor menunjuk pengganti secara tertulis."),
)  # fmt: skip


def write(event: Event, now: datetime) -> None:
    """Write the minutes of a world; the accounts of the demo are their writers."""
    items = {item.title: item for item in agenda.programme(event.id, agenda.EVERYTHING)}
    if event.demo_world == "live":
        first = next(item for title, item in items.items() if title.startswith("Sesi 1:"))
        second = next(item for title, item in items.items() if title.startswith("Sesi 2:"))
        _approved(event, first)
        _note_down(event, second, WRITTEN, second.starts_at or now)
    elif event.demo_world == "history":
        told = json.loads(files("rakor.demo").joinpath("rakornas_2021.json").read_text(encoding="utf-8"))
        for one in told["items"]:
            if one.get("said"):
                lines = [(K.DISCUSSION, _named(items[one["title"]]), "", text) for text in one["said"]]
                _note_down(event, items[one["title"]], lines, now)


def _named(item: ItemView) -> str:
    return item.speakers[0].name if item.speakers else ""


def _note_down(event: Event, item: ItemView, told: Sequence[Told], at: datetime) -> Minutes:
    row, people = notes.locked(event.id, item.id), {one.name: one for one in (*item.speakers, *item.moderators)}
    for number, (kind, name, post, text) in enumerate(told):
        known, whose = people.get(name), uid("note", item.id, number)
        notes.keep(row, Edit(
            id=uid("edit", item.id, number), note_id=whose, parents=frozenset(), position=f"{number + 1:03}00000",
            kind=kind,
            speaker=Spoken(known.id if known else None, name, whole_post(known) if known else post),
            text=text, is_removed=False, by_id=_writer("notulis" if number % 3 else "panitia"),
            at=at + timedelta(minutes=5 * number),
        ))  # fmt: skip
    return row


def _approved(event: Event, item: ItemView) -> None:
    """Yesterday's session: reviewed after it ended, approved half an hour later."""
    assert item.starts_at is not None
    assert item.ends_at is not None
    row = _note_down(event, item, APPROVED, item.starts_at)
    row.chair_name, row.chair_post, row.chair_rank = "Hendra Contoh", "Pranata Humas Ahli Madya", "Pembina, IV/a"
    row.secretary_name, row.secretary_post = "Nur Contoh, M.I.Kom.", "Kepala Biro Humas"
    row.taker_name, row.taker_post = "Nadia Permata Contoh", "Pranata Humas Ahli Pertama"
    row.taker_rank = "Penata Muda, III/a"
    approval.review(row, Approver(_writer("panitia"), item.ends_at + timedelta(minutes=20)))
    at = item.ends_at + timedelta(minutes=50)
    content = said.counted(event, item, said.content(event, item, row), now=at)
    approval.approve(row, content, Approver(_writer("pimpinan"), at))


def _writer(who: str) -> UUID:
    found = db.session.scalar(select(User.id).where(User.email == email_of(who)))
    assert found is not None
    return found
