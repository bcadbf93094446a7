"""What the template of the letter gets: plain strings in Indonesian, the language of official papers."""

from rakor.documents.paper import LOGO, approval_words
from rakor.documents.rules.letter import AgendaLine, InvitedRole, LetterFacts, attachment_titles, attachment_words
from rakor.qr import qr_png
from rakor.web import times
from rakor.web.times import Language

TEMPLATE = "letter.typ"
QR = "qr"
ID = Language.ID
CLOSING = "Demikian disampaikan, atas perhatian dan kehadirannya diucapkan terima kasih."


def letter_content(facts: LetterFacts) -> dict[str, object]:
    """Return the content of ``letter.typ``; every value is a string, a number, a list, a truth or None."""
    titles = attachment_titles(facts)
    place_date = ", ".join(part for part in (facts.place, _signed_on(facts)) if part)
    return {
        "document_title": f"Undangan {facts.event_title}" + (f": {facts.office}" if facts.office else ""),
        "author": [facts.letterhead[0]] if facts.letterhead else [],
        "keywords": ["surat undangan", facts.event_title],
        "letterhead": {
            "lines": list(facts.letterhead),
            "logo": LOGO if facts.logo else "",
            "logo_alt": f"Logo {facts.letterhead[0]}" if facts.letterhead else "Logo",
        },
        "place_date": place_date,
        "heads": [
            ["Nomor", facts.number or "-"],
            ["Sifat", facts.nature],
            ["Lampiran", attachment_words(facts)],
            ["Hal", facts.subject],
        ],
        "addressees": list(facts.addressees),
        "opening": opening(facts),
        "facts": [list(pair) for pair in when_and_where(facts)],
        "paragraphs": paragraphs(facts),
        "link": facts.link,
        "link_words": link_words(facts),
        "qr": QR,
        "closing": CLOSING,
        "approval": approval_words(facts.approval, heading="") if facts.approval else None,
        "cc": list(facts.cc),
        "attachments": [_attachment(facts, number, title) for number, title in enumerate(titles, 1)],
        "footer": " ".join(filter(None, ("Surat", facts.number))),
        "page_words": ["Halaman", "dari"],
        "mark": "Data contoh" if facts.demo else "",
    }


def letter_images(facts: LetterFacts) -> dict[str, bytes]:
    """Return the images the letter opens, by name."""
    return {QR: qr_png(facts.link, scale=6)} | ({LOGO: facts.logo} if facts.logo else {})


def opening(facts: LetterFacts) -> str:
    """Say why, and that the addressees are invited."""
    basis = facts.basis.rstrip()
    start = f"{basis} Sehubungan dengan itu, kami" if basis.endswith(".") else f"{basis}, kami" if basis else "Kami"
    return f"{start} mengundang Saudara hadir pada {facts.event_title}, yang akan diselenggarakan pada:"


def when_and_where(facts: LetterFacts) -> list[tuple[str, str]]:
    """Hari, tanggal, pukul (with its zone), tempat, acara, tema: those that are known."""
    days = times.DAYS[ID]
    first, last = days[facts.starts_on.weekday()], days[facts.ends_on.weekday()]
    names = first if facts.starts_on == facts.ends_on else f"{first}–{last}"
    clock = facts.time_note
    if not clock and facts.opens_at is not None:
        clock = f"{times.clock_zone(facts.opens_at, facts.zone, ID)} sampai selesai"
    pairs = [
        ("Hari, tanggal", f"{names}, {times.plain(times.date_range(facts.starts_on, facts.ends_on, ID))}"),
        ("Pukul", times.plain(clock)),
        ("Tempat", facts.venue),
        ("Acara", facts.event_title),
        ("Tema", facts.theme),
        ("Pakaian", facts.dress),
        ("Penginapan", facts.lodging.replace("\n", "; ")),
        ("Dibawa", "; ".join(line.rstrip(";.") for line in facts.bring.split("\n"))),
    ]
    return [(label, words) for label, words in pairs if words]


def paragraphs(facts: LetterFacts) -> list[str]:
    """Who must come, who bears the cost, whether somebody else may come, by when to answer, whom to ask."""
    musts = [role.role for role in facts.roles if role.required]
    must = f"Wajib hadir: {', '.join(dict.fromkeys(musts))}." if musts else ""
    answer = f"Mohon konfirmasi nama peserta paling lambat {facts.answer_by}." if facts.answer_by else ""
    contact = f"Keterangan lebih lanjut: {facts.contact}." if facts.contact else ""
    first = (must, facts.cost, facts.delegation)
    return [words for parts in (first, (answer, contact)) if (words := " ".join(filter(None, parts)))]


def link_words(facts: LetterFacts) -> str:
    """Say what the address and its QR are for."""
    if facts.is_own_link:
        return f"Konfirmasi {facts.office} lewat halaman ini, tanpa akun. Jangan teruskan ke kantor lain."
    return "Keterangan kegiatan. Setiap kantor menerima tautan konfirmasinya sendiri lewat WhatsApp."


def _signed_on(facts: LetterFacts) -> str:
    return times.plain(times.date_medium(facts.signed_on, ID)) if facts.signed_on else ""


def _attachment(facts: LetterFacts, number: int, title: str) -> dict[str, object]:
    made: dict[str, object] = {"head": f"Lampiran {number}", "title": title, "kind": "", "rows": [], "groups": []}
    made["letter"] = " · ".join(filter(None, (facts.number and f"Nomor {facts.number}", _signed_on(facts))))
    if title == "Daftar undangan":
        groups = [{"name": group.province, "offices": list(group.offices)} for group in facts.groups]
        return made | {"kind": "list", "rows": [_role(role) for role in facts.roles], "groups": groups}
    if title == "Susunan acara":
        return made | {"kind": "agenda", "rows": _programme(facts)}
    return made | {"kind": "form", "rows": _blanks(facts), "office": facts.office}


def _role(role: InvitedRole) -> list[str]:
    return [role.offices, role.role, str(role.quota), role.modes, "ya" if role.required else ""]


def _programme(facts: LetterFacts) -> list[list[str]]:
    """Rows of [day or empty, span, title, people]; the day stands on its first line only."""
    rows, seen = [], None
    for line in facts.agenda:
        day = times.plain(times.date_long(line.day, ID)) if line.day != seen else ""
        seen = line.day
        rows.append([day, _span(line, facts.zone), line.title, line.people])
    return rows


def _span(line: AgendaLine, zone: str) -> str:
    return times.plain(times.span(line.starts_at, line.ends_at, zone, ID))


def _blanks(facts: LetterFacts) -> list[list[str]]:
    """One empty line for each seat of an office: to be written by hand where there is no network."""
    roles = [(role.role, role.quota) for role in facts.roles]
    if not facts.office:
        most: dict[str, int] = {}
        for name, quota in roles:
            most[name] = max(most.get(name, 0), quota)
        roles = list(most.items())
    return [[name if quota == 1 else f"{name} {number}"] for name, quota in roles for number in range(1, quota + 1)]
