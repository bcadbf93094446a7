"""The program that check-in is measured beside is served as rakor is, and keeps what it is given."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from bench._load import post
from bench._serving import free_port, serving
from rakor import config


def test_the_bare_program_stores_one_row(tmp_path: Path) -> None:
    port = free_port()
    bare = config.Config(instance=tmp_path, database_url="", secret=b"", base_url=f"http://127.0.0.1:{port}")
    file = tmp_path / "bare.sqlite3"
    with serving(["bench._bare"], {"BARE_DATABASE_URL": f"sqlite:///{file}"}, port, workers=1, threads=2):
        asked = post("/insert", {"scan_id": str(uuid4()), "ref": "0" * 24}, bare, "none=", close=True)
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(asked)
            assert line.recv(4096).startswith(b"HTTP/1.1 200 ")
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM bare_scan").fetchone() == (1,)
