"""Words of an event's closed lists, as the screen says them."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.events.rules import (
    Admission,
    BadgeColour,
    ChannelKind,
    CostBearer,
    EventKind,
    EventMode,
    EventProblem,
    Phase,
    RoleGroup,
)

KINDS: dict[EventKind, LazyString] = {
    EventKind.RAKORNAS: _l("Rapat Koordinasi Nasional (Rakornas)"),
    EventKind.RAKOR: _l("Rapat Koordinasi (Rakor)"),
    EventKind.RAKER: _l("Rapat Kerja (Raker)"),
    EventKind.KONSOLNAS: _l("Konsolidasi Nasional (Konsolnas)"),
    EventKind.BIMTEK: _l("Bimbingan Teknis (Bimtek)"),
    EventKind.WORKSHOP: _l("Lokakarya (Workshop)"),
    EventKind.FGD: _l("Diskusi Kelompok Terpumpun (FGD)"),
    EventKind.OUTREACH: _l("Sosialisasi"),
    EventKind.SEMINAR: _l("Seminar atau webinar"),
    EventKind.PLENARY: _l("Rapat Pleno"),
}

MODES: dict[EventMode, LazyString] = {
    EventMode.ONSITE: _l("Luring"),
    EventMode.ONLINE: _l("Daring"),
    EventMode.HYBRID: _l("Luring dan daring"),
}

COSTS: dict[CostBearer, LazyString] = {
    CostBearer.ORGANIZER: _l("Ditanggung penyelenggara"),
    CostBearer.OWN_OFFICE: _l("Ditanggung kantor masing-masing"),
    CostBearer.PARTLY: _l("Ditanggung sebagian"),
    CostBearer.NONE: _l("Tidak ada biaya perjalanan"),
}

ADMISSIONS: dict[Admission, LazyString] = {
    Admission.OPEN: _l("Siapa pun yang datang; yang meragukan ditandai"),
    Admission.OWNED: _l("Setiap tiket di mejanya sendiri"),
    Admission.STRICT: _l("Hanya tiket yang dikenal dan berlaku"),
}

COLOURS: dict[BadgeColour, LazyString] = {
    BadgeColour.RED: _l("Merah"),
    BadgeColour.ORANGE: _l("Jingga"),
    BadgeColour.YELLOW: _l("Kuning"),
    BadgeColour.GREEN: _l("Hijau"),
    BadgeColour.BLUE: _l("Biru"),
    BadgeColour.PURPLE: _l("Ungu"),
    BadgeColour.BROWN: _l("Cokelat"),
    BadgeColour.BLACK: _l("Hitam"),
    BadgeColour.WHITE: _l("Putih"),
}

CHANNELS: dict[ChannelKind, LazyString] = {
    ChannelKind.ONSITE: _l("Di tempat"),
    ChannelKind.ZOOM: _l("Zoom"),
    ChannelKind.YOUTUBE: _l("YouTube"),
}

GROUPS: dict[RoleGroup, LazyString] = {
    RoleGroup.PARTICIPANT: _l("Peserta"),
    RoleGroup.SPEAKER: _l("Narasumber dan moderator"),
    RoleGroup.COMMITTEE: _l("Panitia"),
}

ZONES: dict[str, LazyString] = {
    "Asia/Jakarta": _l("WIB"),
    "Asia/Makassar": _l("WITA"),
    "Asia/Jayapura": _l("WIT"),
}

PROBLEMS: dict[EventProblem, LazyString] = {
    EventProblem.ENDS_BEFORE_START: _l("Tanggal selesai mendahului tanggal mulai."),
    EventProblem.TOO_LONG: _l("Kegiatan paling lama 31 hari. Periksa tanggalnya."),
    EventProblem.WINDOW_REVERSED: _l("Pendaftaran ditutup sebelum dibuka. Periksa kedua waktunya."),
    EventProblem.DEADLINE_AFTER_END: _l("Batas jawab jatuh sesudah kegiatan selesai."),
}


@dataclass(frozen=True)
class PhaseLook:
    """A phase as a badge: word, tone and icon, always together."""

    word: LazyString
    tone: str
    mark: str


PHASES: dict[Phase, PhaseLook] = {
    Phase.DRAFT: PhaseLook(_l("Rancangan"), "info", "edit"),
    Phase.COMING: PhaseLook(_l("Akan datang"), "ok", "calendar"),
    Phase.RUNNING: PhaseLook(_l("Berlangsung sekarang"), "warn", "clock"),
    Phase.OVER: PhaseLook(_l("Selesai"), "", "check-circle"),
    Phase.CANCELLED: PhaseLook(_l("Dibatalkan"), "bad", "cross"),
}
