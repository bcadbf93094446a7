"""Named placeholders in what an organiser writes: a closed list, filled in one pass, so no value is read again. Pure.

Neither ``str.format`` nor a template language ever sees text from the database (security.md T9).
"""

import re
from collections.abc import Collection, Mapping

from rakor.messages.rules.campaigns import Audience
from rakor.messages.rules.rounds import Over

_MARK = re.compile(r"\{([^{}\n]*)\}")
_SHARED = ("kegiatan", "tanggal", "tempat", "kantor", "batas_jawab", "sesi", "waktu_sesi", "narahubung", "tautan")
_PASSED_ON = ("kegiatan", "tanggal", "tempat", "batas_jawab", "narahubung", "tautan")
PLACEHOLDERS: Mapping[Audience, tuple[str, ...]] = {
    Audience.PEOPLE: ("nama", "jabatan", "cara", *_SHARED),
    Audience.OFFICES: ("kursi_terbuka", *_SHARED),
}
"""What a mail may name."""
ROUND_PLACEHOLDERS: Mapping[Over, tuple[str, ...]] = {
    Over.OFFICES: ("kantor", "kursi_terbuka", *_PASSED_ON),
    Over.PROVINCES: ("provinsi", "jumlah_kantor", "belum_menjawab", *_PASSED_ON),
}
"""What a text that is passed on by WhatsApp may name."""


def unknown(text: str, known: Collection[str]) -> list[str]:
    """Return what stands in braces in ``text`` and is no ``known`` placeholder, in order, each once."""
    return [name for name in dict.fromkeys(_MARK.findall(text)) if name not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with each placeholder as its value, as it stands; what is no placeholder stays as typed."""
    return _MARK.sub(lambda found: values.get(found[1], found[0]), text)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: what stands between empty lines; lines within one stay lines."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip())
