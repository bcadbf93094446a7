"""Every paper that is printed, made of words somebody typed: a maker for each template of ``templates/documents``."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from rakor import codes
from rakor.agenda import rundown_paper
from rakor.agenda.rules.views import PersonView
from rakor.documents import badge_paper, certificate_paper, letter_paper, paper
from rakor.documents.rules import Approval, ListHead, ListKind, ListRow, Variant, arrange, shown_in
from rakor.documents.rules.badges import BadgeDesign, BadgeHead, Face
from rakor.documents.rules.certificates import Award, AwardHead, Standing, code_of
from rakor.documents.rules.letter import AgendaLine, InvitedRole, LetterFacts, OfficeGroup
from rakor.minutes import notes_paper
from rakor.minutes.rules.content import Conclusion, Content, Head, Line, Presence, Signer
from rakor.minutes.rules.words import NoteKind
from rakor.qr import qr_png
from rakor.reports.activity import paper as report_paper
from rakor.reports.activity.rules import (
    Annex,
    Block,
    Chapter,
    Facts,
    Grid,
    Heading,
    Missing,
    Picture,
    Points,
    Report,
    Section,
    Words,
)

AT, DAY = datetime(2026, 11, 24, 1, tzinfo=UTC), date(2026, 11, 24)
LOGO = "logo"
Sheet = tuple[str, Mapping[str, object], dict[str, bytes]]
Maker = Callable[[str, bytes], Sheet]
"""From what somebody typed and uploaded to template, content and images."""


def attendance_list(variant: Variant) -> Maker:
    """Daftar hadir, or the list of receipts; signed by a typed name."""

    def made(typed: str, logo: bytes) -> Sheet:
        row = ListRow(
            "1", typed, typed, typed, typed, nip=typed, phone=typed, present=True, present_at=AT, means=typed,
            signed="1", typed=typed,
        )  # fmt: skip
        head = ListHead(
            ListKind.PARTICIPANTS, typed, typed, DAY, "Asia/Jakarta", AT, (typed, typed), logo, typed, AT, AT, typed,
            typed, typed, variant, "http://127.0.0.1/periksa", "ab" * 32, approval=Approval(typed, typed, typed),
        )  # fmt: skip
        return paper.TEMPLATE, paper.list_content(head, shown_in(arrange([row]), variant)), paper.list_images(head)

    return made


def badges(typed: str, logo: bytes) -> Sheet:
    """Kartu peserta."""
    face = Face(UUID(int=1), typed, typed, typed, typed, None, codes.encode(bytes(12)), 1)
    head = BadgeHead(typed, typed, logo, False)
    images = badge_paper.badge_images(head, [face], sample=False)
    return badge_paper.TEMPLATE, badge_paper.badge_content(head, BadgeDesign.A6, [face]), images


def certificate(typed: str, logo: bytes) -> Sheet:
    """Sertifikat."""
    head = AwardHead(
        typed, typed, (typed, typed), typed, logo, "", DAY, DAY, typed, typed, DAY, typed, typed, typed,
        "http://127.0.0.1", False,
    )  # fmt: skip
    award = Award(typed, Standing.PARTICIPANT, 2, typed, code_of(UUID(int=1)))
    content, images = certificate_paper.certificate_sheet(head, award)
    return certificate_paper.TEMPLATE, content, images | certificate_paper.shared_images(head)


def letter(typed: str, logo: bytes) -> Sheet:
    """Surat undangan with all its attachments."""
    facts = LetterFacts(
        number=typed, signed_on=DAY, place=typed, nature=typed, attachments="", subject=typed, addressees=(typed,),
        basis=typed, event_title=typed, theme=typed, starts_on=DAY, ends_on=DAY, zone="Asia/Jakarta", opens_at=AT,
        time_note=typed, venue=typed, cost=typed, delegation=typed, dress=typed, bring=typed, lodging=typed,
        answer_by=typed, link="http://127.0.0.1/o/a", is_own_link=True, contact=typed, cc=(typed,),
        letterhead=(typed, typed), logo=logo, approval=Approval(typed, typed, typed),
        roles=(InvitedRole(typed, typed, 1, typed, True),), groups=(OfficeGroup(typed, (typed,)),),
        agenda=(AgendaLine(DAY, AT, AT, typed, typed),), office=typed,
    )  # fmt: skip
    return letter_paper.TEMPLATE, letter_paper.letter_content(facts), letter_paper.letter_images(facts)


def minutes(typed: str, logo: bytes) -> Sheet:
    """Notula with all its kinds of notes, a conclusion, the attendance list and a photo."""
    who = Signer(typed, typed, typed, typed)
    session = f"Sesi 1: {typed}"  # the foot says what stands before the colon
    head = Head(typed, session, typed, DAY, "Asia/Jakarta", AT, AT, typed, who, who, who, Presence(2, 1, 1, 1, AT))
    lines = tuple(Line(UUID(int=place), kind, typed, typed, typed) for place, kind in enumerate(NoteKind))
    content = Content(head, lines, (Conclusion(1, typed, typed),))
    row = ListRow("1", typed, typed, typed, typed, present=True, present_at=AT, means=typed, signed="1", typed=typed)
    of_list = ListHead(
        ListKind.PARTICIPANTS, typed, typed, DAY, "Asia/Jakarta", AT, (typed, typed), logo, typed, AT, AT, typed,
        typed, typed, Variant.FILLED, "", "", approval=Approval(typed, typed, typed),
    )  # fmt: skip
    pictures = (notes_paper.Picture("photo-1.jpg", logo, typed, typed),) if logo else ()
    arranged = shown_in(arrange([row]), Variant.FILLED)
    sheet = notes_paper.Sheet(content, of_list, arranged, typed, pictures=pictures)
    return notes_paper.TEMPLATE, notes_paper.minutes_content(sheet), notes_paper.minutes_images(sheet)


def registration_poster(typed: str, logo: bytes) -> Sheet:
    """The poster of the open form; it has no logo, so what was uploaded stands where its QR does."""
    places = ("document_title", "organizer", "title", "theme", "call", "until", "address", "contact")
    words = dict.fromkeys(places, typed)
    content = {**words, "author": [typed], "facts": [typed], "mark": typed, "qr_alt": typed}
    return "registration_poster.typ", content, {"qr": logo or qr_png("x")}


def rundown(typed: str, logo: bytes) -> Sheet:
    """Susunan acara: the line of an item as it is made of the agenda, in a paper of plain words."""
    person = PersonView(UUID(int=1), typed, typed, typed, typed)
    item: Any = SimpleNamespace(
        note=typed, room=typed, for_whom=typed, starts_at=AT, ends_at=AT, title=typed, topic=typed, in_charge=typed,
        speakers=(person,), moderators=(person,),
    )  # fmt: skip
    line = rundown_paper.item_line(1, item, ("Asia/Jakarta", "Asia/Jayapura"))
    content = {
        "document_title": typed, "author": [typed], "title": typed, "empty": typed, "footer": typed, "mark": typed,
        "letterhead": {"lines": [typed, typed], "logo": LOGO if logo else "", "logo_alt": typed},
        "facts": [["Kegiatan", typed]], "head": [str(n) for n in range(7)], "page_words": ["Halaman", "dari"],
        "days": [{"name": typed, "rows": [line]}, {"name": typed, "rows": []}],
    }  # fmt: skip
    return rundown_paper.TEMPLATE, content, {LOGO: logo} if logo else {}


def report(typed: str, logo: bytes) -> Sheet:
    """Laporan kegiatan with every kind of block; what was uploaded stands as logo and as photo."""
    blocks: tuple[Block, ...] = (
        Words(typed), Heading(typed), Points((typed, typed), numbered=True), Facts(((typed, typed),)),
        Grid(("No.", typed), (1, 4), (("1.", typed),), (0,)), Missing(typed),
        *([Picture("photo-1.jpg", typed, typed)] if logo else []),
    )  # fmt: skip
    found = Report(
        event_title=typed, document_title=typed, author=typed, letterhead=(typed, typed), facts=((typed, typed),),
        footer=typed, mark="Data contoh", chapters=(Chapter(Section.BACKGROUND, typed, blocks),),
        annexes=(Annex(typed, blocks),), place_date=typed, signatory=(typed, typed, typed),
        images={LOGO: logo, "photo-1.jpg": logo} if logo else {},
    )  # fmt: skip
    return report_paper.TEMPLATE, report_paper.report_content(found), found.images


MAKERS: dict[str, Maker] = {
    "badges.typ": badges,
    "certificate.typ": certificate,
    "letter.typ": letter,
    "minutes.typ": minutes,
    "registration_poster.typ": registration_poster,
    "report.typ": report,
    "rundown.typ": rundown,
    **{f"{paper.TEMPLATE}/{variant}": attendance_list(variant) for variant in Variant},
}
"""By template, and by what it is made for; ``forgotten`` in hostile_papers.py names those that are missing."""
