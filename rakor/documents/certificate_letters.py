"""The mail about a certificate: its PDF, and the way to the own page.

A copy in a mailbox stays when the certificate is revoked or replaced; whether a paper is valid is said by its code,
not by where it lies. A paper with a heavy logo is not sent thousands of times through an office's mail server: then
the link alone goes, and the text says so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor.agenda import speaker_store
from rakor.documents.certificate_models import Certificate
from rakor.documents.rules.certificates import code_of
from rakor.documents.store import certificates
from rakor.events.models import Event
from rakor.messages import delivery, sending
from rakor.messages import store as messages
from rakor.messages.letters import Subject, config, greeting, page, renders, signed
from rakor.messages.models import Message
from rakor.messages.rules import Kind, Letter, Paper, one_line, unlinked
from rakor.messages.to_speakers import ToSpeaker, renders_to_speaker

MOST_ATTACHED = 1_000_000
"""Bytes of a paper that goes along; one without a logo has some twenty thousand."""


def tell(issued: Sequence[Certificate], *, since: datetime, place: int) -> None:
    """Leave each of these people of one event a message, one after the other from ``place`` in the whole issue on.

    Speakers are told where an address of theirs is known; whoever has none finds the paper on the own page.
    """
    speakers = [row for row in issued if row.registration_id is None]
    profiles = speaker_store.profiles(speakers[0].event_id) if speakers else {}
    reached = {speaker_id for speaker_id, profile in profiles.items() if profile.email}
    for number, row in enumerate(issued, place):
        who, kind = row.registration_id, messages.REGISTRATION
        if who is None and row.speaker_id in reached:
            who, kind = row.speaker_id, messages.SPEAKER
        if who is not None:
            messages.write(
                row.event_id, Kind.CERTIFICATE, who, str(row.id), now=row.made_at or since, recipient_kind=kind,
                detail={"certificate": str(row.id)}, run_at=since + sending.pace() * number,
            )  # fmt: skip


@renders(Kind.CERTIFICATE)
def _to_person(subject: Subject) -> Letter:
    action = (_("Buka halaman saya"), page(subject))
    return _issued(subject.event, subject.detail, greeting(subject), action)


@renders_to_speaker(Kind.CERTIFICATE)
def _to_speaker(to: ToSpeaker) -> Letter:
    return _issued(to.event, to.detail, to.greeting, to.action)


def _issued(event: Event, detail: Mapping[str, str], first_line: str, action: tuple[str, str] | None) -> Letter:
    named = detail.get("certificate")
    row = certificates.certificate(event.id, UUID(named)) if named else None
    facts = ((_("Nomor"), unlinked(row.number)), (_("Nama pada sertifikat"), unlinked(row.name))) if row else ()
    jp = ((_("Jam pelajaran"), f"{row.jp} JP"),) if row and row.jp else ()
    verify = ((_("Periksa keaslian"), f"{config().base_url}/cert/{code_of(row.id)}"),) if row else ()
    paper = _attached(row)
    return Letter(
        subject=_("Sertifikat Anda: %(title)s", title=one_line(event.short_title)),
        greeting=first_line,
        paragraphs=(
            _("Sertifikat Anda untuk %(title)s sudah terbit.", title=unlinked(event.title)),
            _("PDF-nya terlampir, dan selalu dapat diunduh dari halaman Anda.")
            if paper
            else _("Unduh PDF-nya dari halaman Anda."),
            _("Nama keliru? Hubungi panitia; sertifikatnya diterbitkan ulang."),
        ),
        facts=(*facts, *jp, *verify),
        action=action,
        closing=signed(event),
        paper=paper,
    )


def _attached(row: Certificate | None) -> Paper | None:
    """Return the paper that goes along: of a certificate in force, and not too heavy."""
    kept = certificates.paper(row)
    if row is None or kept is None or len(kept.content) > MOST_ATTACHED:
        return None
    return Paper(certificates.file_name(row), kept.content)


def needs_no_more(row: Message) -> bool:
    """True for a message about a certificate that was revoked, or replaced, before it left."""
    if row.kind != Kind.CERTIFICATE:
        return False
    named = row.detail.get("certificate")
    found = certificates.certificate(row.event_id, UUID(named)) if named else None
    return found is None or found.revoked_at is not None


delivery.needless.append(needs_no_more)
