"""Rows of the rooms that prepare a meeting and write down what came of it, for both sides of the world."""

import io
from datetime import date
from uuid import UUID, uuid4

from PIL import Image

from rakor import files
from rakor.agenda.pictures import Drawn
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.follow_up_models import FollowUp, FollowUpAnswer, FollowUpEvidence, FollowUpRow
from rakor.minutes.notes_models import MinutesEdit
from rakor.minutes.preparation_models import PreparationStep
from rakor.minutes.rules.conclusions import ConclusionKind
from rakor.minutes.rules.content import Content, Head, Line, Signer
from rakor.minutes.rules.follow_ups import Assignee, Status
from rakor.minutes.rules.preparation import Anchor
from rakor.minutes.rules.release import PhotoBasis
from rakor.minutes.rules.words import NoteKind
from rakor.minutes.store import approval, notes, release
from rakor.minutes.store import rows as follow_up_rows
from rakor.reports.activity import store as activity
from rakor.reports.activity.models import ReportAnnex, ReportText
from rakor.reports.activity.rules import AnnexKind, Section
from tests import make


def step(event_id: UUID, canary: str) -> str:
    """A step of the event's own preparation, as addresses name it."""
    values = {"title": f"Langkah {canary}", "anchor": Anchor.FIRST, "days": -3, "changed_at": make.AT}
    return str(make._add(PreparationStep(event_id=event_id, **values)).id)


def released(event_id: UUID, speaker_id: UUID, item_id: UUID, canary: str) -> dict[str, UUID]:
    """A photo and a quotation that everybody sees; the canary stands in their words."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "#0b6b4b").save(out, "JPEG")
    drawn, by = Drawn(out.getvalue(), 8, 6), make.user(f"Humas{canary}").id
    words = {"caption": f"Foto {canary}", "who": canary, "alt": f"Panggung {canary}", "item_id": item_id}
    photo = release.add_photo(event_id, drawn, drawn, words | {"basis": PhotoBasis.NOTICE}, by=by, now=make.AT)
    said = {"name": f"Narasumber {canary}", "post": canary, "text": f"Kata {canary}", "item_id": item_id}
    quotation = release.add_quotation(event_id, said | {"speaker_id": speaker_id}, by=by, now=make.AT)
    for row in (photo, quotation):
        release.publish(row, by=by, now=make.AT)
    return {"photo_id": photo.id, "quotation_id": quotation.id}


def annex(event_id: UUID, canary: str) -> UUID:
    """A paper attached to the report, and a section that somebody wrote."""
    make._add(ReportText(event_id=event_id, section=Section.BACKGROUND, body=canary, version=1, changed_at=make.AT))
    paper = {"purpose": activity.ANNEX, "name": "lampiran.pdf", "media_type": "application/pdf"}
    file_id = files.keep(b"%PDF-1.7 %%EOF", event_id=event_id, now=make.AT, **paper)
    values = {"kind": AnnexKind.DECREE, "title": f"SK {canary}", "file_id": file_id, "byte_count": 14}
    return UUID(str(make._add(ReportAnnex(event_id=event_id, added_at=make.AT, **values)).id))


def minutes(event_id: UUID, item_id: UUID, canary: str, by_id: UUID) -> None:
    """Minutes whose first version is approved, with a second one being written."""
    row, note_id = notes.locked(event_id, item_id), uuid4()
    row.chair_name = row.taker_name = f"Penanda {canary}"
    make._add(MinutesEdit(
        event_id=event_id, item_id=item_id, id=uuid4(), note_id=note_id, parents=[], position="i",
        kind=NoteKind.QUESTION, speaker_name=f"Penanya {canary}", text=f"Apakah {canary}?", written_at=make.AT,
    ))  # fmt: skip
    signer = Signer(f"Penanda {canary}")
    when = (date(2026, 11, 24), "Asia/Jakarta", None, None)
    head = Head(f"Rapat {canary}", f"Sesi {canary}", "", *when, "", signer, signer, signer)
    content = Content(head, (Line(note_id, NoteKind.QUESTION, f"Penanya {canary}", "", f"Apakah {canary}?"),))
    approval.approve(row, content, approval.Approver(by_id, make.AT))
    approval.revise(row, f"Alasan {canary}")


def concluded(event_id: UUID, office_id: UUID, canary: str) -> dict[str, UUID]:
    """A conclusion, its follow-up to one office, what that answered, and the file that shows it."""
    words = {"kind": ConclusionKind.CONCLUSION, "text": f"Simpulan {canary}", "made_at": make.AT, "changed_at": make.AT}
    conclusion = make._add(Conclusion(event_id=event_id, number=1, **words))
    asked = {"text": f"Mengerjakan {canary}", "due_on": date(2026, 12, 1), "assignee": Assignee.OFFICE}
    follow_up = make._add(
        FollowUp(event_id=event_id, number=1, office_id=office_id, conclusion_id=conclusion.id, made_at=make.AT,
                 changed_at=make.AT, **asked)
    )  # fmt: skip
    row = make._add(
        FollowUpRow(event_id=event_id, follow_up_id=follow_up.id, office_id=office_id, status=Status.WORKING,
                    note=f"Catatan {canary}", answer_count=1, evidence_count=1, answered_at=make.AT, made_at=make.AT)
    )  # fmt: skip
    answer = make._add(
        FollowUpAnswer(event_id=event_id, row_id=row.id, number=1, status=Status.WORKING, note=f"Catatan {canary}",
                       answered_at=make.AT)
    )  # fmt: skip
    file_id = files.keep(canary.encode(), event_id=event_id, purpose=follow_up_rows.PURPOSE, name="bukti-1.pdf",
                         media_type="application/pdf", now=make.AT)  # fmt: skip
    piece = make._add(
        FollowUpEvidence(event_id=event_id, row_id=row.id, answer_id=answer.id, name=f"bukti-{canary}.pdf",
                         file_id=file_id, added_at=make.AT)
    )  # fmt: skip
    return {"conclusion_id": conclusion.id, "follow_up_id": follow_up.id, "row_id": row.id, "evidence_id": piece.id}
