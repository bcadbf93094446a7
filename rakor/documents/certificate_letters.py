"""The mail about a certificate: by link, not attached.

Six thousand papers with a logo would be hundreds of megabytes through an office's mail server, and filters take what
goes to thousands with a file for spam. A copy in a mailbox also stays when a name is put right; the own page is valid.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor.documents.certificate_models import Certificate
from rakor.documents.rules.certificates import code_of
from rakor.documents.store import certificates
from rakor.messages import delivery, sending
from rakor.messages import store as messages
from rakor.messages.letters import Subject, closing, config, greeting, page, renders
from rakor.messages.models import Message
from rakor.messages.rules import Kind, Letter, one_line, unlinked


def tell(issued: Sequence[Certificate], *, since: datetime, place: int) -> None:
    """Leave each of these people a message, one after the other from ``place`` in the whole of the issue on."""
    for number, row in enumerate(issued, place):
        if row.registration_id is not None:
            messages.write(
                row.event_id, Kind.CERTIFICATE, row.registration_id, str(row.id), now=row.made_at or since,
                detail={"certificate": str(row.id)}, run_at=since + sending.pace() * number,
            )  # fmt: skip


@renders(Kind.CERTIFICATE)
def _issued(subject: Subject) -> Letter:
    named = subject.detail.get("certificate")
    row = certificates.certificate(subject.event.id, UUID(named)) if named else None
    facts = ((_("Nomor"), unlinked(row.number)), (_("Nama pada sertifikat"), unlinked(row.name))) if row else ()
    jp = ((_("Jam pelajaran"), f"{row.jp} JP"),) if row and row.jp else ()
    verify = ((_("Periksa keaslian"), f"{config().base_url}/cert/{code_of(row.id)}"),) if row else ()
    return Letter(
        subject=_("Sertifikat Anda: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(
            _("Sertifikat Anda untuk %(title)s sudah terbit.", title=subject.title),
            _("Unduh dari halaman Anda. Nama keliru? Hubungi panitia; sertifikatnya diterbitkan ulang."),
        ),
        facts=(*facts, *jp, *verify),
        action=(_("Buka halaman saya"), page(subject)),
        closing=closing(subject),
    )


def needs_no_more(row: Message) -> bool:
    """True for a message about a certificate that was revoked, or replaced, before it left."""
    if row.kind != Kind.CERTIFICATE:
        return False
    named = row.detail.get("certificate")
    found = certificates.certificate(row.event_id, UUID(named)) if named else None
    return found is None or found.revoked_at is not None


delivery.needless.append(needs_no_more)
