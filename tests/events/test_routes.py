"""Setting an event up over HTTP, as its organiser does it."""

from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from rakor import clock
from rakor.accounts.rules import Role
from rakor.db import db, transaction
from rakor.events import store
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.events.store import team
from tests import make
from tests.cast import Cast
from tests.counting import selects

START = {
    "kind": "bimtek",
    "title": "Bimtek Pengelola Informasi 2026",
    "institution": "new",
    "institution_name": "Dinas Contoh",
    "starts_on": "2026-12-03",
    "ends_on": "",
    "zone": "Asia/Makassar",
    "mode": "onsite",
    "venue": "Aula Contoh",
    "city": "Makassar",
    "entry": "open",
    "capacity": "40",
}


def start(browser: FlaskClient, **more: str) -> TestResponse:
    return browser.post("/events", data=START | {"idempotency_key": str(uuid4())} | more)


def event_of(people: Cast, event_id: UUID) -> Event:
    with people.app.app_context():
        found = store.event(event_id)
        assert found is not None
        return found


def settings_of(browser: FlaskClient, event_id: UUID) -> dict[str, str]:
    """What the settings form holds when it is opened, as a browser would send it back."""

    class Fields(HTMLParser):
        found: dict[str, str] = {}
        select = textarea = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            known = dict(attrs)
            name, value = known.get("name") or "", known.get("value")
            if tag == "input" and (known.get("type") not in ("radio", "checkbox") or "checked" in known):
                self.found[name] = value or ("y" if known.get("type") == "checkbox" else "")
            if tag == "select":
                self.select = name
            if tag == "option" and "selected" in known:
                self.found[self.select] = value or ""
            self.textarea = name if tag == "textarea" else ""

        def handle_data(self, data: str) -> None:
            if self.textarea:
                self.found[self.textarea] = data.strip()
                self.textarea = ""

    reader = Fields()
    reader.found = {}
    page = browser.get(f"/events/{event_id}/settings")
    assert page.status_code == 200
    reader.feed(page.text.split("<main")[1].split('action="/events')[1])
    return reader.found


def test_a_small_event_is_created_and_announced_without_a_matrix(people: Cast, client: FlaskClient) -> None:
    joko = people.browser("joko")  # has an account, and works on nothing yet
    assert "Belum ada kegiatan" in joko.get("/events").text
    assert joko.get("/events/new").status_code == 200
    made = start(joko)
    assert made.status_code == 303
    setup = joko.get(made.location)
    assert "Siap diumumkan?" in setup.text
    assert "Terbuka, 40 tempat" in setup.text
    event_id = UUID(made.location.split("/")[2])
    row = event_of(people, event_id)
    assert (row.slug, row.capacity, row.open_registration) == ("bimtek-pengelola-informasi-2026", 40, True)
    assert row.starts_on == row.ends_on
    assert client.get(f"/e/{row.slug}/registration").status_code == 404
    assert joko.post(f"/events/{event_id}/publication").status_code == 303
    assert client.get(f"/e/{row.slug}/registration").status_code == 200
    assert event_of(people, event_id).stage is Stage.PUBLISHED
    assert joko.post(f"/events/{event_id}/publication").status_code == 303  # twice is no error
    assert "Bimtek Pengelola" in joko.get("/events").text


def test_a_double_click_makes_one_event(people: Cast) -> None:
    sari, key = people.browser("sari"), str(uuid4())
    first, second = start(sari, idempotency_key=key), start(sari, idempotency_key=key)
    assert first.location == second.location
    with people.app.app_context():
        assert len(team.events_of(people.users["sari"], everything=False)) == 2
    assert start(people.browser("joko"), idempotency_key=key).location != first.location


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "Isian ini wajib."),
        ({"title": "x" * 241}, "Paling banyak 240 karakter."),
        ({"title": "nol\x00 byte"}, "karakter yang tidak dapat disimpan"),
        ({"starts_on": ""}, "Isian ini wajib."),
        ({"starts_on": "2026-02-30"}, "Tulis tanggal yang ada di kalender."),
        ({"starts_on": "0001-01-01"}, "Periksa tahunnya."),
        ({"ends_on": "2026-12-01"}, "Tanggal selesai mendahului tanggal mulai."),
        ({"ends_on": "2027-12-01"}, "Kegiatan paling lama 31 hari."),
        ({"kind": "pesta"}, "Pilih salah satu."),
        ({"zone": "Mars/Olympus"}, "Pilih salah satu."),
        ({"capacity": "banyak"}, "Tulis angka saja."),
        ({"capacity": "0"}, "Tulis angka dari 1"),
        ({"institution_name": ""}, "Tulis nama instansi penyelenggara."),
    ],
)
def test_what_was_typed_stays_and_the_field_says_why(people: Cast, more: dict[str, str], said: str) -> None:
    answer = start(people.browser("joko"), **more)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Aula Contoh" in answer.text


