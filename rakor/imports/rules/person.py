"""One row's cells as a person: each text read by the house's own rules, each problem named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rakor.imports.rules.columns import Field
from rakor.imports.rules.problems import Problem, Trouble
from rakor.regions.rules import plain
from rakor.registrations.rules import (
    Email,
    Level,
    Mode,
    NameProblem,
    NumberReason,
    PersonName,
    Phone,
    PhoneProblem,
    check_nip,
    clean_text,
    parse_email,
    parse_phone,
    read_name,
)
from rakor.registrations.rules.work import Employment, judge_nrp, rank_named, service_of, split_acting

LONGEST_POST, LONGEST_INSTITUTION, LONGEST_PLACING = 160, 200, 80
NOTHING = frozenset({"", "-", "--", "–", "n/a", "#n/a", "tidak ada", "nihil", "0", "kosong"})
MODES = {
    Mode.ONSITE: {"luring", "l", "offline", "tatap muka", "hadir langsung", "datang langsung", "onsite", "on site",
                  "hadir fisik", "langsung", "luring datang ke tempat", "in person"},
    Mode.ONLINE: {"daring", "d", "online", "zoom", "virtual", "vicon", "zoom meeting", "daring zoom", "on line"},
}  # fmt: skip
EMPLOYMENTS = {
    Employment.COMMISSIONER: {"komisioner", "anggota", "komisioner anggota", "commissioner"},
    Employment.PNS: {"pns", "asn pns", "pegawai negeri sipil", "cpns"},
    Employment.PPPK: {"pppk", "p3k", "asn pppk", "pppk paruh waktu"},
    Employment.MILITARY_POLICE: {"tni", "polri", "tni polri", "polisi", "militer"},
    Employment.NON_ASN: {"non asn", "pegawai non asn", "honorer", "kontrak", "ppnpn", "tenaga ahli", "pramubakti"},
    Employment.PUBLIC: {"umum", "masyarakat umum", "public"},
}
_ACTINGS = {
    "plh": "plh", "pelaksana harian": "plh", "plh pelaksana harian": "plh",
    "plt": "plt", "pelaksana tugas": "plt", "plt pelaksana tugas": "plt",
}  # fmt: skip
_NAMES = {
    NameProblem.TOO_SHORT: Trouble.NAME_TOO_SHORT,
    NameProblem.TOO_LONG: Trouble.NAME_TOO_LONG,
    NameProblem.NO_LETTER: Trouble.NAME_NO_LETTER,
    NameProblem.CONTROL_CHARACTER: Trouble.NAME_CONTROL,
}
_NIPS = {
    NumberReason.EXCEL_SCIENTIFIC: Trouble.NIP_SCIENTIFIC,
    NumberReason.EXCEL_TRUNCATED: Trouble.NIP_TRUNCATED,
    NumberReason.LENGTH: Trouble.NIP_LENGTH,
}
_PHONES = {PhoneProblem.EXCEL_SCIENTIFIC: Trouble.PHONE_SCIENTIFIC, PhoneProblem.SEVERAL: Trouble.PHONE_SEVERAL}


@dataclass(slots=True)
class Sent:
    """What a row says of a person; None and empty where it says nothing. ``problems`` in the order of the columns."""

    name: PersonName | None = None
    post: str = ""
    acting: str = ""
    employment: Employment | None = None
    rank: str = ""
    nip: str | None = None
    phone: str | None = None
    email: str | None = None
    mode: Mode | None = None
    placing: str = ""
    office: str = ""
    office_code: str = ""
    regency: str = ""
    province: str = ""
    role: str = ""
    code: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def institution(self) -> str:
        """What stands for the office where none of ours is meant."""
        return clean_text(self.office or self.regency or self.province, LONGEST_INSTITUTION)


def read_row(cells: Sequence[str], columns: Mapping[Field, int], today: date) -> Sent:
    """Read a row's cells; nothing is guessed, nothing is lost: what cannot be read is a problem."""

    def cell(which: Field) -> str:
        place = columns.get(which, -1)
        text = clean_text(cells[place]) if 0 <= place < len(cells) else ""
        return "" if text.casefold() in NOTHING else text

    by_post, post = split_acting(cell(Field.POST))
    by_role, role = split_acting(cell(Field.ROLE))
    sent = Sent(
        post=post[:LONGEST_POST],
        acting=by_post or by_role or _ACTINGS.get(plain(cell(Field.ACTING)), ""),
        office=cell(Field.OFFICE),
        office_code=cell(Field.OFFICE_CODE),
        regency=cell(Field.REGENCY),
        province=cell(Field.PROVINCE),
        role=role,
        placing=cell(Field.PLACING)[:LONGEST_PLACING],
        code=cell(Field.CODE),
    )
    _name(sent, cell(Field.FRONT_TITLE), cell(Field.NAME), cell(Field.BACK_TITLE))
    _employment(sent, cell(Field.EMPLOYMENT))
    _number(sent, cell(Field.NIP), cell(Field.NRP), today)
    _rank(sent, cell(Field.RANK))
    _phone(sent, cell(Field.PHONE))
    _email(sent, cell(Field.EMAIL))
    _mode(sent, cell(Field.MODE))
    return sent


