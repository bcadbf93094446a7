"""Which column of a sheet is which: headings in any order, in the many words that offices use for the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rakor.regions.rules import plain

LOOKED_AT = 15
_EXACT, _BEGINS = 3, 1


class Field(StrEnum):
    """What a column can hold; the order is that of the page."""

    NAME = "name"
    FRONT_TITLE = "front_title"
    BACK_TITLE = "back_title"
    OFFICE = "office"
    OFFICE_CODE = "office_code"
    REGENCY = "regency"
    PROVINCE = "province"
    ROLE = "role"
    POST = "post"
    ACTING = "acting"
    EMPLOYMENT = "employment"
    RANK = "rank"
    NIP = "nip"
    NRP = "nrp"
    PHONE = "phone"
    EMAIL = "email"
    MODE = "mode"
    PLACING = "placing"
    CODE = "code"


# in plain form (no case, no punctuation)
SYNONYMS: dict[Field, tuple[str, ...]] = {
    Field.NAME: (
        "nama", "nama lengkap", "nama peserta", "nama lengkap dengan gelar", "nama lengkap dan gelar", "nama dan gelar",
        "nama gelar", "nama pegawai", "nama lengkap peserta", "nama asn", "nama undangan", "nama pendaftar", "peserta",
        "name", "full name", "participant", "participant name", "nama lengkap beserta gelar", "nama personel",
    ),
    Field.FRONT_TITLE: ("gelar depan", "gelar di depan", "front title", "title before"),
    Field.BACK_TITLE: ("gelar belakang", "gelar di belakang", "gelar", "back title", "title after"),
    Field.OFFICE: (
        "instansi", "satker", "satuan kerja", "kantor", "unit kerja", "asal instansi", "nama instansi", "nama satker",
        "asal satker", "lembaga", "asal", "organisasi", "nama kantor", "utusan", "asal kantor", "instansi asal", "skpd",
        "opd", "unit", "perguruan tinggi", "universitas", "office", "institution", "organization",
        "delegasi", "asal daerah",
    ),
    Field.OFFICE_CODE: (
        "kode kantor", "kode satker", "kode wilayah", "kode instansi", "kode satuan kerja", "office code", "kode kpu",
        "kode kab kota", "kode kabupaten kota",
    ),
    Field.REGENCY: (
        "kabupaten kota", "kab kota", "kabupaten", "kota", "kab", "kabkota", "nama kabupaten kota", "daerah", "wilayah",
        "kota kabupaten", "regency", "city",
    ),
    Field.PROVINCE: ("provinsi", "propinsi", "prov", "nama provinsi", "province"),
    Field.ROLE: (
        "peran", "diundang sebagai", "undangan sebagai", "sebagai", "kategori", "kategori peserta", "unsur", "kursi",
        "jenis peserta", "role", "seat",
    ),
    Field.POST: ("jabatan", "jabatan saat ini", "nama jabatan", "jabatan peserta", "posisi", "post", "position"),
    Field.ACTING: ("plh plt", "plt plh", "plt", "plh", "status jabatan", "acting"),
    Field.EMPLOYMENT: (
        "status kepegawaian", "status pegawai", "kepegawaian", "jenis kepegawaian", "jenis pegawai", "status asn",
        "employment", "employment status",
    ),
    Field.RANK: (
        "pangkat", "golongan", "pangkat golongan", "gol", "pangkat gol", "pangkat gol ruang", "golongan ruang",
        "pangkat golongan ruang", "pangkat dan golongan", "rank",
    ),
    Field.NRP: ("nrp", "no nrp", "nomor nrp", "nrp tni polri"),
    Field.NIP: (
        "nip", "nip nrp", "nip nipppk", "nip ni pppk", "ni pppk", "nipppk", "nomor induk pegawai", "nip 18 digit",
        "nip baru", "no nip", "nip nik",
    ),
    Field.PHONE: (
        "no hp", "nohp", "hp", "no wa", "wa", "whatsapp", "no whatsapp", "nomor hp", "nomor wa", "nomor whatsapp",
        "no telepon", "nomor telepon", "telepon", "telp", "no telp", "handphone", "no handphone", "kontak", "no hp wa",
        "nomor hp wa", "nomor hp whatsapp", "no ponsel", "ponsel", "nomor ponsel", "phone", "mobile", "no kontak",
        "nomor handphone", "hp wa", "no hp whatsapp",
    ),
    Field.EMAIL: ("email", "e mail", "surel", "alamat email", "alamat e mail", "alamat surel", "pos el", "mail"),
    Field.MODE: (
        "moda", "cara mengikuti", "kehadiran", "luring daring", "daring luring", "mode", "metode", "cara hadir",
        "metode kehadiran", "moda kehadiran", "online offline", "offline online", "keikutsertaan", "attendance",
    ),
    Field.PLACING: (
        "kamar atau meja", "ruang atau meja", "kamar", "meja", "nomor kamar", "no kamar", "nomor meja", "no meja",
        "kamar meja", "penempatan", "tempat duduk", "room", "table", "room or table", "seating",
    ),
    Field.CODE: ("kode baris", "kode baris rakor", "row code"),
}  # fmt: skip
# a running number, what our own sheets add, a badge's colour (its role has it): never a person's column
IGNORED = frozenset({"no", "nomor", "nomor urut", "no urut", "baris", "masalah", "keterangan", "ttd", "tanda tangan",
                     "warna kartu"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the headings stand (index among the rows that were read), and which column holds what (from 0)."""

    place: int
    columns: dict[Field, int]


def find_heading(rows: Sequence[Sequence[str]]) -> Heading:
    """The row among the first fifteen with most headings known word for word; the first row where there are none.

    A heading that only begins like one we know does not count here: "Kota Solo" in a row of people does too.
    """
    known = [sum(recognise(cell)[1] == _EXACT for cell in cells) for cells in rows[:LOOKED_AT]]
    place = known.index(max(known)) if known else 0
    return Heading(place, guess(rows[place]) if rows else {})


def guess(headings: Sequence[str]) -> dict[Field, int]:
    """Which column holds what, by its heading; the better word wins, then the column further left."""
    found: dict[Field, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        field, score = recognise(heading)
        if field is not None and score > found.get(field, (0, 0))[0]:
            found[field] = (score, place)
    return {field: found[field][1] for field in Field if field in found}


def recognise(heading: str) -> tuple[Field | None, int]:
    """The field that a heading names and how well, or none. "NAMA LENGKAP (dengan gelar)*" is a name."""
    for typed in (plain(heading), plain(heading.split("(")[0])):
        if not typed or typed in IGNORED:
            continue
        exact = next((field for field, words in SYNONYMS.items() if typed in words), None)
        if exact is not None:
            return exact, _EXACT
    typed = f"{plain(heading)} "
    begun = [(len(word), field) for field, words in SYNONYMS.items() for word in words if typed.startswith(f"{word} ")]
    return (max(begun)[1], _BEGINS) if begun and plain(heading) not in IGNORED else (None, 0)