def test_a_foreign_institution_cannot_be_chosen(people: Cast) -> None:
    """The offices and contacts of an institution are for those who edit its events."""
    chosen = {"institution": str(people.institution_id), "institution_name": ""}
    assert start(people.browser("sari"), **chosen).status_code == 303
    refused = start(people.browser("joko"), **chosen)
    assert refused.status_code == 422
    assert str(people.institution_id) not in refused.text


def test_settings_are_saved_as_the_zone_reads_them(people: Cast) -> None:
    sari = people.browser("sari")
    typed = settings_of(sari, people.event_id) | {
        "theme": "O'Brien & <b>kawan</b>",
        "zone": "Asia/Jayapura",
        "answer_by": "2026-11-20T17:00",
        "open_registration": "y",
        "opens": "2026-11-01T08:00",
        "closes": "2026-11-19T08:00",
    }
    assert sari.post(f"/events/{people.event_id}/settings", data=typed).status_code == 303
    row = event_of(people, people.event_id)
    assert row.answer_by_at is not None
    assert row.answer_by_at.isoformat() == "2026-11-20T08:00:00+00:00"
    assert (row.theme, row.version) == ("O'Brien & <b>kawan</b>", 2)
    page = sari.get(f"/events/{people.event_id}/settings").text
    assert "O&#39;Brien &amp; &lt;b&gt;kawan&lt;/b&gt;" in page
    assert 'value="2026-11-20T17:00"' in page


