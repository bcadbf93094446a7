"""Two real servers, a phone at each, and a cable between them that is cut: nothing is lost, nothing doubled."""

import json
import time
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from rakor.checkin import packed
from tests.cli.hall_of_two import PASSWORD, Cable, Hall, Phone, Server, link_of_relay, log_in
from tests.cli.running import eventually, free_port, rakor


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    server = Server(tmp_path_factory.mktemp("server"), free_port())
    relay = Server(tmp_path_factory.mktemp("relay"), free_port())
    base_url = f"http://127.0.0.1:{server.port}"
    made = rakor(server.instance, "demo", "--json", "--people", "400", RAKOR_BASE_URL=base_url)
    assert made.returncode == 0, made.stderr
    demo = json.loads(made.stdout)
    event_id = str(demo["events"]["live"])
    cable = Cable(server.port)
    try:
        server.start()
        organiser = log_in(server.port, *demo["logins"]["panitia"].values())
        far = Phone(server.port, {"rakor-desk": demo["desk"]["token"]}, checkpoint=demo["desk"]["checkpoint_id"])
        [(last,)] = server.rows("SELECT ack_through FROM device WHERE id = ?", UUID(demo["desk"]["device_id"]).hex)
        far.seq = int(last)
        link = f"http://127.0.0.1:{cable.port}/desk/join#{link_of_relay(organiser, event_id)}"
        joined = rakor(relay.instance, "relay", "join", link)
        assert joined.returncode == 0, joined.stderr
        again = rakor(relay.instance, "relay", "join", link)
        assert again.returncode == 1
        added = rakor(relay.instance, "user", "add", "--admin", "sari@contoh.go.id", "Sari Contoh", typed=PASSWORD)
        assert added.returncode == 0, added.stderr
        relay.start()
        keeper = log_in(relay.port, "sari@contoh.go.id", PASSWORD)
        _, content, _ = far.ask("GET", "/scan/v1/roster")
        refs = iter([row[0] for row in packed.unpack(content)[1] if row[1] == 0])
        found = Hall(server, relay, cable, event_id, organiser, keeper, far, far, refs)
        found.near = found.desk_at("Meja Aula")
        yield found
    finally:
        cable.close()
        relay.stop()
        server.stop()


def test_a_relay_begins_with_all_that_the_door_needs_and_nothing_more(hall: Hall) -> None:
    assert eventually(hall.agree, 120)
    roster = packed.unpack(hall.near.ask("GET", "/scan/v1/roster")[1])
    theirs = packed.unpack(hall.far.ask("GET", "/scan/v1/roster")[1])
    assert {row[0] for row in roster[1]} == {row[0] for row in theirs[1]}
    names = "SELECT count(*) FROM registration WHERE event_id = ? AND name <> ''"
    event = UUID(hall.event_id).hex
    assert hall.relay.rows(names, event) == hall.server.rows(names, event)
    secret = "SELECT count(*) FROM registration WHERE phone IS NOT NULL OR email IS NOT NULL OR nip IS NOT NULL"
    assert hall.relay.rows(secret) == [(0,)]
    assert hall.server.rows(secret) != [(0,)]
    assert len(hall.relay.rows("SELECT id FROM event")) == 1
    assert hall.relay.rows("SELECT count(*) FROM access_link") == [(0,)]


def test_each_side_knows_soon_who_came_in_at_the_other(hall: Hall) -> None:
    one, other = next(hall.refs), next(hall.refs)
    assert (hall.far.scan(one), hall.near.scan(other)) == ("in", "in")
    assert eventually(hall.agree, 120)
    assert (hall.near.scan(one), hall.far.scan(other)) == ("already", "already")
    assert eventually(hall.agree, 120)


def test_a_cut_cable_and_a_killed_relay_lose_nothing_and_double_nothing(hall: Hall) -> None:
    shared, alone = next(hall.refs), [next(hall.refs) for _ in range(5)]
    hall.cable.cut()
    assert (hall.far.scan(shared), hall.near.scan(shared)) == ("in", "in")
    kept = [hall.near.record(ref) for ref in alone]
    first = hall.near.send(*kept[:3])
    assert {one["status"] for one in first["records"]} == {"stored"}
    tries = hall.failed_tries()
    assert eventually(lambda: hall.failed_tries() > tries + 1)
    hall.relay.kill()
    hall.relay.start()
    again = hall.near.send(*kept)
    assert [one["status"] for one in again["records"]] == ["duplicate"] * 3 + ["stored"] * 2
    tries = hall.failed_tries()
    assert eventually(lambda: hall.failed_tries() > tries + 1)
    assert not hall.agree()
    hall.cable.join()
    assert eventually(hall.agree, 180)
    [(duplicates,)] = hall.server.rows(
        "SELECT p.duplicate_count FROM presence p JOIN ticket t ON t.registration_id = p.registration_id "
        "WHERE t.ref = ? AND p.checkpoint_id = ?",
        shared,
        UUID(hall.far.checkpoint).hex,
    )
    same_place = hall.far.checkpoint == hall.near.checkpoint
    assert duplicates == int(same_place)
    assert {one["scan_id"].replace("-", "") for one in kept} <= hall.facts(hall.server)
    device = "SELECT ack_through, beyond FROM device WHERE name = 'Meja Aula'"
    assert hall.server.rows(device) == [(hall.near.seq, "[]")]


