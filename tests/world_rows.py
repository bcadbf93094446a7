"""The rows of one side's world: one of everything that a URL can name, with the canary in its words."""

import io
import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from PIL import Image

from rakor import files
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.pictures import Drawn
from rakor.agenda.speaking_models import Material, MaterialUpload, MaterialVersion, SpeakerProfile
from rakor.agenda.store import versions
from rakor.attendance.models import Checkpoint, FactRow
from rakor.attendance.rules.words import Direction, Kind, PlaceKind, Source, Verdict
from rakor.checkin import envelope
from rakor.checkin.models import Device
from rakor.documents.certificate_models import Certificate, CertificateRules
from rakor.documents.rules import Choice, ListKind, ListRow, arrange
from rakor.documents.rules.certificates import Standing
from rakor.documents.store import badge_photos
from rakor.documents.store import versions as list_versions
from rakor.events.models import Event
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import ImportState, RowState
from rakor.messages.campaign_models import Campaign
from rakor.messages.round_models import Round
from rakor.messages.rules.campaigns import Audience, Nature, Timing
from rakor.messages.rules.rounds import Over
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
from rakor.registrations.field_models import FormField
from rakor.registrations.rules.fields import FieldKind, FieldPurpose
from rakor.reports.activity import store as activity
from rakor.reports.activity.models import ReportAnnex, ReportText
from rakor.reports.activity.rules import AnnexKind, Section
from rakor.seats import store as seats
from rakor.seats.letter_models import InvitationLetter, LetterPaper, SeatException
from rakor.seats.rules.papers import PaperKind
from rakor.seats.store import letters
from rakor.sources.models import Absence, Opening
from rakor.sources.rules.words import AbsenceKind, ZoomState
from rakor.sources.zoom_models import ZoomReport
from tests import make


def badge_photo(event_id: UUID, registration_id: UUID) -> None:
    """Let the event ask for photos on badges, and this person have given one."""
    drawn = io.BytesIO()
    Image.new("RGB", (48, 64), "#0b6b4b").save(drawn, "JPEG")
    badge_photos.ask(event_id, with_photo=True)
    badge_photos.save(event_id, registration_id, drawn.getvalue(), now=make.AT)


def handed_in(event_id: UUID, speaker_id: UUID, item_id: UUID, canary: str) -> dict[str, UUID]:
    """A speaker who cannot come, a link handed in, and a file on its way; both named by the canary."""
    whose = {"event_id": event_id, "speaker_id": speaker_id}
    said = {"answer": SpeakerAnswer.DECLINED, "answer_reason": canary, "email": f"{canary}@contoh.test"}
    make._add(SpeakerProfile(**whose, bio=f"Tentang {canary}", **said))
    material = make._add(Material(**whose, item_id=item_id, is_open=True, created_at=make.AT))
    link = {"url": f"https://contoh.test/{canary}", "name": "", "byte_count": 0}
    version = make._add(
        MaterialVersion(event_id=event_id, material_id=material.id, number=1, uploaded_at=make.AT, **link)
    )
    sent = {"name": f"{canary}.pptx", "byte_count": 9, "digest": bytes(32), "is_open": False}
    ends_at = datetime(2099, 1, 1, tzinfo=UTC)
    upload = make._add(MaterialUpload(**whose, item_id=item_id, begun_at=make.AT, expires_at=ends_at, **sent))
    return {"material_id": material.id, "version_id": version.id, "upload_id": upload.id}


def campaign(event_id: UUID, canary: str) -> UUID:
    row = Campaign(
        event_id=event_id,
        audience=Audience.PEOPLE,
        nature=Nature.SERVICE,
        filters={},
        subject=f"Kabar {canary}",
        body=f"Yth. {{nama}}, {canary}",
        timing=Timing.NOW,
        created_at=make.AT,
        updated_at=make.AT,
    )
    return UUID(str(make._add(row).id))


def wa_round(event_id: UUID, canary: str) -> UUID:
    row = Round(event_id=event_id, over=Over.OFFICES, filters={}, body=f"Teks {canary}", started_at=make.AT)
    return UUID(str(make._add(row).id))


def version(event_id: UUID) -> int:
    """Publish the programme as it stands; returns the version's number."""
    number = versions.publish(event_id, by=None, now=make.AT)
    assert number is not None
    return number


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


def exception(event_id: UUID, office_id: UUID, role_id: UUID, canary: str) -> UUID:
    values = {"event_id": event_id, "office_id": office_id, "role_id": role_id, "created_at": make.AT}
    row = SeatException(**values, quota=1, modes=["online"], reason=f"Alasan {canary}")
    return UUID(str(make._add(row).id))


def letter(event: Event, canary: str) -> UUID:
    make._add(InvitationLetter(event_id=event.id, subject=f"Undangan {canary}", updated_at=make.AT))
    letters.keep_signed(event, b"%PDF-1.7 %%EOF", now=make.AT)
    row = LetterPaper(event_id=event.id, requested_at=make.AT, made_at=make.AT, job_id=uuid4())
    return UUID(str(make._add(row).id))


