"""Phone numbers and e-mail addresses as typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rakor.registrations.rules import Email, EmailProblem, Phone, PhoneProblem, email, phones
from rakor.registrations.rules.email import parse_email
from rakor.registrations.rules.phones import is_mobile, parse_phone, show, wa_link


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "+62 812-3456-7890",
        "+6281234567890",
        "6281234567890",
        "0062 812 3456 7890",
        "81234567890",
        "81234567890.0",
        "'081234567890",
        "WA: 0812.3456.7890",
        "(0812) 3456 7890",
        "0812\u00a03456‑7890",
    ],
)
def test_a_mobile_number_in_all_its_dresses(typed: str) -> None:
    assert parse_phone(typed) == Phone("+6281234567890", True)


def test_landlines_are_valid_but_take_no_whatsapp() -> None:
    assert parse_phone("(024) 3520000") == Phone("+62243520000", False)
    assert not is_mobile("+62243520000")
    assert is_mobile("+6281234567890")
    assert not is_mobile("bukan nomor")


def test_foreign_numbers_need_their_plus() -> None:
    assert parse_phone("+65 9123 4567") == Phone("+6591234567", True)
    assert show("+6591234567") == "+65 9123 4567"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", PhoneProblem.EMPTY),
        ("  ", PhoneProblem.EMPTY),
        ("tidak ada", PhoneProblem.NOT_A_NUMBER),
        ("0812ABCDEFGH", PhoneProblem.NOT_A_NUMBER),
        ("0812\0345678", PhoneProblem.NOT_A_NUMBER),
        ("\ud800", PhoneProblem.NOT_A_NUMBER),
        ("081234567890/081398765432", PhoneProblem.SEVERAL),
        ("081234567890 atau 081398765432", PhoneProblem.SEVERAL),
        ("8.12346E+11", PhoneProblem.EXCEL_SCIENTIFIC),
        ("8,12346E+11", PhoneProblem.EXCEL_SCIENTIFIC),
        ("0812", PhoneProblem.TOO_SHORT),
        ("0812345678901234567", PhoneProblem.TOO_LONG),
        ("99999999999", PhoneProblem.NOT_IN_USE),
    ],
)
def test_numbers_that_are_refused(typed: str, problem: PhoneProblem) -> None:
    assert parse_phone(typed) is problem


def test_too_many_figures_are_refused() -> None:
    assert isinstance(parse_phone("08123456789012345"), PhoneProblem)
    assert isinstance(parse_phone("08123456789012"), PhoneProblem) or len("08123456789012") == 14


def test_how_a_number_is_shown() -> None:
    assert show("+6281234567890") == "0812-3456-7890"
    assert show("+628123456789") == "0812-3456-789"
    assert show("+62243520000") == "(024) 3520000"
    assert show("tidak ada") == "tidak ada"
    assert phones.masked("+6281234567890") == "•••• 7890"
    assert phones.masked("78") == "••••"


def test_the_whatsapp_link_has_no_plus_and_an_encoded_text() -> None:
    assert wa_link("+6281234567890") == "https://wa.me/6281234567890"
    link = wa_link("+6281234567890", "Yth. Bapak & Ibu\npukul 08.00?")
    assert link == "https://wa.me/6281234567890?text=Yth.%20Bapak%20%26%20Ibu%0Apukul%2008.00%3F"


phone_text = st.text(max_size=80) | st.text(alphabet="+0123456789 ()-./'eE,", max_size=30)


@given(phone_text)
@example("+" * 50)
@example("0" * 300)
@example("00")
def test_any_text_gets_an_answer(text: str) -> None:
    phone = parse_phone(text)
    if isinstance(phone, Phone):
        assert phone.e164.startswith("+")
        assert phone.e164[1:].isdigit()
        assert phone.is_mobile == is_mobile(phone.e164)
        assert parse_phone(phone.e164) == phone
        assert parse_phone(show(phone.e164)) == phone


@given(st.text(max_size=50))
def test_any_text_gets_a_link_and_a_mask(text: str) -> None:
    assert wa_link("+6281234567890", text).isascii()
    phones.masked(text)
    email.masked(text)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("budi@contoh.id", "budi@contoh.id"),
        ("  Budi.Contoh@Contoh.ID ", "Budi.Contoh@contoh.id"),
        ("mailto:budi+rakor@sub.contoh.co.id", "budi+rakor@sub.contoh.co.id"),
        ("budi@contoh.id.", "budi@contoh.id"),
    ],
)
def test_addresses_that_are_taken(typed: str, address: str) -> None:
    assert parse_email(typed) == Email(address)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", EmailProblem.EMPTY),
        ("budi", EmailProblem.NO_AT),
        ("budi contoh@contoh.id", EmailProblem.LOCAL_PART),
        (".budi@contoh.id", EmailProblem.LOCAL_PART),
        ("bu..di@contoh.id", EmailProblem.LOCAL_PART),
        ("búdi@contoh.id", EmailProblem.LOCAL_PART),
        ("b" * 65 + "@contoh.id", EmailProblem.LOCAL_PART),
        ("@contoh.id", EmailProblem.LOCAL_PART),
        ("budi@contoh", EmailProblem.DOMAIN),
        ("budi@-contoh.id", EmailProblem.DOMAIN),
        ("budi@10.0.0.1", EmailProblem.DOMAIN),
        ("budi@contoh.id\nBcc: x", EmailProblem.DOMAIN),
        ("budi@contoh.id, siti@contoh.id", EmailProblem.SEVERAL),
        ("b@" + "contoh." * 40 + "id", EmailProblem.TOO_LONG),
    ],
)
def test_addresses_that_are_refused(typed: str, problem: EmailProblem) -> None:
    assert parse_email(typed) is problem


def test_how_an_address_is_compared_and_hidden() -> None:
    assert email.same_address("Budi@contoh.id") == "budi@contoh.id"
    assert email.masked("budi@contoh.id") == "b•••@contoh.id"
    assert email.masked("") == "•••"


@given(st.text(max_size=80) | st.emails())
def test_any_address_gets_an_answer(text: str) -> None:
    found = parse_email(text)
    if isinstance(found, Email):
        assert found.address.isascii()
        assert not any(sign.isspace() for sign in found.address)
        assert parse_email(found.address) == found
