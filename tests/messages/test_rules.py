"""The words of a message, without app or database."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor import mail
from rakor.messages.rules import Letter, as_text, headline, one_line, unlinked

LETTER = Letter(
    "Perihal",
    "Yth. Agustina Contoh,",
    ("Satu.", "Dua."),
    (("Tanggal", "24 November"),),
    ("Buka", "https://rakor.contoh.go.id/p/x"),
    ("Kementerian Contoh",),
)
AT = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)


def compose(**values: object):
    given_values = {
        "message_id": "<1@localhost>",
        "sender": "rakor@localhost",
        "recipient": "a@contoh.test",
        "subject": "Anda terdaftar",
        "language": "id",
        "text": "teks",
        "html": "<p>teks</p>",
        "written_at": AT,
    }
    return mail.compose(**(given_values | values))  # type: ignore[arg-type]


def test_the_text_part_keeps_its_order() -> None:
    text = as_text(LETTER)
    assert text.index("Yth.") < text.index("Satu.") < text.index("Tanggal: 24") < text.index("Buka:\nhttps://")
    assert text.endswith("Kementerian Contoh\n")


@given(st.text(max_size=80))
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    one_line(text).encode()


@pytest.mark.parametrize("bait", ["https://jahat.test/x", "www.jahat.test", "Budi jahat.test/masuk", "a@jahat.test"])
def test_a_name_makes_no_link(bait: str) -> None:
    shown = unlinked(bait)
    assert "https://" not in shown
    assert "jahat.test" not in shown
    assert "@jahat" not in shown


def test_a_title_reads_as_before() -> None:
    assert unlinked("Agustina Contoh, S.E., M.Si.").replace("\N{WORD JOINER}", "") == "Agustina Contoh, S.E., M.Si."


@pytest.mark.parametrize("header", ["subject", "sender", "recipient", "message_id"])
@pytest.mark.parametrize("bait", ["x\r\nBcc: korban@contoh.test", "x\nBcc: korban@contoh.test"])
def test_headers_refuse_line_breaks(header: str, bait: str) -> None:
    with pytest.raises(ValueError):
        compose(**{header: bait})


@pytest.mark.parametrize("bait", ["=?utf-8?q?x=0D=0ABcc:_korban=40jahat.test?=", "=?utf-8?b?eA0KQmNjOiB5?="])
def test_an_encoded_line_break_is_one_too(bait: str) -> None:
    with pytest.raises(ValueError, match="several lines"):
        compose(subject=bait)
    made = compose(subject=headline(bait))
    assert b"\nBcc:" not in made.as_bytes()
    assert message_from_bytes(made.as_bytes(), policy=default).keys() == compose().keys()


def test_the_mail_is_ascii_on_the_wire_and_whole_after_it() -> None:
    ics = "BEGIN:VCALENDAR\r\nSUMMARY:Rapat ꦗꦮ\r\nEND:VCALENDAR\r\n".encode()
    made = compose(subject="Perihal ꦗꦮ é", text="ꦗꦮ\n", html="<p>ꦗꦮ</p>", calendar=ics)
    raw = made.as_bytes()
    raw.decode("ascii")
    parts = [part for part in made.walk() if not part.is_multipart()]
    kinds = ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert [part.get_content_type() for part in parts] == kinds
    assert parts[2].get_payload(decode=True) == ics
    assert parts[2]["Content-Transfer-Encoding"] == "base64"
    assert parts[2].get_param("method") == "PUBLISH"