def upload(event_id: UUID, canary: str) -> UUID:
    """A sheet that waits to be saved, with a row that names the canary."""
    sender = make.user(f"Pengunggah{canary}")
    row = SheetImport(
        event_id=event_id,
        requested_by_id=sender.id,
        name=f"{canary}.xlsx",
        state=ImportState.READY,
        headings=["Nama"],
        mapping={"name": 0},
        created_at=make.AT,
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )
    import_id = UUID(str(make._add(row).id))
    cells = json.dumps([f"Orang {canary}"])
    make._add(ImportRow(import_id=import_id, event_id=event_id, number=2, cells=cells, state=RowState.PROBLEM))
    return import_id


def question(event_id: UUID, canary: str) -> UUID:
    values = {"kind": FieldKind.TEXT, "label": f"Ukuran {canary}", "purpose": FieldPurpose.LOGISTICS}
    row = make._add(FormField(event_id=event_id, position=1, created_at=make.AT, **values))
    return UUID(str(row.id))


def device(event_id: UUID, day_id: UUID, canary: str) -> UUID:
    spot = make._add(Checkpoint(event_id=event_id, day_id=day_id, name=f"Hari {canary}", created_at=make.AT))
    row = Device(
        event_id=event_id,
        checkpoint_id=spot.id,
        name=f"Meja {canary}",
        created_at=make.AT,
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )
    return UUID(str(make._add(row).id))


def meal(event_id: UUID, day_id: UUID, canary: str) -> UUID:
    here = {"event_id": event_id, "day_id": day_id, "kind": PlaceKind.MEAL}
    return UUID(str(make._add(Checkpoint(**here, name=f"Makan {canary}", created_at=make.AT)).id))


def opening(event_id: UUID, day_id: UUID, canary: str) -> UUID:
    here = {"event_id": event_id, "day_id": day_id, "kind": PlaceKind.REGISTRATION}
    spot = make._add(Checkpoint(**here, name=f"Daring {canary}", created_at=make.AT))
    ends_at = datetime(2099, 1, 1, tzinfo=UTC)
    row = Opening(
        event_id=event_id, checkpoint_id=spot.id, word=f"Kata {canary}", opened_at=make.AT, closes_at=ends_at
    )
    return UUID(str(make._add(row).id))


def absence(event_id: UUID, day_id: UUID, registration_id: UUID, canary: str) -> UUID:
    row = Absence(
        event_id=event_id, registration_id=registration_id, day_id=day_id, kind=AbsenceKind.SICK,
        reason=f"Demam {canary}", created_at=make.AT,
    )  # fmt: skip
    return UUID(str(make._add(row).id))


def zoom_report(event_id: UUID, day_id: UUID, canary: str) -> UUID:
    row = ZoomReport(
        event_id=event_id, day_id=day_id, name=f"Zoom {canary}.csv", digest=bytes(32), zone="Asia/Jakarta",
        least_minutes=15, state=ZoomState.READY, created_at=make.AT, expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return UUID(str(make._add(row).id))


def walk_in(event_id: UUID, canary: str) -> UUID:
    sealed = envelope.seal(envelope.public_key(event_id), json.dumps([f"Tamu {canary}", canary, "", ""]))
    row = FactRow(
        scan_id=uuid4(),
        event_id=event_id,
        kind=Kind.WALK_IN,
        source=Source.DESK_SCAN,
        direction=Direction.IN,
        device_seq=1,
        in_roster=False,
        wall_at=make.AT,
        roster_seq=0,
        override=False,
        sealed_name=sealed,
        shown=Verdict.IN,
        digest=bytes(16),
        received_at=make.AT,
        change_seq=0,
    )
    return UUID(str(make._add(row).scan_id))


def assignment(event_id: UUID, office_id: UUID, canary: str) -> UUID:
    paper = seats.Paper(f"ST {canary}", date(2026, 11, 1), None, PaperKind.PDF, canary.encode())
    return seats.keep_assignment(event_id, office_id, paper, now=make.AT).id


def certificate(event_id: UUID, registration_id: UUID, canary: str) -> UUID:
    """A certificate of the side's person, with the rules under which it was issued."""
    make._add(CertificateRules(event_id=event_id, is_on=True, signatory_name=f"Direktur {canary}", last_serial=1))
    row = Certificate(
        event_id=event_id, run_id=uuid4(), registration_id=registration_id, serial=1, number=f"0001/{canary}",
        name=f"Orang {canary}", standing=Standing.PARTICIPANT, minutes=90, jp=2, issued_at=make.AT,
    )  # fmt: skip
    return UUID(str(make._add(row).id))


def list_version(event_id: UUID, day_id: UUID, canary: str) -> UUID:
    """An attendance list that was locked, with one name on it."""
    choice = Choice(ListKind.PARTICIPANTS, day_id)
    name = f"Terkunci {canary}"
    listed = arrange([ListRow(person="1", name=name, shown_name=name, post="Ketua", office=f"Kantor {canary}")])
    row = list_versions.lock(event_id, choice, listed, by_id=make.user(f"Pengunci {canary}").id, now=make.AT)
    assert row is not None
    return row.id


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
