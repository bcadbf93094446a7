"""The second step: the RFC's codes, once each; set up, asked for, stood in for by written codes, and ended."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask.testing import FlaskClient

from rakor import clock
from rakor.accounts import second, second_store
from rakor.db import db, transaction
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT

RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: "12345678901234567890"
VECTORS = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
RINA = {"email": "rina@contoh.test", "password": make.PASSWORD}


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS.items())
def test_the_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    step = seconds // 30
    assert second.step_of(RFC, f" {code[:3]} {code[3:]} ", now=at(seconds), last=None) == step
    for off in (-30, 30):  # a phone's clock may differ by a step, not by two
        assert second.step_of(RFC, code, now=at(seconds + off), last=None) == step
        assert second.step_of(RFC, code, now=at(seconds + 2 * off), last=None) is None
    assert second.step_of(RFC, code, now=at(seconds), last=step) is None
    assert second.step_of(RFC, "", now=at(seconds), last=None) is None
    assert second.step_of(RFC, "٢٨٧٠٨٢", now=at(59), last=None) is None


def test_recovery_codes_differ_and_are_read_as_they_are_written() -> None:
    codes = second.recovery_codes()
    assert len(set(codes)) == second.RECOVERY_CODES
    assert all(re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", one) for one in codes)
    assert second.hashed(codes[0]) == second.hashed(codes[0].upper().replace("-", " "))


@pytest.fixture
def rina(people: Cast, moment: datetime) -> Iterator[FlaskClient]:
    with people.app.app_context():
        yield people.browser("rina")
        db.session.remove()


def secret_on(page: str) -> str:
    found = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    assert found
    return found[1].replace(" ", "")


def code_at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


def ask(client: FlaskClient, **said: str) -> str:
    """Show the password; the ticket of the page that asks for the code."""
    page = client.post("/login", data=RINA | said).text
    found = re.search(r'name="ticket"[^>]*value="([^"]+)"', page)
    assert found, page[-1500:]
    return found[1]


def set_up(rina: FlaskClient) -> tuple[str, list[str]]:
    rina.post("/login/proof", data={"password": make.PASSWORD})
    secret = secret_on(rina.get("/sessions/second-step").text)
    wrong = rina.post("/sessions/second-step", data={"code": "000 000"})
    assert (wrong.status_code, secret_on(wrong.text)) == (422, secret)  # the same QR is good still
    shown = rina.post("/sessions/second-step", data={"code": code_at(secret, MOMENT)})
    codes = re.findall(r'<code class="large">([^<]+)</code>', shown.text)
    assert len(codes) == second.RECOVERY_CODES
    return secret, codes


def test_a_password_alone_opens_nothing_any_more(rina: FlaskClient, client: FlaskClient) -> None:
    secret, codes = set_up(rina)
    page = rina.get("/sessions").text
    assert "Menyala" in page
    assert "Sisa 10 kode cadangan" in page
    ticket = ask(client, next="/sessions/second-step")
    assert client.get("/sessions").status_code != 200
    used = client.post("/login/code", data={"ticket": ticket, "code": code_at(secret, MOMENT)})
    assert used.status_code == 422  # the code of the set-up counted once
    later = MOMENT + timedelta(seconds=40)
    with clock.freeze(later, everywhere=True):
        said = {"ticket": ticket, "code": code_at(secret, later), "next": "/sessions"}
        answer = client.post("/login/code", data=said)
        assert (answer.status_code, answer.location) == (303, "/sessions")
        assert client.get("/sessions").status_code == 200
        client.post("/logout")
        written = {"ticket": ask(client), "code": codes[3].upper()}
        assert client.post("/login/code", data=written).status_code == 303
        client.post("/logout")
        assert client.post("/login/code", data=written).status_code == 422
    assert "Sisa 9 kode cadangan" in rina.get("/sessions").text


def test_a_ticket_is_short_lived_its_own_and_dies_with_the_password(rina: FlaskClient, client: FlaskClient) -> None:
    secret, _codes = set_up(rina)
    ticket, later = ask(client), MOMENT + timedelta(minutes=5, seconds=1)
    for bad, moment in ((ticket, later), (ticket[:-2] + "xx", MOMENT), ("", MOMENT), ("W10.zq", MOMENT)):
        with clock.freeze(moment, everywhere=True):
            answer = client.post("/login/code", data={"ticket": bad, "code": code_at(secret, moment)})
        assert answer.status_code == 422, bad
        assert "Terlalu lama sejak kata sandi diketik" in answer.text
    rina.post("/sessions/password", data={"present": make.PASSWORD, "new": "kereta pagi lewat Cilacap",
                                          "again": "kereta pagi lewat Cilacap"})  # fmt: skip
    with clock.freeze(MOMENT + timedelta(seconds=60), everywhere=True):
        answer = client.post("/login/code", data={"ticket": ticket, "code": code_at(secret, clock.now())})
    assert "Terlalu lama sejak kata sandi diketik" in answer.text


def test_guessing_codes_stops(rina: FlaskClient, client: FlaskClient) -> None:
    set_up(rina)
    ticket = ask(client)
    answers = [client.post("/login/code", data={"ticket": ticket, "code": f"{n:06}"}).status_code for n in range(30)]
    assert answers[-1] == 429
    assert 303 not in answers


def test_who_lost_the_phone_is_let_in_again_by_an_administrator(
    rina: FlaskClient, people: Cast, client: FlaskClient
) -> None:
    set_up(rina)
    admin = people.browser("admin")
    assert "Cabut langkah kedua" in admin.get("/accounts").text
    admin.post(f"/accounts/{people.users['rina']}/second-step/end")
    assert rina.get("/sessions").status_code != 200
    assert client.post("/login", data=RINA).status_code == 303
    client.post("/login/proof", data={"password": make.PASSWORD})
    assert client.post("/sessions/second-step/codes").location == "/sessions"


def test_it_is_begun_once_and_guessing_at_the_set_up_stops_with_a_word(rina: FlaskClient, people: Cast) -> None:
    rina.post("/login/proof", data={"password": make.PASSWORD})
    answers = [rina.post("/sessions/second-step", data={"code": f"{n:06}"}) for n in range(25)]
    assert answers[-1].status_code == 429
    assert "Tunggu 15 menit" in answers[-1].text
    with transaction(unaudited="test"):
        assert second_store.begin(people.users["rina"], RFC, 1) is not None
    with transaction(unaudited="test"):
        assert second_store.begin(people.users["rina"], "A" * 32, 2) is None  # the secret that the phone knows stays
        assert second_store.take(people.users["rina"], code_at(RFC, MOMENT), now=MOMENT)


def test_it_is_turned_off_and_on_again_with_new_codes(rina: FlaskClient, client: FlaskClient) -> None:
    _secret, codes = set_up(rina)
    renewed = re.findall(r'<code class="large">([^<]+)</code>', rina.post("/sessions/second-step/codes").text)
    assert not set(codes) & set(renewed)
    assert client.post("/login/code", data={"ticket": ask(client), "code": codes[0]}).status_code == 422
    rina.post("/sessions/second-step/end")
    assert "Pasang langkah kedua" in rina.get("/sessions").text
    assert client.post("/login", data=RINA).status_code == 303
