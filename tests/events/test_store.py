"""Events in both databases: made, followed by their days, kept apart, and what stays because it carries something."""

import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

from flask import Flask

from rakor import clock
from rakor.accounts.rules import Role
from rakor.agenda.models import AgendaItem
from rakor.db import db, transaction
from rakor.events import store
from rakor.events.models import Event, EventDay
from rakor.events.rules import ChannelKind, EventKind, EventMode, RoleGroup
from rakor.events.rules.readiness import Audience
from rakor.events.store import parts, setting_up, team
from tests import make
from tests.cast import Cast

START = date(2026, 12, 3)


def values(institution_id: UUID, **more: object) -> dict[str, object]:
    return {
        "kind": EventKind.BIMTEK,
        "title": "Bimtek Pengelola Informasi",
        "short_title": "Bimtek Pengelola Informasi",
        "institution_id": institution_id,
        "organizer": "Kementerian Contoh",
        "starts_on": START,
        "ends_on": START + timedelta(1),
        "regions_as_of": START,
        "zone": "Asia/Jakarta",
        "mode": EventMode.ONSITE,
    } | more


def made(people: Cast, **more: object) -> Event:
    owner = people.users["sari"]
    until = START + timedelta(31)
    return setting_up.create(
        uuid4(), values(people.institution_id, **more), owner_id=owner, owned_until=until, now=make.AT
    )


def test_a_new_event_has_days_roles_an_owner_and_an_address(people: Cast) -> None:
    with people.app.app_context():
        with transaction():
            one, two = made(people), made(people)
        assert (one.slug, two.slug) == ("bimtek-pengelola-informasi", "bimtek-pengelola-informasi-2")
        assert [(day.number, day.held_on) for day in store.days(one.id)] == [(1, START), (2, START + timedelta(1))]
        assert [role.name for role in store.roles(one.id)] == ["Peserta", "Narasumber", "Moderator", "Panitia"]
        assert store.granted_roles(people.users["sari"], one.id, START) == {Role.OWNER}
        assert not store.granted_roles(people.users["sari"], one.id, START + timedelta(32))


def test_two_writers_at_once_take_two_addresses(people: Cast) -> None:
    slugs, waiting = list[str](), threading.Barrier(4)

    def write() -> None:
        with people.app.app_context():
            waiting.wait()
            with transaction():
                slugs.append(made(people).slug)
            db.session.remove()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(slugs)) == 4


def test_days_follow_the_dates_and_one_with_an_item_stays(people: Cast) -> None:
    with people.app.app_context():
        with transaction():
            event = made(people)
            second = store.days(event.id)[1]
            make.item(event.id, second.id, starts_at=None, ends_at=None)
        with transaction():
            event = store.locked_event(event.id)
            earlier = START - timedelta(1)
            setting_up.change(event, {"starts_on": earlier, "ends_on": START}, now=clock.now())
            plan = setting_up.follow_dates(event)
        assert plan.kept == (START + timedelta(1),)
        assert [day.held_on for day in store.days(event.id)] == [earlier, START, START + timedelta(1)]
        assert [day.number for day in store.days(event.id)] == [1, 2, 3]
        assert event.regions_as_of == earlier
        with transaction(unaudited="test"):
            db.session.delete(db.session.scalars(db.select(AgendaItem)).one())
        with transaction(unaudited="test"):
            assert setting_up.follow_dates(store.locked_event(event.id)).kept == ()
        assert [day.held_on for day in store.days(event.id)] == [earlier, START]


def test_another_event_carries_nothing_here(people: Cast) -> None:
    with people.app.app_context():
        with transaction():
            event, other = made(people), made(people)
            make.item(other.id, store.days(other.id)[0].id, starts_at=None, ends_at=None)
        assert setting_up.referenced(EventDay, event.id) == set()
        assert setting_up.referenced(EventDay, other.id) == {store.days(other.id)[0].id}


