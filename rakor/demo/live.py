"""World (a): a Rakornas of "Kementerian Contoh" whose second day is today, with a session that runs now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update

from rakor.agenda.rules import AgendaKind, Visibility
from rakor.attendance.store import checkpoints
from rakor.db import db
from rakor.demo import arrivals, certified, names, people
from rakor.demo.frames import ZONE, Frame, Item, Voice, institution, raise_frame, within_day
from rakor.demo.names import phone
from rakor.demo.seed import luck, uid
from rakor.events.models import AccessLink, Event, EventRole, LinkPurpose, PassedOnBy
from rakor.events.rules import ChannelKind, EventKind, EventMode, RoleGroup
from rakor.events.store import locked_event
from rakor.offices.models import Office, OfficeContact
from rakor.offices.rules import OfficeDraft, OfficeLevel, Pattern, PatternRefusal, expand
from rakor.regions.rules import reference
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.seats import store as seats
from rakor.seats.letter_models import InvitationLetter
from rakor.seats.rules import Rule
from rakor.seats.rules.letters import LetterNature
from rakor.web.times import local_day

WORLD = "live"
SEATS = 2760
SIZES = range(5, 30_001)
ROLES_INVITED = 5
PATTERNS = (
    Pattern(OfficeLevel.PROVINCE, "Kantor Wilayah Kementerian Contoh {provinsi}", "Kanwil {provinsi}"),
    Pattern(OfficeLevel.REGENCY, "Kantor Kementerian Contoh {kabupaten/kota}", "Kantor {kabupaten/kota}"),
)
VOICES = (
    Voice("ratna", "Dr. Ratna Contoh, M.Si.", "Direktur Layanan Informasi", "Kementerian Contoh"),
    Voice("hamzah", "Prof. Hamzah Contoh", "Guru Besar Ilmu Komunikasi", "Universitas Contoh"),
    Voice("nur", "Nur Contoh, M.I.Kom.", "Kepala Biro Humas", "Kementerian Contoh"),
    Voice("hendra", "Hendra Contoh", "Pranata Humas Ahli Madya", "Kementerian Contoh"),
    Voice("yosef", "Yosef Wanggai Contoh, S.Sos.", "Kepala Kantor Wilayah Papua Selatan", "Kementerian Contoh"),
)
PLENARY = "Ruang Pleno"
ROOMS = ((PLENARY, 800), ("Ruang Cendana", 120), ("Ruang Meranti", 120))


@dataclass(frozen=True)
class Clockwork:
    """When today's session began, in minutes after midnight in the event's zone."""

    base: int

    @classmethod
    def of(cls, now: datetime) -> "Clockwork":
        """Return the half hour from which a session of two hours is about 55 minutes old at ``now``."""
        local = now.astimezone(ZoneInfo(ZONE))
        minutes = local.hour * 60 + local.minute
        return cls(max((minutes - 40) // 30 * 30, 0))


LETTER = {
    "nature": LetterNature.IMPORTANT, "subject": "Undangan Rapat Koordinasi Nasional Pelayanan Informasi",
    "place": "Bogor", "basis": "Dalam rangka menyamakan layanan informasi di 514 kabupaten dan kota",
    "dress": "Batik lengan panjang", "bring": "Surat tugas\nSPD\nLaptop",
    "lodging": "Hotel Contoh, kamar masuk mulai 14.00 WIB, keluar paling lambat 12.00 WIB",
    "cc": "Menteri Contoh, sebagai laporan\nInspektur Jenderal Contoh",
}  # fmt: skip


def build(now: datetime, seat_count: int) -> Event:
    """Write the whole world and return its event."""
    event = raise_frame(_frame(now), now)
    offices = _offices(event.institution_id, seat_count)
    _invite(event, seat_count, now)
    db.session.add(InvitationLetter(event_id=event.id, updated_at=now, **LETTER))
    db.session.flush()
    holders = people.answer(event, offices, _start(event, now), now=now)
    _pass_on(event, _start(event, now))
    locked = locked_event(event.id)
    locked.change_seq = people.last_number(holders)
    db.session.flush()
    places = checkpoints.ensure(event.id, now=now)
    arrivals.arrive(locked, holders, places, now=now)
    certified.certify(event, now=now)
    return locked


def _start(event: Event, now: datetime) -> datetime:
    """When the invitation went out: nine days before the opening, as in 2021 (domain.md §2.1)."""
    return now - timedelta(days=(local_day(now, event.zone) - event.starts_on).days + 9)


def _pass_on(event: Event, at: datetime) -> None:
    """Who answered had got the link of the office: from then on the agenda changes by versions."""
    answered = select(Registration.office_id).where(Registration.event_id == event.id)
    links = update(AccessLink).where(AccessLink.event_id == event.id, AccessLink.purpose == LinkPurpose.OFFICE)
    facts = {"passed_on_at": at, "passed_on_by": PassedOnBy.CENTRE, "opened_at": at}
    db.session.execute(links.where(AccessLink.subject_id.in_(answered)).values(facts))


def _frame(now: datetime) -> Frame:
    today = local_day(now, ZONE)
    starts_on, base = today - timedelta(days=1), Clockwork.of(now).base
    values = {
        "slug": f"rakornas-contoh-{starts_on.year}",
        "institution_id": institution(WORLD, "Kementerian Contoh", "Kemencontoh", now),
        "organizer": "Kementerian Contoh", "unit": "Direktorat Layanan Informasi", "kind": EventKind.RAKORNAS,
        "title": f"Rapat Koordinasi Nasional Pelayanan Informasi {starts_on.year}",
        "short_title": f"Rakornas Pelayanan Informasi {starts_on.year}",
        "theme": "Layanan informasi yang sama baiknya di 514 kabupaten dan kota",
        "mode": EventMode.HYBRID, "starts_on": starts_on, "ends_on": starts_on + timedelta(days=2),
        "venue": "Hotel Contoh", "address": "Jalan Contoh Nomor 1", "city": "Bogor",
        "letter_number": f"100/HM.01/{starts_on.year}", "letter_on": starts_on - timedelta(days=9),
        "letter_year": (starts_on - timedelta(days=9)).year,
        "answer_by_at": now + timedelta(hours=20),
        "contact_name": "Sekretariat Panitia Contoh", "contact_phone": "+6281200000000",
        "contact_email": "panitia@kementerian.contoh",
    }
    channels = (
        (ChannelKind.ONSITE, "Hotel Contoh, Bogor", None, True),
        (ChannelKind.ZOOM, "Zoom", "https://zoom.contoh.test/j/000000", False),
        (ChannelKind.YOUTUBE, "YouTube Kementerian Contoh", "https://youtube.contoh.test/live", True),
    )
    letterhead = "KEMENTERIAN CONTOH\nDIREKTORAT LAYANAN INFORMASI\nJalan Contoh Nomor 1, Bogor"
    signatory = ("Direktur Layanan Informasi", "Dr. Ratna Contoh, M.Si.")
    return Frame(
        WORLD, values, channels, VOICES, _programme(base), rooms=ROOMS, letterhead=letterhead, signatory=signatory
    )


def _programme(base: int) -> list[Item]:
    """Three days; the second is laid around the session that runs now."""
    kind = AgendaKind
    first = [
        Item(1, "Registrasi ulang", kind.REGISTRATION, 480, 540, room="Serambi"),
        Item(1, "Pembukaan: Indonesia Raya dan doa", kind.CEREMONY, 540, 555, room=PLENARY),
        Item(1, "Laporan panitia", kind.REPORT, 555, 570, room=PLENARY, speakers=("nur",)),
        Item(1, "Sambutan dan arahan", kind.DIRECTIVE, 570, 600, room=PLENARY, speakers=("ratna",)),
        Item(1, "Sesi 1: Informasi publik menjelang tahun pemilihan", kind.SESSION, 600, 690, room=PLENARY, number=1,
             speakers=("hamzah",), moderator="hendra", attendance=True),
        Item(1, "Istirahat, salat, makan", kind.BREAK, 690, 780, room="Restoran"),
        Item(1, "Rapat panitia", kind.OTHER, 960, 1020, room="Ruang Cendana", visibility=Visibility.ORGANIZERS),
    ]
    second = [
        Item(2, "Registrasi ulang", kind.REGISTRATION, base - 60, base, room="Serambi"),
        Item(2, "Sesi 2: Standar layanan informasi di daerah", kind.SESSION, base, base + 120, room=PLENARY, number=2,
             speakers=("ratna",), moderator="hendra", attendance=True),
        Item(2, "Rehat", kind.BREAK, base + 120, base + 150, room="Serambi"),
        Item(2, "Sesi 3: Menjawab permohonan informasi tepat waktu", kind.SESSION, base + 150, base + 240,
             room=PLENARY, number=3, speakers=("hamzah",), moderator="nur", attendance=True),
        Item(2, "Istirahat, salat, makan", kind.BREAK, base + 240, base + 300, room="Restoran"),
        Item(2, "Kelompok A: Pimpinan kantor", kind.BREAKOUT, base + 300, base + 390, room="Ruang Pleno",
             speakers=("yosef",), moderator="hendra", roles=("Ketua", "Anggota", "Sekretaris"), attendance=True),
        Item(2, "Kelompok B: Kepala bagian dan subbagian", kind.BREAKOUT, base + 300, base + 390, room="Ruang Cendana",
             speakers=("hamzah",), roles=("Kepala Bagian/Subbagian",), attendance=True),
        Item(2, "Kelompok C: Operator layanan", kind.BREAKOUT, base + 300, base + 390, room="Ruang Meranti",
             speakers=("ratna",), moderator="nur", roles=("Operator",), attendance=True),
    ]
    third = [
        Item(3, "Sesi 4: Cerita baik dari Papua Selatan", kind.SESSION, 480, 570, room=PLENARY, number=4,
             speakers=("yosef",), moderator="hendra", attendance=True),
        Item(3, "Kesimpulan dan rekomendasi", kind.CLOSING, 570, 660, room=PLENARY, speakers=("ratna",)),
    ]
    return within_day([*first, *second, *third])


def _offices(institution_id: UUID, seat_count: int) -> list[Office]:
    """Make the offices of the pattern, or evenly chosen ones where fewer seats are wanted; with their contacts."""
    drafts: list[OfficeDraft] = []
    for pattern in PATTERNS:
        made = expand(pattern, reference())
        assert not isinstance(made, PatternRefusal), made
        drafts += made
    wanted = _chosen(sorted(drafts, key=lambda draft: draft.sort_key), seat_count)
    known = set(db.session.scalars(select(Office.code).where(Office.institution_id == institution_id)))
    fresh = [draft for draft in wanted if draft.code not in known]
    if fresh:
        db.session.execute(insert(Office), [_office(institution_id, draft) for draft in fresh])
        db.session.execute(insert(OfficeContact), [_contact(draft) for draft in fresh])
    query = select(Office).where(Office.institution_id == institution_id, Office.code.in_([d.code for d in wanted]))
    return list(db.session.scalars(query.order_by(Office.sort_key)))


def _chosen(drafts: Sequence[OfficeDraft], seat_count: int) -> list[OfficeDraft]:
    count = min(max(seat_count // (ROLES_INVITED * _quota(seat_count)), 1), len(drafts))
    step = len(drafts) / count
    chosen = {drafts[int(number * step)].code for number in range(count)} | {"93", "9304"}
    return [draft for draft in drafts if count == len(drafts) or draft.code in chosen]


def _office(institution_id: UUID, draft: OfficeDraft) -> dict[str, object]:
    values = {name: getattr(draft, name) for name in draft.__slots__}
    return values | {"id": uid(WORLD, "office", draft.code), "institution_id": institution_id}


def _contact(draft: OfficeDraft) -> dict[str, object]:
    _front, name, _back = names.person(luck(f"contact/{draft.code}"), people.island_of(draft.province_code))
    return {
        "id": uid(WORLD, "contact", draft.code), "office_id": uid(WORLD, "office", draft.code), "name": name,
        "post": "Sekretariat", "phone": phone(int(draft.code)), "email": f"kantor{draft.code}@kementerian.contoh",
    }


def _quota(seat_count: int) -> int:
    """Return how often each role is invited: once, or more where more seats are wanted than offices give."""
    return max(ceil(seat_count / SEATS), 1)


def _invite(event: Event, seat_count: int, now: datetime) -> None:
    """Five roles in every office, each as often as ``_quota`` says."""
    query = select(EventRole.id).where(EventRole.event_id == event.id, EventRole.group == RoleGroup.PARTICIPANT)
    roles = list(db.session.scalars(query.order_by(EventRole.position)))
    quota = _quota(seat_count)
    modes = (Mode.ONSITE, Mode.ONLINE)
    rules = [Rule(level, role, quota, modes) for level in (OfficeLevel.PROVINCE, OfficeLevel.REGENCY) for role in roles]
    seats.save_rules(event, rules)
    seats.apply_expansion(event.id, seats.expansion(event), now=_start(event, now))
