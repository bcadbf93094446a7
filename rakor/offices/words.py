"""Words of the offices' closed lists, as the screen says them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.offices.rules import OfficeLevel, PatternProblem

LEVELS: dict[OfficeLevel, LazyString] = {
    OfficeLevel.NATIONAL: _l("Pusat"),
    OfficeLevel.PROVINCE: _l("Provinsi"),
    OfficeLevel.REGENCY: _l("Kabupaten/Kota"),
    OfficeLevel.UNIT: _l("Unit"),
}
LEVELS_COUNTED: dict[OfficeLevel, LazyString] = {
    OfficeLevel.NATIONAL: _l("pusat"),
    OfficeLevel.PROVINCE: _l("provinsi"),
    OfficeLevel.REGENCY: _l("kabupaten/kota"),
    OfficeLevel.UNIT: _l("unit"),
}
PATTERN_PROBLEMS: dict[PatternProblem, LazyString] = {
    PatternProblem.EMPTY: _l("Tulis pola nama kantor."),
    PatternProblem.UNCLOSED: _l("Kurung kurawal belum berpasangan. Contoh: Dinas Kesehatan {kabupaten/kota}."),
    PatternProblem.UNKNOWN_PLACEHOLDER: _l("Penanda tidak dikenal. Pakai {provinsi}, {kabupaten/kota}, atau {nama}."),
    PatternProblem.NOT_AT_LEVEL: _l("Penanda ini tidak berlaku di tingkat ini."),
    PatternProblem.SAME_NAMES: _l("Dua kantor akan bernama sama. Pakai {kabupaten/kota} atau {provinsi}."),
    PatternProblem.TOO_LONG: _l("Ada nama yang terlalu panjang: nama paling panjang 200 huruf, nama pendek 120."),
}
