"""https by gunicorn itself, for `rakor serve --lan`."""

import select
import ssl
from functools import cache
from pathlib import Path
from typing import Any

from gunicorn import http, sock
from gunicorn.workers import gthread

SILENCE_S = 10
AT_ONCE_S = 0.2


def settings(file: Path | None) -> dict[str, Any]:
    """Return gunicorn's settings for https with the key and certificate in ``file``; none for plain http."""
    if file is None:
        return {}
    return {"certfile": str(file), "keyfile": str(file), "ssl_context": lambda conf, _default: _newest(conf.certfile)}


def _newest(path: str) -> ssl.SSLContext:
    """Return the context of a certificate; one that was made anew on the disk counts from the next connection on."""
    return _context(path, Path(path).stat().st_mtime_ns)


@cache
def _context(path: str, _written_ns: int) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(path)
    return context


class PatientWorker(gthread.ThreadWorker):  # type: ignore[misc]
    """Browsers open connections before they need them. After its handshake a silent one waits beside the threads, not
    in one: a handful of phones would otherwise keep every thread from the desks that have something to say.
    """

    def handle(self, conn: Any) -> Any:
        """Do the handshake; go on only when the browser has asked for something."""
        if conn.initialized:
            return super().handle(conn)
        if not conn.wait_for_data(gthread.DEFAULT_WORKER_DATA_TIMEOUT):
            return gthread._DEFER
        try:
            _shake_hands(conn)
        except OSError:  # ssl's errors are among them: a scanner, plain http, a phone that does not trust us yet
            return False
        return super().handle(conn) if _has_said(conn.sock) else gthread._DEFER


def _shake_hands(conn: Any) -> None:
    """Do what gunicorn's own ``init`` does for https, but wait for a silent client no longer than SILENCE_S."""
    conn.initialized = True
    conn.sock.settimeout(SILENCE_S)
    conn.sock = sock.ssl_wrap_socket(conn.sock, conn.cfg)
    conn.sock.do_handshake()
    conn.parser = http.get_parser(conn.cfg, conn.sock, conn.client)


def _has_said(client: ssl.SSLSocket) -> bool:
    return bool(client.pending()) or bool(select.select([client], [], [], AT_ONCE_S)[0])
