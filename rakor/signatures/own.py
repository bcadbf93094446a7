"""A person's own signatures, for "Data saya" and its file."""

import json

from flask_babel import gettext as _

from rakor.registrations.models import ARCHIVE_KEPT, Registration
from rakor.registrations.own_data import PURPOSES, RETENTIONS, Fact
from rakor.signatures import store
from rakor.signatures.models import SIGNS
from rakor.web.locale import when


def facts(row: Registration, zone: str) -> list[Fact]:
    """Return every signature with what it is for and how long it is kept; times in ``zone``."""
    return [
        Fact(
            _("Tanda tangan, %(place)s", place=place),
            _("%(how)s, %(time)s", how=one.typed or _("Digambar"), time=when(one.signed_at, zone)),
            str(PURPOSES[SIGNS]),
            str(RETENTIONS[ARCHIVE_KEPT]),
        )
        for one, place in store.of_person(row.event_id, row.id)
    ]


def added(content: bytes, row: Registration) -> bytes:
    """Return the person's JSON with the signatures beside the rest; strokes are points in a field of 600 by 200."""
    whole = json.loads(content)
    whole["signatures"] = [
        {"place": place, "signed_at": one.signed_at.isoformat(), "strokes": one.strokes, "typed": one.typed,
         "purpose": SIGNS, "kept": ARCHIVE_KEPT}
        for one, place in store.of_person(row.event_id, row.id)
    ]  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()