def test_a_stale_form_keeps_both_and_the_second_sending_wins(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/settings"
    mine, theirs = settings_of(sari, people.event_id), settings_of(sari, people.event_id)
    assert sari.post(url, data=theirs | {"venue": "Gedung Lain"}).status_code == 303
    stale = sari.post(url, data=mine | {"theme": "Tema saya"})
    assert stale.status_code == 409
    assert "Gedung Lain" in stale.text
    assert "Tema saya" in stale.text
    assert event_of(people, people.event_id).theme == ""
    assert 'name="version" type="hidden" value="2"' in stale.text
    assert sari.post(url, data=mine | {"theme": "Tema saya", "version": "2"}).status_code == 303
    row = event_of(people, people.event_id)
    assert (row.theme, row.venue) == ("Tema saya", "Hotel Contoh")


def test_the_same_words_sent_twice_are_no_conflict(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/settings"
    typed = settings_of(sari, people.event_id) | {"theme": "Sekali saja"}
    assert [sari.post(url, data=typed).status_code for _ in range(2)] == [303, 303]
    assert event_of(people, people.event_id).version == 2


def test_a_day_with_an_item_is_kept_and_said(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        make.item(people.event_id, store.days(people.event_id)[2].id, starts_at=None, ends_at=None)
    sari = people.browser("sari")
    typed = settings_of(sari, people.event_id) | {"ends_on": "2026-11-24"}
    answer = sari.post(f"/events/{people.event_id}/settings", data=typed, follow_redirects=True)
    assert "Rabu, 25" in answer.text
    assert "tetap disimpan karena ada isinya" in answer.text
    with people.app.app_context():
        assert len(store.days(people.event_id)) == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"closes": "2026-11-01T08:00", "opens": "2026-11-02T08:00"}, "Pendaftaran ditutup sebelum dibuka."),
        ({"answer_by": "2027-01-01T08:00"}, "Batas jawab jatuh sesudah kegiatan selesai."),
        ({"answer_by": "besok"}, "Tulis tanggal dan jam"),
        ({"contact_email": "bukan email"}, "Tulis alamat email yang lengkap."),
        ({"title": ""}, "Isian ini wajib."),
    ],
)
def test_settings_that_cannot_be_kept_say_why(people: Cast, more: dict[str, str], said: str) -> None:
    sari = people.browser("sari")
    typed = settings_of(sari, people.event_id) | {"theme": "Tema saya"} | more
    answer = sari.post(f"/events/{people.event_id}/settings", data=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Tema saya" in answer.text


def test_columns_that_no_form_names_never_change(people: Cast) -> None:
    sari = people.browser("sari")
    before = event_of(people, people.event_id)
    extra = dict.fromkeys(("id", "event_id", "slug", "stage", "change_seq", "registered_count", "demo_world"), "1")
    typed = settings_of(sari, people.event_id) | extra
    assert sari.post(f"/events/{people.event_id}/settings", data=typed).status_code == 303
    after = event_of(people, people.event_id)
    assert {name: getattr(after, name) for name in extra if name != "event_id"} == {
        name: getattr(before, name) for name in extra if name != "event_id"
    }


def test_an_event_without_a_place_is_not_announced(people: Cast) -> None:
    joko = people.browser("joko")
    location = start(joko, venue="", city="").location
    event_id = UUID(location.split("/")[2])
    answer = joko.post(f"/events/{event_id}/publication")
    assert answer.status_code == 422
    assert "Belum dapat diumumkan" in answer.text
    assert "Umumkan kegiatan" not in answer.text
    assert event_of(people, event_id).stage is Stage.DRAFT


def test_a_cancelled_event_can_be_announced_again(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}"
    assert "Ya, batalkan kegiatan" in sari.get(f"{url}/cancellation").text
    assert sari.post(f"{url}/cancellation").status_code == 303
    assert event_of(people, people.event_id).stage is Stage.CANCELLED
    assert "Umumkan lagi" in sari.get(f"{url}/setup").text
    assert sari.post(f"{url}/publication").status_code == 303
    row = event_of(people, people.event_id)
    assert (row.stage, row.cancelled_at) == (Stage.PUBLISHED, None)


CHANNEL = {"kind": "zoom", "label": "Zoom utama", "url": "https://zoom.example/j/1", "capacity": "3000"}


def test_a_channel_is_added_changed_and_removed(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/channels"
    assert sari.post(url, data=CHANNEL).status_code == 303
    with people.app.app_context():
        channel_id = store.channels(people.event_id)[0].id
    assert 'value="https://zoom.example/j/1"' in sari.get(f"{url}/{channel_id}").text
    assert sari.post(f"{url}/{channel_id}", data=CHANNEL | {"label": "Zoom dua"}).status_code == 303
    assert "Zoom dua" in sari.get(url).text
    assert sari.post(f"{url}/{channel_id}/removal").status_code == 303
    assert sari.post(f"{url}/{channel_id}/removal").status_code == 404
    assert sari.post(f"{url}/{channel_id}", data=CHANNEL).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "http://zoom.example/j/1",
        "javascript:alert(1)",
        "https://",
        "https://zoom",
        "https://a@zoom.example",
        "zoom.example",
        'https://zoom.example/" onclick=',
        "https://zoom.example:99999/",
        "//zoom.example/j",
    ],
)
def test_only_a_whole_https_address_is_a_link(people: Cast, address: str) -> None:
    sari = people.browser("sari")
    answer = sari.post(f"/events/{people.event_id}/channels", data=CHANNEL | {"url": address})
    assert answer.status_code == 422
    assert "https://" in answer.text
    assert "Zoom utama" in answer.text


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#0b6b4b").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew_and_served_harmlessly(people: Cast, client: FlaskClient, kind: str) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/logo"
    hidden = picture(kind) + b"<script>alert(1)</script>"
    sent = sari.post(url, data={"logo": (BytesIO(hidden), "logo.svg")})
    assert sent.status_code == 303
    with people.app.app_context():
        file_id = store.identity(people.event_id).logo_file_id
    for browser, path in ((sari, f"{url}/{file_id}"), (client, f"/e/{people.slug}/logo/{file_id}")):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert answer.content_type == "image/png"
        assert b"script" not in answer.data
        assert Image.open(BytesIO(answer.data)).size == (60, 40)
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert sari.post(f"{url}/removal").status_code == 303
    assert client.get(f"/e/{people.slug}/logo/{file_id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Pilih berkasnya dahulu."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan gambar PNG atau JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "bukan gambar PNG atau JPEG"),
        (picture("GIF"), "bukan gambar PNG atau JPEG"),
        (picture()[:60], "bukan gambar PNG atau JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * (1024 * 1024), "lebih dari 1 MB"),
        (picture(size=(5000, 4000)), "Gambar terlalu besar"),
    ],
)
def test_what_is_no_small_picture_is_refused(people: Cast, content: bytes, said: str) -> None:
    sari = people.browser("sari")
    answer = sari.post(f"/events/{people.event_id}/logo", data={"logo": (BytesIO(content), "logo.png")})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_drafts_logo_is_not_public(people: Cast, client: FlaskClient) -> None:
    people.browser("sari").post(f"/events/{people.event_id}/logo", data={"logo": (BytesIO(picture()), "a.png")})
    with people.app.app_context(), transaction(unaudited="test"):
        store.locked_event(people.event_id).stage = Stage.DRAFT
        file_id = store.identity(people.event_id).logo_file_id
    assert client.get(f"/e/{people.slug}/logo/{file_id}").status_code == 404