def test_a_card_that_dies_while_the_cable_is_cut_is_nobody_s_fault(hall: Hall) -> None:
    ref = next(hall.refs)
    assert eventually(hall.agree, 120)
    known = int(hall.near.send()["change_seq"])
    [(person,)] = hall.server.rows("SELECT registration_id FROM ticket WHERE ref = ?", ref)
    hall.cable.cut()
    hall.organiser.form(f"/events/{hall.event_id}/people/{UUID(person)}/tickets")
    time.sleep(0.05)
    clocked = hall.near.record(ref, kind="clock", server_time=round(time.time() * 1000), rtt=5)
    del clocked["ref"], clocked["checkpoint"]
    shown = hall.near.send(clocked, hall.near.record(ref, roster_seq=known))
    assert shown["records"][1]["verdict"] == "in"
    hall.cable.join()
    assert eventually(hall.agree, 120)
    flags = "SELECT flags FROM presence WHERE registration_id = ?"
    assert eventually(lambda: "stale" in str(hall.server.rows(flags, person)), 60), hall.server.rows(flags, person)
    assert eventually(lambda: hall.server.rows(flags, person) == hall.relay.rows(flags, person), 60)
    later = int(hall.near.send()["change_seq"])
    assert hall.near.send(hall.near.record(ref, roster_seq=later))["records"][0]["verdict"] == "old_card"
    assert eventually(hall.agree, 120)


def test_sending_everything_again_changes_nothing(hall: Hall) -> None:
    assert eventually(hall.agree, 120)
    before, present = hall.facts(hall.server), hall.present(hall.server)
    hall.relay.write("UPDATE upstream SET sent_seq = 0, pulled_seq = 0")
    assert eventually(lambda: hall.relay.rows("SELECT min(sent_seq, pulled_seq) > 0 FROM upstream") == [(1,)], 120)
    assert hall.near.scan(next(hall.refs)) == "in"
    assert eventually(lambda: len(hall.facts(hall.server)) == len(before) + 1 and hall.agree(), 120)
    assert set(present) <= set(hall.present(hall.server))
    assert hall.server.rows("SELECT count(*) FROM attendance_held") == [(0,)]


def test_what_the_relay_holds_is_held_at_the_server(hall: Hall) -> None:
    held = hall.near.record(next(hall.refs), checkpoint=str(uuid4()))
    assert hall.near.send(held)["records"][0]["status"] == "quarantined"
    query = "SELECT count(*) FROM attendance_held WHERE scan_id = ?"
    assert eventually(lambda: hall.server.rows(query, UUID(held["scan_id"]).hex) == [(1,)], 120)
    assert eventually(hall.agree, 120)
    [(device_id, hold)] = hall.server.rows("SELECT device_id, hold FROM attendance_held")
    lot = {"device": str(UUID(device_id)), "hold": hold}
    hall.organiser.form(f"/events/{hall.event_id}/coordination/held", decision="reject", **lot)
    undecided = "SELECT count(*) FROM attendance_held WHERE decided_at IS NULL"
    assert eventually(lambda: hall.relay.rows(undecided) == [(0,)], 120)


def test_the_event_is_changed_on_its_server_alone(hall: Hall) -> None:
    form = "application/x-www-form-urlencoded"
    code, _, _ = hall.keeper.ask("POST", f"/events/{hall.event_id}/cancellation", b"", form)
    assert code == 409


def test_a_desk_revoked_at_the_server_is_revoked_in_the_hall(hall: Hall) -> None:
    desk = hall.desk_at("Meja Pinjaman")
    assert desk.scan(next(hall.refs)) == "in"
    there = "SELECT lower(hex(id)), id FROM device WHERE name = 'Meja Pinjaman'"
    assert eventually(lambda: len(hall.server.rows(there)) == 1, 120)
    [(_, device_id)] = hall.server.rows(there)
    hall.cable.cut()
    late = desk.record(next(hall.refs))
    assert desk.send(late)["records"][0]["status"] == "stored"
    hall.organiser.form(f"/events/{hall.event_id}/desks/{UUID(device_id)}/revocation")
    hall.cable.join()
    held = "SELECT count(*) FROM attendance_held WHERE scan_id = ?"
    assert eventually(lambda: hall.server.rows(held, UUID(late["scan_id"]).hex) == [(1,)], 120)
    assert eventually(lambda: hall.present(hall.server) == [one for one in hall.present(hall.relay) if one[2]], 120)
    assert eventually(lambda: bool(desk.send()["wipe"]), 120)


def test_a_revoked_relay_fills_the_quarantine_and_learns_nothing_more(hall: Hall) -> None:
    [(relay_id,)] = hall.server.rows("SELECT id FROM device WHERE is_relay")
    hall.organiser.form(f"/events/{hall.event_id}/desks/{UUID(relay_id)}/revocation")
    late, elsewhere = hall.near.record(next(hall.refs)), next(hall.refs)
    hall.near.send(late)
    assert hall.far.scan(elsewhere) == "in"
    held = "SELECT count(*) FROM attendance_held WHERE scan_id = ?"
    assert eventually(lambda: hall.server.rows(held, UUID(late["scan_id"]).hex) == [(1,)], 120)
    assert eventually(lambda: hall.relay.rows("SELECT refused_at IS NOT NULL FROM upstream") == [(1,)], 120)
    assert hall.near.scan(elsewhere) == "in"