def _name(sent: Sent, front: str, name: str, back: str) -> None:
    if not name:
        sent.problems.append(Problem(Field.NAME, Trouble.NAME_MISSING))
        return
    read = read_name(f"{front} {name}".strip() + (f", {back}" if back else ""))
    if isinstance(read, NameProblem):
        sent.problems.append(Problem(Field.NAME, _NAMES[read]))
    else:
        sent.name = read


def _employment(sent: Sent, text: str) -> None:
    if not text:
        return
    sent.employment = next((one for one, words in EMPLOYMENTS.items() if plain(text) in words), None)
    if sent.employment is None:
        sent.problems.append(Problem(Field.EMPLOYMENT, Trouble.EMPLOYMENT_UNKNOWN))


def _number(sent: Sent, nip: str, nrp: str, today: date) -> None:
    """A number of service; a NIP tells by itself whether its holder is PNS or PPPK, where no column says so."""
    if nrp or (nip and sent.employment is Employment.MILITARY_POLICE):
        found = judge_nrp(nrp or nip)
        if found.problem is not None:
            sent.problems.append(Problem(Field.NRP if nrp else Field.NIP, Trouble.NRP_WRONG))
            return
        sent.nip, sent.employment = found.digits, Employment.MILITARY_POLICE
        return
    _nip(sent, nip, today)
    if sent.nip and sent.employment is None:
        sent.employment = service_of(sent.nip, today)


def _rank(sent: Sent, text: str) -> None:
    """A rank that is written like one of the list; another is left out, and the page says so."""
    if not text:
        return
    found = rank_named(text)
    if found is None or sent.employment not in (None, found.employment):
        sent.problems.append(Problem(Field.RANK, Trouble.RANK_UNKNOWN))
        return
    sent.rank, sent.employment = found.display(), found.employment


def _nip(sent: Sent, text: str, today: date) -> None:
    found = check_nip(text, today)
    if found.reason is NumberReason.EMPTY:
        return
    if found.level is Level.ERROR or found.reason is NumberReason.EXCEL_TRUNCATED:
        # serials begin at 001: three zeros at the end are Excel's, in a list of many they are refused
        sent.problems.append(Problem(Field.NIP, _NIPS.get(found.reason, Trouble.NIP_WRONG)))
        return
    sent.nip = found.digits
    if found.level is Level.WARN:
        sent.problems.append(Problem(Field.NIP, Trouble.NIP_ODD))


def _phone(sent: Sent, text: str) -> None:
    if not text:
        return
    found = parse_phone(text)
    if not isinstance(found, Phone):
        sent.problems.append(Problem(Field.PHONE, _PHONES.get(found, Trouble.PHONE_WRONG)))
        return
    sent.phone = found.e164
    if text.startswith("8"):
        sent.problems.append(Problem(Field.PHONE, Trouble.PHONE_ZERO))


def _email(sent: Sent, text: str) -> None:
    if not text:
        return
    found = parse_email(text)
    if isinstance(found, Email):
        sent.email = found.address
    else:
        sent.problems.append(Problem(Field.EMAIL, Trouble.EMAIL_WRONG))


def _mode(sent: Sent, text: str) -> None:
    if not text:
        return
    sent.mode = next((mode for mode, words in MODES.items() if plain(text) in words), None)
    if sent.mode is None:
        sent.problems.append(Problem(Field.MODE, Trouble.MODE_UNKNOWN))
