"""What the screen calls kinds of regions and groups of islands, and how it asks which region was meant."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from rakor.regions.rules import Ambiguous, Doubt, RegionKind

KINDS: dict[RegionKind, LazyString] = {
    RegionKind.PROVINCE: _("provinsi"),
    RegionKind.KABUPATEN: _("kabupaten"),
    RegionKind.KOTA: _("kota"),
}

ISLANDS: dict[str, LazyString] = {
    "Sumatera": _("Sumatera"),
    "Jawa": _("Jawa"),
    "Bali-Nusa Tenggara": _("Bali-Nusa Tenggara"),
    "Kalimantan": _("Kalimantan"),
    "Sulawesi": _("Sulawesi"),
    "Maluku": _("Maluku"),
    "Papua": _("Papua"),
}

QUESTIONS: dict[Doubt, LazyString] = {
    Doubt.SAME_NAME: _("Nama ini dipakai lebih dari satu wilayah. Yang mana?"),
    Doubt.SIMILAR: _("Wilayah ini tidak ditemukan. Apakah maksud Anda salah satu dari ini?"),
    Doubt.NOT_YET: _("Provinsi ini belum ada pada tanggal kegiatan. Apakah maksud Anda provinsi asalnya?"),
}


def question(match: Ambiguous) -> LazyString:
    """The question to put above the choices of an ambiguous region."""
    return QUESTIONS[match.doubt]
