"""What a person's "Data saya" says of certificates: the name as issued, and that the own name was checked."""

import json

from flask_babel import gettext as _

from rakor.documents.certificate_models import KEPT
from rakor.documents.store import certificates
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.registrations.own_data import RETENTIONS, Fact


def facts(row: Registration) -> list[Fact]:
    """Return what is kept for the certificate, in words."""
    kept = str(RETENTIONS[KEPT])
    return [
        Fact(_("Sertifikat %(number)s", number=one.number), f"{one.name}, {one.jp} JP", _("sertifikat"), kept)
        for one in certificates.of_holder(row.event_id, row.id)
    ]


def added(content: bytes, row: Registration) -> bytes:
    """Return the person's JSON with certificates and name check beside the rest; moments are ISO 8601 in UTC."""
    whole = json.loads(content)
    at = certificates.checked_at(row.event_id, row.id, registrations.display_name(row))
    whole["certificate_name_checked_at"] = at.isoformat() if at else None
    whole["certificates"] = [
        {
            "number": one.number, "name": one.name, "standing": one.standing, "jp": one.jp,
            "issued_at": one.issued_at.isoformat(),
            "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
            "purpose": "certificate", "kept": KEPT,
        }
        for one in certificates.of_holder(row.event_id, row.id)
    ]  # fmt: skip
    ruling = certificates.ruling(row.event_id, row.id)
    said = {"granted": ruling.granted, "jp": ruling.jp, "reason": ruling.reason} if ruling else None
    whole["certificate_ruling"] = said
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()