def test_a_change_names_its_fields_and_raises_the_version_once(people: Cast) -> None:
    with people.app.app_context():
        with transaction():
            event = made(people)
        with transaction():
            row = store.locked_event(event.id)
            assert setting_up.change(row, {"theme": "Baru", "title": row.title}, now=clock.now()) == ["theme"]
            assert row.version == 2
            assert setting_up.change(row, {"theme": "Baru"}, now=clock.now()) == []
            assert row.version == 2


def test_channels_are_shown_to_those_who_follow_by_them(people: Cast) -> None:
    with people.app.app_context():
        with transaction():
            event = made(people)
            for kind, public in ((ChannelKind.ONSITE, False), (ChannelKind.ZOOM, False), (ChannelKind.YOUTUBE, True)):
                label = {
                    "kind": kind,
                    "label": str(kind),
                    "is_public": public,
                    "url": None,
                    "note": "",
                    "capacity": None,
                }
                parts.save_channel(event.id, None, label)
        seen = {who: [one.label for one in parts.channels_for(event.id, who)] for who in Audience}
    assert seen[Audience.PUBLIC] == ["youtube"]
    assert seen[Audience.ONSITE] == ["onsite", "youtube"]
    assert seen[Audience.ONLINE] == ["zoom", "youtube"]
    assert seen[Audience.STAFF] == ["onsite", "zoom", "youtube"]


def test_a_role_in_use_stays_and_the_order_is_kept(people: Cast) -> None:
    with people.app.app_context():
        with transaction():
            event = made(people)
            setting_up.add_roles(event.id, [("Ketua", "", RoleGroup.PARTICIPANT)])
            chair = store.roles(event.id)[-1]
            office = make.office(people.institution_id)
            make.seat(event.id, office.id, chair.id)
        with transaction(unaudited="test"):
            assert not parts.remove_role(event.id, chair.id)
            assert parts.remove_role(event.id, store.roles(event.id)[0].id)
            parts.move_role(event.id, chair.id, -1)
            parts.move_role(event.id, store.roles(event.id)[0].id, -1)  # the first stays first
        names = [role.name for role in store.roles(event.id)]
    assert names == ["Narasumber", "Moderator", "Ketua", "Panitia"]


def test_the_list_of_own_events_costs_one_query(people: Cast) -> None:
    with people.app.app_context():
        with transaction():
            event = made(people)
        found = team.events_of(people.users["sari"], everything=False)
        assert [one.event.id for one in found] == [event.id, people.event_id]
        assert found[0].grants == ((Role.OWNER, START + timedelta(31)),)
        assert team.events_of(people.users["joko"], everything=False) == []
        assert len(team.events_of(people.users["admin"], everything=True)) == 2


def test_institutions_are_those_one_edits_for(people: Cast) -> None:
    today = date(2026, 11, 24)
    with people.app.app_context():
        with transaction(unaudited="test"):
            make.institution(name="Badan Lain", short_name="Lain")
        names = [one.name for one in team.institutions_of(people.users["sari"], everything=False, today=today)]
        assert names == ["Kementerian Contoh"]
        assert team.institutions_of(people.users["rina"], everything=False, today=today) == []
        assert len(team.institutions_of(people.users["admin"], everything=True, today=today)) == 2


def test_a_logo_is_sealed_and_replaced(app: Flask, people: Cast) -> None:
    with app.app_context():
        with transaction():
            parts.save_logo(people.event_id, b"first", now=clock.now())
        first = store.identity(people.event_id).logo_file_id
        assert parts.logo(people.event_id) == b"first"
        with transaction():
            parts.save_logo(people.event_id, b"second", now=clock.now())
        assert store.identity(people.event_id).logo_file_id != first
        assert parts.logo(people.event_id) == b"second"
        kept = list((app.config["RAKOR"].instance / "files").rglob("*"))
        assert not any(b"second" in path.read_bytes() for path in kept if path.is_file())
        with transaction():
            parts.save_logo(people.event_id, None, now=clock.now())
        assert parts.logo(people.event_id) is None
