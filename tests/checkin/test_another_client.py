"""Another client, written from docs/protocol.md alone: nothing of ours reads code, roster or answer here."""

import hashlib
import json
import struct
import time
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rakor.registrations.tickets import code_of
from tests.checkin.hall import Hall

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
Row = tuple[bytes, int, int, int, int, int, int, int, int, int]


def secret_of(code: str) -> bytes:
    """The code: version 1, 90 bits, a check character; six zero bits fill twelve bytes up."""
    values = [SIGNS.index(sign) for sign in code]
    assert (len(values), values[0]) == (20, 1)
    total = 0
    for value in values[:19]:
        total = (total ^ value) << 1
        total = total ^ 0b100101 if total & 32 else total
    assert total == values[19]
    number = 0
    for value in values[1:19]:
        number = number * 32 + value
    return (number << 6).to_bytes(12, "big")


def roster_of(content: bytes) -> tuple[dict[str, object], list[Row], bytes]:
    """The packed download: its header, its rows, the sealed lines."""
    assert content[:4] == b"RKR1"
    (length,) = struct.unpack(">I", content[4:8])
    header, start = json.loads(content[8 : 8 + length]), 8 + length
    end = start + 38 * int(header["count"])
    rows = [content[at : at + 38] for at in range(start, end, 38)]
    return header, [(row[:12], *struct.unpack(">BBHIIIIIH", row[12:])) for row in rows], content[end:]


def test_the_documented_protocol_is_enough_for_another_client(hall: Hall) -> None:
    person, other = hall.person("Agustina Contoh", back_title=""), hall.person("Budi Contoh")
    http = hall.desk("Gerbang").client
    me = http.get("/scan/v1/desk").get_json()
    header, rows, lines = roster_of(http.get("/scan/v1/roster").data)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert len(rows) == 2

    # a person's line opens with the code in hand, and with nobody else's
    secret = secret_of(code_of(hall.event_id, person.id, 0))
    ref = hashlib.sha256(b"ref" + secret).digest()[:12]
    [row] = [one for one in rows if one[0] == ref]
    flags, _desk, epoch, _seq, revoked, first_in, last_out, offset, length = row[1:]
    assert (flags, epoch, revoked, first_in, last_out) == (0, 0, 0, 0, 0)
    key = HKDF(hashes.SHA256(), 32, None, b"rakor/roster/1").derive(secret)
    line = lines[offset : offset + length]
    said = json.loads(AESGCM(key).decrypt(line[:12], line[12:], None))
    assert said[0] == "Agustina Contoh"
    assert hashlib.sha256(b"ref" + secret_of(code_of(hall.event_id, other.id, 0))).digest()[:12] != ref

    # a scan, sent twice, is one fact with one answer; the changes bring it to who asks for them
    now, seen = round(time.time() * 1000), header["change_seq"]
    scan = {
        "scan_id": str(uuid4()), "device_seq": 1, "kind": "ticket", "ref": ref.hex(),
        "checkpoint": me["posts"][0]["id"], "direction": "in", "t_wall": now, "t_mono": 10, "segment": str(uuid4()),
        "in_roster": True, "roster_seq": seen, "verdict": "in",
    }  # fmt: skip
    sent = {"records": [scan], "roster_seq": seen, "changes": 500, "waiting": 0}
    first, again = (http.post("/scan/v1/batches", json=sent).get_json() for _time in range(2))
    assert [one["records"][0]["status"] for one in (first, again)] == ["stored", "duplicate"]
    assert [one["records"][0]["verdict"] for one in (first, again)] == ["in", "in"]
    assert first["records"][0]["who"]["name"] == "Agustina Contoh"
    assert (first["ack_through"], first["missing"], first["server_epoch"]) == (1, [], header["server_epoch"])
    [change] = [one for one in first["changes"] if one.get("checkpoint")]
    assert (change["ref"], change["inside"]) == (ref.hex(), True)
    assert http.get(f"/scan/v1/changes?since={first['change_seq']}").get_json()["changes"] == []
