"""The words of the coordinator's screen."""

from typing import Any

from flask_babel import lazy_gettext as _l

from rakor.attendance.rules.words import Hold
from rakor.checkin.coordination_rules import Matter, Outcome

MATTERS: dict[Matter, Any] = {
    Matter.SHARED: _l("Diduga dipakai dua orang"),
    Matter.DUPLICATE: _l("Masuk dua kali"),
    Matter.STALE: _l("Tiket sudah dicabut, meja belum tahu"),
    Matter.REFUSED: _l("Tiket tidak berlaku"),
    Matter.MANUAL: _l("Dimasukkan petugas"),
    Matter.UNCERTAIN: _l("Waktu tidak pasti"),
    Matter.UNKNOWN: _l("Kode tidak dikenal"),
    Matter.HELD: _l("Karantina"),
}

WHAT_HAPPENED: dict[Matter, Any] = {
    Matter.SHARED: _l(
        "Satu tiket dipindai di dua meja dalam waktu yang terlalu singkat untuk berjalan. Orangnya dihitung "
        "hadir sekali. Cocokkan dengan orangnya; batalkan pindaian yang bukan dia."
    ),
    Matter.DUPLICATE: _l("Tiket dipindai masuk lagi saat orangnya sudah di dalam. Dihitung sekali, dari yang pertama."),
    Matter.STALE: _l(
        "Tiket sudah dicabut, tetapi meja belum menerima kabarnya saat memindai. Bukan salah petugas. Dihitung hadir."
    ),
    Matter.REFUSED: _l("Tiket mati ditunjukkan dan ditolak. Bila orangnya berhak masuk, izinkan."),
    Matter.MANUAL: _l("Petugas memasukkan orang ini tanpa kode yang berlaku. Dihitung hadir; cocokkan dengan daftar."),
    Matter.UNCERTAIN: _l(
        "Jam ponsel meja tidak bisa dipastikan, waktunya di luar hari kegiatan, atau ada pindaian keluar tanpa masuk. "
        "Kehadiran tetap dihitung."
    ),
    Matter.UNKNOWN: _l(
        "Kode berbentuk benar, tetapi tiketnya tidak ada: terbit sebelum cadangan dipulihkan, atau palsu. "
        "Tidak dihitung."
    ),
    Matter.HELD: _l("Tersimpan, tetapi belum dihitung sampai Anda menerima atau menolaknya."),
}

HOLDS: dict[Hold, Any] = {
    Hold.UNREADABLE: _l("Isinya tidak terbaca"),
    Hold.CONFLICT: _l("Nomor pindaiannya sudah dipakai dengan isi lain"),
    Hold.CHECKPOINT: _l("Tempat absennya tidak ada di kegiatan ini"),
    Hold.DEVICE: _l("Dikirim setelah ponselnya dicabut atau habis masanya"),
    Hold.FOREIGN: _l("Menunjuk pindaian kegiatan lain"),
}

OUTCOMES: dict[Outcome, tuple[str, Any]] = {
    Outcome.DONE: ("ok", _l("Dicatat. Keputusan ini bisa dibalik kapan saja; tidak ada yang dihapus.")),
    Outcome.NOTHING: ("info", _l("Sudah diputuskan sebelumnya; tidak ada yang berubah.")),
    Outcome.IMPOSSIBLE: ("warn", _l("Tidak bisa dilakukan pada yang ini; tidak ada yang berubah.")),
}
