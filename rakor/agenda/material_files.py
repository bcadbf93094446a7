"""Materials as answers: one that goes on where a line broke, or all as one archive, made while it flows."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import FileWrapper

from rakor.files import LongFile

CSP = "default-src 'none'; sandbox"
BLOCK = 256 * 1024


def attachment(file: LongFile, name: str) -> Response:
    """Return a file to be saved, never shown here; a part of it where the browser asks for the rest."""
    reader = file.open()
    answer = Response(FileWrapper(reader, BLOCK), mimetype=file.media_type, direct_passthrough=True)
    answer.call_on_close(reader.close)
    answer.content_length = file.byte_count
    answer.set_etag(file.digest.hex()[:32])
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=file.byte_count)
    return _to_save(answer, name)


def picture(content: bytes | None) -> Response:
    """Return a JPEG of ours; no page where it is gone, for its address stands in an <img>."""
    if content is None:
        return Response("", 404, mimetype="text/plain")
    answer = Response(content, mimetype="image/jpeg")
    answer.headers["Content-Disposition"] = "attachment; filename*=UTF-8''foto.jpg"
    answer.headers["Content-Security-Policy"] = CSP
    return answer


@dataclass(frozen=True)
class Entry:
    """One file of an archive, under a name that was made safe; ``file`` None writes ``text`` instead."""

    name: str
    made_at: datetime
    file: LongFile | None = None
    text: str = ""


def archive(entries: Iterable[Entry], name: str) -> Response:
    """Return the files as one ZIP; it holds one block at a time, however many there are."""
    return _to_save(Response(_flow(list(entries)), mimetype="application/zip"), name)


def _flow(entries: list[Entry]) -> Iterator[bytes]:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as packed:  # the files are packed already
        for entry in entries:
            told = zipfile.ZipInfo(entry.name, entry.made_at.timetuple()[:6])
            told.external_attr = 0o644 << 16
            with _source(entry) as source, packed.open(told, "w") as target:
                while block := source.read(BLOCK):
                    target.write(block)
                    yield pipe.taken()
    yield pipe.taken()


def _source(entry: Entry) -> io.BufferedIOBase:
    return entry.file.open() if entry.file else io.BytesIO(entry.text.encode())


class Pipe(io.RawIOBase):
    """Where an archive is written: it cannot be sought in, and gives away what came since the last time."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        """Return what was written since the last call."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def _to_save(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer.headers["Content-Security-Policy"] = CSP
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
