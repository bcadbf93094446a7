"""What the template of the certificate gets: plain strings in Indonesian, the language of official papers."""

from rakor.documents.badge_fit import fitted
from rakor.documents.paper import LOGO
from rakor.documents.rules import nip_line
from rakor.documents.rules.badges import Place
from rakor.documents.rules.certificates import Award, AwardHead, Standing
from rakor.qr import qr_png
from rakor.web import times
from rakor.web.times import Language

TEMPLATE = "certificate.typ"
QR, QR_SCALE = "qr", 5
ID = Language.ID
NAME, NAME_SIZES = Place(0, 0, 233, 27), (34, 31, 28, 25, 22, 20, 18, 16, 14, 12)
EVENT, EVENT_SIZES = Place(0, 0, 233, 16), (18, 16, 14, 12.5, 11, 10, 9, 8)
HEAD, HEAD_SIZES = Place(0, 0, 190, 7), (15, 13, 11, 9.5, 8)
POST, POST_SIZES = Place(0, 0, 84, 11), (11, 10, 9, 8, 7)
SIGNED, SIGNED_SIZES = Place(0, 0, 84, 11), (12, 11, 10, 9, 8, 7)
STANDINGS = {
    Standing.PARTICIPANT: "PESERTA",
    Standing.SPEAKER: "NARASUMBER",
    Standing.MODERATOR: "MODERATOR",
    Standing.COMMITTEE: "PANITIA",
}


def shared_images(head: AwardHead) -> dict[str, bytes]:
    """Return the images that all certificates open, by name."""
    return {LOGO: head.logo} if head.logo else {}


def certificate_sheet(head: AwardHead, award: Award) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return the content of ``certificate.typ`` (strings, numbers, lists, truths) and the images of its own."""
    address = f"{head.base_url}/cert/{award.code}"
    return _content(head, award, address), {QR: qr_png(address, QR_SCALE)}


def _content(head: AwardHead, award: Award, address: str) -> dict[str, object]:
    days = times.plain(times.date_range(head.starts_on, head.ends_on, ID))
    return {
        "document_title": f"Sertifikat {head.event}: {award.name}",
        "author": [head.organizer] if head.organizer else [],
        "logo": LOGO if head.logo else "",
        "logo_alt": f"Logo {head.organizer}",
        "heads": [_set(line, HEAD, HEAD_SIZES, 700) for line in head.letterhead[:2]],
        "accent": head.accent or "#0b2b40",
        "number": f"Nomor {award.number}",
        "name": _set(award.name, NAME, NAME_SIZES, 800),
        "standing": STANDINGS[award.standing],
        "event": _set(head.event, EVENT, EVENT_SIZES, 700),
        "held": f"{days}{f' di {head.venue}' if head.venue else ''}",
        "jp": f"setara dengan {award.jp} jam pelajaran (JP)" if award.jp else "",
        "place_date": ", ".join(filter(None, (head.place, times.plain(times.date_medium(head.signed_on, ID))))),
        "post": _set(head.post, POST, POST_SIZES, 400),
        "signatory": _set(head.signatory, SIGNED, SIGNED_SIZES, 700),
        "nip": f"NIP {nip_line(head.nip)}" if head.nip else "",
        "qr": QR,
        "qr_alt": "QR untuk memeriksa keaslian sertifikat ini",
        "verify": "Periksa keaslian: pindai QR ini, atau buka",
        "address": [address.split("://", 1)[-1].rsplit("/", 1)[0] + "/", f"{award.code[:13]} {award.code[13:]}"],
        "mark": "Data contoh" if head.demo else "",
    }


def _set(words: str, place: Place, sizes: tuple[float, ...], weight: int) -> dict[str, object]:
    found = fitted(words, place, sizes, weight)
    return {"lines": list(found.lines), "size": found.size}
