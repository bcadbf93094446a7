"""Texts to start from: the organiser's to change, so they are stored words in both languages, not interface."""

from dataclasses import dataclass, field

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.messages.rules.campaigns import Audience, Nature, Timing


@dataclass(frozen=True)
class Preset:
    """A kind of message that organisers write often."""

    title: LazyString
    explained: LazyString
    icon: str
    audience: Audience
    subject: str
    body: str
    subject_en: str = ""
    body_en: str = ""
    nature: Nature = Nature.SERVICE
    timing: Timing = Timing.NOW
    lead_hours: int = 24
    filters: dict[str, str] = field(default_factory=dict)


PRESETS: dict[str, Preset] = {
    "silent_offices": Preset(
        title=_l("Ingatkan kantor yang belum menjawab"),
        explained=_l("Sebelum batas jawab, tepat kepada yang saat itu belum menjawab"),
        icon="office",
        audience=Audience.OFFICES,
        timing=Timing.BEFORE_DEADLINE,
        lead_hours=72,
        filters={"way": "silent"},
        subject="Mohon jawaban: {kegiatan}",
        body=(
            "Yth. {kantor},\n\nKami belum menerima jawaban kantor Anda untuk {kegiatan} ({tanggal}, {tempat}).\n\n"
            "Mohon isi siapa yang hadir sebelum {batas_jawab} lewat tautan ini:\n{tautan}"
        ),
    ),
    "unanswered": Preset(
        title=_l("Ingatkan yang belum melengkapi jawaban"),
        explained=_l("Peserta yang pertanyaan wajibnya masih kosong saat pesan dikirim"),
        icon="list",
        audience=Audience.PEOPLE,
        filters={"missing": "answers"},
        subject="Mohon lengkapi data: {kegiatan}",
        body=(
            "Yth. {nama},\n\nMasih ada pertanyaan yang belum Anda jawab untuk {kegiatan}. "
            "Mohon lengkapi di halaman Anda:\n{tautan}"
        ),
        subject_en="Please complete your answers: {kegiatan}",
        body_en=(
            "Dear {nama},\n\nSome questions for {kegiatan} still wait for your answer. "
            "Please complete them on your page:\n{tautan}"
        ),
    ),
    "session": Preset(
        title=_l("Pengingat sebelum sesi"),
        explained=_l("Dengan waktu panitia dan waktu setempat penerima; ikut bergeser bila sesinya bergeser"),
        icon="clock",
        audience=Audience.PEOPLE,
        timing=Timing.BEFORE_SESSION,
        lead_hours=2,
        subject="Pengingat: {sesi}",
        body=(
            "Yth. {nama},\n\n{sesi} mulai {waktu_sesi}.\n\nTiket dan tautan bergabung ada di halaman Anda:\n{tautan}"
        ),
        subject_en="Reminder: {sesi}",
        body_en=(
            "Dear {nama},\n\n{sesi} starts {waktu_sesi}.\n\n"
            "Your ticket and the link to join are on your page:\n{tautan}"
        ),
    ),
    "people": Preset(
        title=_l("Pesan kepada peserta"),
        explained=_l("Pilih menurut keadaan, cara, peran, wilayah, kursi, atau kehadiran"),
        icon="users",
        audience=Audience.PEOPLE,
        subject="{kegiatan}",
        body="Yth. {nama},\n\n",
    ),
    "news": Preset(
        title=_l("Kabar umum"),
        explained=_l("Bukan keperluan layanan: penerima dapat berhenti menerimanya"),
        icon="flag",
        audience=Audience.PEOPLE,
        nature=Nature.BROADCAST,
        subject="Kabar {kegiatan}",
        body="Yth. {nama},\n\n",
    ),
}