def test_identity_is_checked_and_kept(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/identity"
    typed = {"letterhead": "KEMENTERIAN CONTOH\nBiro Humas", "signatory_name": "Dr. Ratna Contoh, M.Si."}
    pale = sari.post(url, data=typed | {"accent": "#ffd98f"})
    assert pale.status_code == 422
    assert "kontras 1,3, perlu 4,5" in pale.text
    assert "Biro Humas" in pale.text
    assert "18 angka" in sari.post(url, data=typed | {"signatory_nip": "1986 0926"}).text
    good = typed | {"accent": "0B6B4B", "signatory_nip": "19860926 201505 1 001"}
    assert sari.post(url, data=good).status_code == 303
    with people.app.app_context():
        row = store.identity(people.event_id)
        assert (row.accent, row.signatory_nip) == ("#0b6b4b", "198609262015051001")
        stored = db.session.execute(db.text("SELECT signatory_nip FROM event_identity")).scalar_one()
        assert b"19860926" not in bytes(stored)


def test_roles_are_added_ordered_and_kept_apart(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/roles"
    assert sari.post(url, data={"ready_made": "yes"}).status_code == 303
    assert sari.post(url, data={"name": "Ajudan", "group": "participant"}).status_code == 303
    twice = sari.post(url, data={"name": "ajudan", "group": "participant"})
    assert twice.status_code == 422
    assert "sudah ada" in twice.text
    with people.app.app_context():
        ids = {role.name: role.id for role in store.roles(people.event_id)}
    assert sari.post(f"{url}/{ids['Ajudan']}", data={"move": "up"}).status_code == 303
    renamed = {"name": "Ketua Divisi", "short_name": "Kadiv", "group": "participant"}
    assert sari.post(f"{url}/{ids['Ketua']}", data=renamed).status_code == 303
    assert sari.post(f"{url}/{ids['Sekretaris']}/removal").status_code == 303
    with people.app.app_context():
        names = [role.name for role in store.roles(people.event_id)]
    assert names[0] == "Ketua Divisi"
    assert names[-2:] == ["Ajudan", "Panitia"]
    assert "Sekretaris" not in names


GRANT = {"email": "Baru@Contoh.test", "name": "Baru Contoh", "role": "desk", "ends_on": "2099-12-25"}


def test_an_owner_gives_a_new_person_a_role_and_a_link_once(people: Cast, client: FlaskClient) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/team"
    first = sari.post(url, data=GRANT)
    assert first.status_code == 201
    code = first.text.split("/password/")[1].split("<")[0]
    assert code not in sari.get(url).text
    assert "Belum membuat kata sandi" in sari.get(url).text
    again = sari.post(url, data=GRANT)
    assert again.status_code == 303  # known now: no second account, no second link
    new = "kereta pagi lewat Cilacap"
    assert client.post(f"/password/{code}", data={"new": new, "again": new}).status_code == 303
    assert client.post("/login", data={"email": "baru@contoh.test", "password": new}).status_code == 303
    assert client.get(f"/events/{people.event_id}/setup").status_code == 403  # a desk officer
    assert "Belum membuat kata sandi" not in sari.get(url).text


def test_giving_a_role_asks_for_the_password_again(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/team"
    with clock.freeze(clock.now() + timedelta(minutes=6), everywhere=True):
        page = sari.get(url).text
        assert "Kata sandi Anda" in page
        without = sari.post(url, data=GRANT)
        assert without.status_code == 422
        assert "Baru Contoh" in without.text
        assert sari.post(url, data=GRANT | {"password": "salah salah salah"}).status_code == 422
        assert sari.post(url, data=GRANT | {"password": make.PASSWORD}).status_code == 201
        assert sari.post(url, data=GRANT | {"role": "leader"}).status_code == 303  # shown a moment ago


def test_only_owners_give_and_the_last_one_stays(people: Cast) -> None:
    with people.app.app_context(), transaction():
        team.give(people.event_id, people.users["joko"], Role.EDITOR, ends_on=date(2099, 1, 1), now=make.AT)
        owner = next(one for one in team.grants(people.event_id) if one.role is Role.OWNER)
        desk = next(one for one in team.grants(people.event_id) if one.role is Role.DESK)
    url = f"/events/{people.event_id}/team"
    sari, joko, rina = people.browser("sari"), people.browser("joko"), people.browser("rina")
    assert "Beri hak" not in joko.get(url).text
    assert joko.post(url, data=GRANT | {"email": "joko@contoh.test", "role": "owner"}).status_code == 403
    assert joko.post(f"{url}/{owner.id}/removal").status_code == 403
    assert "paling sedikit satu pemilik" in sari.post(f"{url}/{owner.id}/removal", follow_redirects=True).text
    assert sari.get(url).status_code == 200
    assert sari.post(f"{url}/{desk.id}/removal").status_code == 303
    assert "Belum ada kegiatan" in rina.get("/events").text  # at once, not at the next login


def test_only_who_invited_a_person_makes_the_link_anew(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/team"
    sari.post(url, data=GRANT)
    with people.app.app_context(), transaction():
        team.give(people.event_id, people.users["joko"], Role.OWNER, ends_on=date(2099, 1, 1), now=make.AT)
        grants = {one.email: one.id for one in team.grants(people.event_id)}
    new, lena = grants["baru@contoh.test"], grants["lena@contoh.test"]
    assert people.browser("joko").post(f"{url}/{new}/password-link").status_code == 403
    assert sari.post(f"{url}/{lena}/password-link").status_code == 403  # she chose her password long ago
    assert sari.post(f"{url}/{new}/password-link").status_code == 201
    assert people.browser("admin").post(f"{url}/{lena}/password-link").status_code == 201


PARTS = ("setup", "settings", "channels", "identity", "roles", "team")


@pytest.mark.parametrize("part", PARTS)
def test_a_desk_officer_is_refused_and_a_stranger_finds_nothing(people: Cast, part: str) -> None:
    path = f"/events/{people.event_id}/{part}"
    assert people.browser("rina").get(path).status_code == 403
    assert people.browser("joko").get(path).status_code == 404
    assert people.browser("sari").get(f"/events/{uuid4()}/{part}").status_code == 404
    assert people.app.test_client().get(path).location == f"/login?next={path}"


def test_parts_of_another_event_do_not_exist_here(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        other = make.event(people.institution_id)
        role = make.role(other.id, "Rahasia")
    sari = people.browser("sari")
    assert sari.get(f"/events/{people.event_id}/roles/{role.id}").status_code == 404
    assert sari.post(f"/events/{people.event_id}/roles/{role.id}", data={"move": "up"}).status_code == 404
    assert sari.post(f"/events/{people.event_id}/roles/{role.id}/removal").status_code == 404


def test_cards_say_where_one_stands(people: Cast, moment: object) -> None:
    page = people.browser("rina").get("/events").text
    assert "Berlangsung sekarang" in page
    assert "Petugas meja" in page
    assert f'href="/desk/{people.event_id}"' in page
    assert "Persiapan" not in page.split("<main")[1]


def test_lists_cost_the_same_for_one_and_for_three(people: Cast) -> None:
    sari = people.browser("sari")
    paths = ["/events", *(f"/events/{people.event_id}/{part}" for part in PARTS)]
    before = [selects(people.app, sari, path) for path in paths]
    for number in range(2):
        start(sari, idempotency_key=str(uuid4()))
        sari.post(f"/events/{people.event_id}/channels", data=CHANNEL)
        sari.post(f"/events/{people.event_id}/roles", data={"name": f"Peran {number}", "group": "participant"})
        sari.post(f"/events/{people.event_id}/team", data=GRANT | {"email": f"baru{number}@contoh.test"})
    assert [selects(people.app, sari, path) for path in paths] == before


def test_an_events_colour_comes_as_a_stylesheet_of_its_own(people: Cast, client: FlaskClient) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/identity"
    assert "/theme/" not in sari.get(url).text
    sari.post(url, data={"letterhead": "KEMENTERIAN CONTOH", "accent": "#7a1f5c"})
    assert "/theme/7a1f5c.css" in client.get(f"/e/{people.slug}").text
    assert "/theme/7a1f5c.css" in sari.get(url).text
    sheet = client.get("/theme/7a1f5c.css")
    assert sheet.mimetype == "text/css"
    assert "light-dark(#7a1f5c, " in sheet.text
    for wrong in ("7A1F5C", "ffd98f", "xyz", "7a1f5c0"):
        assert client.get(f"/theme/{wrong}.css").status_code == 404


def test_a_number_that_is_refused_stays_as_it_was_typed(people: Cast) -> None:
    answer = people.browser("sari").post(f"/events/{people.event_id}/identity", data={"signatory_nip": "1986 0926-20"})
    assert answer.status_code == 422
    assert "1986 0926-20" in answer.text
