"""What the notice says of the data: read from the model, so that page and table cannot disagree."""

from dataclasses import dataclass

from flask_babel import gettext as _

from rakor.documents.certificate_models import KEPT as CERTIFICATES_KEPT
from rakor.registrations.own_data import LABELS, PURPOSES, RETENTIONS, personal_columns


@dataclass(frozen=True)
class Kept:
    """Data kept for one purpose: their names, the purpose, and until when."""

    fields: tuple[str, ...]
    purpose: str
    retention: str


def kept() -> list[Kept]:
    """Return the personal data of a registration, grouped by purpose, in the order of the table."""
    groups: dict[tuple[str, str], list[str]] = {}
    for column in personal_columns():
        why = (column.info["personal_purpose"], column.info["personal_retention"])
        groups.setdefault(why, []).append(str(LABELS[column.name]))
    registration = [
        Kept(tuple(fields), str(PURPOSES[purpose]), str(RETENTIONS[retention]))
        for (purpose, retention), fields in groups.items()
    ]
    return [*registration, Kept((_("Nama pada sertifikat"),), _("sertifikat"), str(RETENTIONS[CERTIFICATES_KEPT]))]
