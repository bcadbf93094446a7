"""Speakers' and moderators' calendars: each own session is a mail of its own, for who accepted; on both databases."""

from email import message_from_bytes
from email.policy import default
from uuid import UUID

from icalendar import Calendar
from sqlalchemy import select

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda.models import Speaker
from rakor.agenda.store import PersonDraft
from rakor.db import db, transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.events.store import setting_up
from tests.cast import Cast
from tests.messages.inviting import ZOOM, draft, hour, mails, move_session, numbers, one, parsed, run, said, session
from tests.messages.test_delivery import smtp
from tests.messages.test_mail import Postbox, postbox

__all__ = ["postbox", "session", "smtp"]

RATNA, NUR = PersonDraft("Dr. Ratna Contoh, M.Si."), PersonDraft("Nur Contoh")
AT = "ratna@contoh.test"


def on_stage(cast: Cast, item: UUID, start: int = 13, **changed: object) -> None:
    """Ratna speaks in the session, Nur moderates it, unless ``changed`` says something else; published."""
    move_session(cast, item, start, **({"speakers": (RATNA,), "moderators": (NUR,)} | changed))


def link(cast: Cast, name: str) -> tuple[UUID, str]:
    with cast.app.app_context(), transaction(unaudited="test"):
        query = select(Speaker.id).where(Speaker.event_id == cast.event_id, Speaker.name == name)
        who = db.session.scalars(query).one()
        links.make_links(cast.event_id, LinkPurpose.SPEAKER, [who], now=clock.now())
        return who, f"/s/{links.token_of(cast.event_id, LinkPurpose.SPEAKER, who)}"


def answer(cast: Cast, path: str, said: str = "accepted", email: str = AT, **more: str) -> None:
    form = {"answer": said, "email": email, "reason": "Rapat lain" if said == "declined" else ""} | more
    assert cast.app.test_client().post(f"{path}/answer", data=form).status_code == 303
    run(cast)


def test_who_accepts_is_invited_to_each_own_session_and_hears_what_moves_it(people: Cast, session: UUID) -> None:
    """Seen red: speakers had files and a feed, and nobody wrote to them when their session moved."""
    on_stage(people, session)
    who, path = link(people, RATNA.name)
    assert said(people, who) == []
    [file] = Calendar.from_ical(people.app.test_client().get(f"{path}/calendar.ics").data).events
    answer(people, path)
    event = one(said(people, who)[0])
    assert str(event["attendee"]) == f"mailto:{AT}"
    assert event["attendee"].params["CN"] == RATNA.name
    assert (event.start, event.end) == (hour(13), hour(15))
    assert event["location"] == "Ruang Melati, Hotel Contoh, Bogor"
    assert event["conference"] == ZOOM
    assert [str(part["action"]) for part in event.subcomponents] == ["DISPLAY"]
    assert path.split("/")[-1] not in event.to_ical().decode().replace("\r\n ", "")
    first = int(event["sequence"])
    assert (file["uid"], int(file["sequence"])) == (event["uid"], first), "a file taken before must not look newer"
    assert first > 0

    on_stage(people, session, 14)
    with people.app.app_context(), transaction():  # another session moves: nothing to her
        other = next(item for item in agenda.items(people.event_id, agenda.EVERYTHING) if item.title == "Penutupan")
        agenda.change(people.event_id, other.id, draft(other.day_id, 16, title="Penutupan"), now=clock.now())
        agenda.publish(people.event_id, by=None, now=clock.now())
    run(people)
    answer(people, path, "declined")
    answer(people, path)
    on_stage(people, session, 14, speakers=())
    assert numbers(said(people, who)) == [
        ("REQUEST", first), ("REQUEST", first + 1), ("CANCEL", first + 2), ("REQUEST", first + 3),
        ("CANCEL", first + 4),
    ]  # fmt: skip
    assert len({str(one(calendar)["uid"]) for calendar in said(people, who)}) == 1
    moved = message_from_bytes(mails(people, who)[1], policy=default)
    assert moved["Subject"] == "Jadwal berubah: Sesi 2: Standar layanan"
    assert "13.00 → 14.00 WIB" in moved.get_body(("plain",)).get_content().replace("\u2060", "")


def test_moderators_files_and_the_outbox_say_the_same_and_a_cancelled_event_takes_it_back(
    people: Cast, session: UUID
) -> None:
    on_stage(people, session)
    who, path = link(people, NUR.name)
    answer(people, path, email="")
    assert said(people, who) == []
    answer(people, path, email="nur@contoh.test")
    answer(people, path, email="betul@contoh.test")
    assert [str(one(calendar)["attendee"]) for calendar in said(people, who)] == ["mailto:betul@contoh.test"] * 2
    on_stage(people, session, 15)
    [file] = Calendar.from_ical(people.app.test_client().get(f"{path}/calendar.ics").data).events
    newest = one(said(people, who)[-1])
    assert (file["uid"], file["sequence"], file.start) == (newest["uid"], newest["sequence"], newest.start)
    sari = people.browser("sari")
    outbox = sari.get(f"/events/{people.event_id}/outbox?q=nur").text
    assert "Nur Contoh" in outbox
    assert "Sesi 2: Standar layanan" in outbox
    page = sari.get(f"/events/{people.event_id}/speakers/{who}").text
    assert "betul@contoh.test" in page
    assert "Undangan kalender" in page
    before = mails(people, who)
    with people.app.app_context(), transaction():
        setting_up.cancel(events.locked_event(people.event_id), now=clock.now())
    run(people)
    *earlier, last = mails(people, who)
    assert [parsed(mail).to_ical() for mail in earlier] == [parsed(mail).to_ical() for mail in before]
    assert message_from_bytes(last, policy=default)["Subject"] == "Dibatalkan: Sesi 2: Standar layanan"
    assert parsed(last)["method"] == "CANCEL"


def test_a_server_takes_it_in_the_speakers_own_language(people: Cast, session: UUID, smtp: Postbox) -> None:
    on_stage(people, session)
    who, path = link(people, RATNA.name)
    english = people.app.test_client()
    english.set_cookie("rakor_lang", "en")
    assert english.post(f"{path}/answer", data={"answer": "accepted", "email": AT, "reason": ""}).status_code == 303
    run(people)
    [mail] = [mail for mail in smtp.mails if b"text/calendar" in mail]
    received = message_from_bytes(mail, policy=default)
    assert received["To"] == AT
    assert received["Subject"] == "Calendar invitation: Sesi 2: Standar layanan"
    assert received.get_content_type() == "multipart/mixed"
    assert parsed(mail)["method"] == "REQUEST"
    with clock.freeze(hour(20), everywhere=True):  # the session is over: it is neither taken back nor asked for again
        answer(people, path, "declined")
        answer(people, path, email="lain@contoh.test")
        answer(people, link(people, NUR.name)[1], email="nur@contoh.test")
    assert len(said(people, who)) == 1
    assert said(people, link(people, NUR.name)[0]) == []
