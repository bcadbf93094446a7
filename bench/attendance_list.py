"""Daftar hadir: 2,740 names as one PDF."""

import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rakor.documents.paper import TEMPLATE, list_content
from rakor.documents.rules import Approval, ListHead, ListKind, ListRow, Standing, arrange
from rakor.registrations.rules import Mode
from rakor.typeset import compile_pdf

WHAT = "one PDF of 2,740 names (PDF/A-2b, tagged): < 5 s, < 400 MB"
NAMES, SECONDS, MEGABYTES = 2740, 5.0, 400
POSTS = ("Kepala Kantor", "Sekretaris", "Kabid Layanan Informasi", "Kasubbag Humas", "Operator PPID")
PEOPLE = (
    "Drs. Yohanes Contoh, M.Si.",
    "Marthina Contoh, S.E.",
    "I Dewa Kade Wiarsa Raka Sandi Contoh, S.Sos., M.A.P.",
    "Sulastri Contoh",
    "O'Brien Contoh, S.T., M.Eng.",
    "Fransiska Contoh, S.I.Kom.",
    "ꦱꦸꦏꦂꦤꦺꦴ Contoh",
)
OFFICES = ("Kabupaten Merauke", "Kabupaten Kepulauan Siau Tagulandang Biaro", "Kota Semarang", "Provinsi Papua Selatan")
OPENING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)


def run(quick: bool) -> dict[str, Any]:
    """Set the whole list a few times: wall time of the call, peak memory of the press, the worker's own beside it."""
    rows = [_row(number) for number in range(NAMES)]
    spent: list[float] = []
    for _ in range(2 if quick else 5):
        started = time.perf_counter()
        pdf = compile_pdf(TEMPLATE, list_content(_head(), arrange(rows)))
        spent.append(time.perf_counter() - started)
    press = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "ok": statistics.median(spent) < SECONDS and press.ru_maxrss / 1024 < MEGABYTES,
        "names": NAMES,
        "median_s": round(statistics.median(spent), 2),
        "worst_s": round(max(spent), 2),
        "cpu_s": round((press.ru_utime + press.ru_stime) / len(spent), 2),
        "press_mb": round(press.ru_maxrss / 1024),
        "worker_idle_mb": _idle_worker(),
        "pdf_kb": round(len(pdf) / 1024),
        "compared_with": f"{SECONDS} s at the median, {MEGABYTES} MB in the press, which ends with the paper",
    }


def _idle_worker() -> int:
    """Return the memory of a worker that waits, in MB: it stands beside the press."""
    look = "import resource, rakor.worker; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    asked = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    return int(asked.stdout or 0)


def _row(number: int) -> ListRow:
    name, arrived = PEOPLE[number % len(PEOPLE)], number % 3 != 1
    return ListRow(
        person=str(number),
        name=name,
        shown_name=name,
        post=POSTS[number % 5],
        office=OFFICES[number // 5 % len(OFFICES)],
        nip="" if number % 4 == 3 else f"1979010120010110{number % 100:02}",
        phone=f"+62812{number:08}",
        seat=Standing(f"{number // 5:06}", number % 5, 1),
        present=arrived,
        present_at=OPENING + timedelta(seconds=number) if arrived else None,
        mode=Mode.ONLINE if number % 3 == 0 else Mode.ONSITE,
        means="Zoom" if number % 3 == 0 else f"Meja {number % 10 + 1}",
    )


def _head() -> ListHead:
    return ListHead(
        kind=ListKind.PARTICIPANTS,
        event_title="Rapat Koordinasi Nasional Pelayanan Informasi 2026",
        event_short_title="Rakornas Pelayanan Informasi 2026",
        day=date(2026, 11, 24),
        zone="Asia/Jakarta",
        counted_at=OPENING + timedelta(hours=1),
        letterhead=("KEMENTERIAN CONTOH", "Jalan Contoh Nomor 1, Jakarta"),
        starts_at=OPENING,
        ends_at=OPENING + timedelta(hours=8),
        venue="Hotel Contoh, Bogor, dan Zoom",
        approval=Approval("Ketua Panitia", "Dewi Contoh, S.Sos., M.A.P.", "197808082003122008"),
        demo=True,
    )
