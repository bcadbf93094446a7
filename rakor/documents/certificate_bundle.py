"""All certificates as one ZIP, a folder for each province; written sealed and part by part, never whole in memory."""

import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZIP_STORED, ZipFile

from rakor import clock, files, segments
from rakor.agenda.material_files import Pipe
from rakor.db import db, transaction
from rakor.documents.certificate_models import Certificate
from rakor.documents.store import certificate_runs as runs
from rakor.documents.store import certificates
from rakor.outbox import Progress, job
from rakor.regions import rules as regions
from rakor.regions.rules.folding import plain

MOST = 4 * 1024**3
ZIP, NOWHERE = "application/zip", "tanpa-provinsi"
SAID_EVERY = 100


@job("certificates.bundle")
def bind(payload: dict[str, str], progress: Progress) -> None:
    """Bind what is in force and set into the ZIP that was asked for."""
    event_id, run_id = UUID(payload["event_id"]), UUID(payload["run_id"])
    row = runs.run_by_id(event_id, run_id)
    if row is None or row.made_at is not None or clock.now() >= row.expires_at:
        return
    rows = certificates.set_ones(event_id, row.province_code)
    db.session.expunge_all()
    file_id = uuid4()
    stream = io.BufferedReader(_Flow(_packed(rows, progress)))
    size = segments.write(files.part_of(file_id), file_id, stream, MOST)
    try:
        with transaction(unaudited="a ZIP that nobody waits for any more"):
            row = runs.run_by_id(event_id, run_id)
            if row is not None and row.made_at is None:
                files.keep_part(
                    file_id, event_id=event_id, purpose=runs.PURPOSE, name=f"sertifikat-{len(rows)}.zip",
                    media_type=ZIP, size=size, now=clock.now(),
                )  # fmt: skip
                runs.fill(row, file_id, certificate_count=len(rows), now=clock.now())
    finally:
        files.drop_part(file_id)


def path_in(row: Certificate) -> str:
    """Return where a certificate lies in the ZIP: "93-papua-selatan/sertifikat-0017-agustina-contoh.pdf".

    Safe everywhere: letters, digits and hyphens of ASCII, so that nothing typed leads out of the folder.
    """
    folder = f"{row.province_code}-{_safe(_province(row.province_code))}" if row.province_code else NOWHERE
    return f"{folder}/sertifikat-{row.serial:04}-{_safe(row.name)[:60]}".rstrip("-") + ".pdf"


def _province(code: str) -> str:
    return regions.reference().province(code).short_name


def _safe(words: str) -> str:
    kept = (letter if letter.isascii() and letter.isalnum() else " " for letter in plain(words))
    return "-".join("".join(kept).split())


def _packed(rows: list[Certificate], progress: Progress) -> Iterator[bytes]:
    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as book:
        for number, row in enumerate(rows, 1):
            kept = certificates.paper(row)
            if kept is not None:
                book.writestr(path_in(row), kept.content)
                yield pipe.taken()
            if number % SAID_EVERY == 0:
                db.session.rollback()
                progress(number, len(rows))
    yield pipe.taken()


class _Flow(io.RawIOBase):
    """What an iterator gives, as a stream to read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self._parts, self._left = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = part
        size = min(len(target), len(self._left))
        target[:size], self._left = self._left[:size], self._left[size:]
        return size
