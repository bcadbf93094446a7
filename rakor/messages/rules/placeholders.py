"""Named placeholders in what an organiser writes: a closed list, filled in one pass, so no value is read again. Pure.

Neither ``str.format`` nor a template language ever sees text from the database (security.md T9).
"""

import re
from collections.abc import Mapping
from urllib.parse import quote

from rakor.messages.rules.campaigns import Audience

_MARK = re.compile(r"\{([^{}\n]*)\}")
_SHARED = ("kegiatan", "tanggal", "tempat", "kantor", "batas_jawab", "sesi", "waktu_sesi", "narahubung", "tautan")
PLACEHOLDERS: Mapping[Audience, tuple[str, ...]] = {
    Audience.PEOPLE: ("nama", "jabatan", "cara", *_SHARED),
    Audience.OFFICES: ("kursi_terbuka", *_SHARED),
}


def unknown(text: str, audience: Audience) -> list[str]:
    """Return what stands in braces in ``text`` and is no placeholder for this audience, in order, each once."""
    known = PLACEHOLDERS[audience]
    return [name for name in dict.fromkeys(_MARK.findall(text)) if name not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with each placeholder as its value, as it stands; what is no placeholder stays as typed."""
    return _MARK.sub(lambda found: values.get(found[1], found[0]), text)


def fill_whatsapp(text: str, values: Mapping[str, str]) -> str:
    """Return the filled text as the query of a wa.me address: every sign but letters and digits is encoded."""
    return quote(fill(text, values), safe="")


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: what stands between empty lines; lines within one stay lines."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip())
