"""The rows of one side's world: one of everything that a URL can name, with the canary in its words."""

import io
import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from PIL import Image

from rakor.agenda.material_rules import SpeakerAnswer
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
from rakor.registrations.field_models import FormField
from rakor.registrations.rules.fields import FieldKind, FieldPurpose
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
    said = {"answer": SpeakerAnswer.DECLINED, "answer_reason": f"Halangan {canary}", "email": f"{canary}@contoh.test"}
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
