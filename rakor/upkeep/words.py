"""The sentences for what was found: what it is, and what to do."""

from typing import Any

from flask_babel import lazy_gettext as _l

from rakor.upkeep.rules import Check, Finding, Word
from rakor.web.locale import number, when

ZONE = "Asia/Jakarta"

NAMES: dict[Check, Any] = {
    Check.DATABASE: _l("Basis data"),
    Check.SETTINGS: _l("Setelan basis data"),
    Check.SCHEMA: _l("Susunan tabel"),
    Check.ADDRESS: _l("Alamat situs"),
    Check.LAN: _l("Jaringan setempat"),
    Check.SECRET: _l("Kunci rahasia"),
    Check.DISK: _l("Ruang cakram"),
    Check.CLOCK: _l("Jam server"),
    Check.WORKER: _l("Pekerja (email dan cetak)"),
    Check.BACKUP: _l("Cadangan terakhir"),
}

SENTENCES: dict[tuple[Check, Word], Any] = {
    (Check.DATABASE, Word.WELL): _l("%(text)s menjawab."),
    (Check.DATABASE, Word.SILENT): _l("Basis data tidak menjawab. Periksa apakah layanannya berjalan."),
    (Check.DATABASE, Word.OLD): _l("%(text)s terlalu lama; perlu PostgreSQL 15 atau lebih baru."),
    (Check.SETTINGS, Word.WELL): _l("Tulisan baru dianggap tersimpan hanya setelah ada di cakram (%(text)s)."),
    (Check.SETTINGS, Word.UNSAFE): _l(
        "Tulisan bisa hilang saat listrik padam: %(text)s. Kembalikan ke setelan aman."
    ),
    (Check.SCHEMA, Word.WELL): _l("Yang terbaru."),
    (Check.SCHEMA, Word.BEHIND): _l("Bukan yang terbaru (%(count)s perbedaan); jalankan `rakor upgrade`."),
    (Check.ADDRESS, Word.WELL): "%(text)s",
    (Check.ADDRESS, Word.NO_ADDRESS): _l(
        "RAKOR_BASE_URL=%(text)s bukan alamat; contohnya https://rakor.contoh.go.id"
    ),
    (Check.ADDRESS, Word.ANYWHERE): _l("Isi RAKOR_BASE_URL dengan alamat yang diketik orang."),
    (Check.ADDRESS, Word.PLAIN): _l(
        "%(text)s tanpa https di luar mesin ini (plain http): kata sandi dan tiket terbaca di jaringan, dan kamera "
        "ponsel tidak terbuka. Pasang https di depannya."
    ),
    (Check.LAN, Word.WELL): _l("Sertifikat untuk %(text)s, sampai %(at)s; diperbarui sendiri."),
    (Check.LAN, Word.NONE): _l("`rakor serve --lan` bisa dijalankan di %(text)s."),
    (Check.LAN, Word.NO_NETWORK): _l(
        "Mesin ini tidak punya alamat yang bisa dicapai ponsel. Sambungkan ke Wi-Fi atau kabel."
    ),
    (Check.LAN, Word.ENDS): _l("Sertifikat berakhir %(at)s. `rakor serve --lan` membuat yang baru."),
    (Check.LAN, Word.ELSEWHERE): _l(
        "Sertifikat untuk %(text)s, bukan alamat mesin ini sekarang. `rakor serve --lan` membuat yang baru; "
        "ponsel mulai lagi di alamat baru."
    ),
    (Check.LAN, Word.OPEN): _l("%(text)s bisa dibaca orang lain; jalankan `chmod 600 %(text)s`."),
    (Check.SECRET, Word.WELL): _l("Hanya bisa dibaca oleh rakor."),
    (Check.SECRET, Word.OPEN): _l("%(text)s bisa dibaca orang lain; jalankan `chmod 600 %(text)s`."),
    (Check.DISK, Word.WELL): _l("Sisa %(count)s MB."),
    (Check.DISK, Word.FEW): _l("Sisa %(count)s MB saja. Pindahkan cadangan lama atau tambah ruang."),
    (Check.DISK, Word.HARDLY): _l(
        "Sisa %(count)s MB: sebentar lagi tak ada yang bisa disimpan. Kosongkan ruang sekarang."
    ),
    (Check.CLOCK, Word.WELL): _l("Menunjukkan %(at)s."),
    (Check.CLOCK, Word.DIFFERS): _l(
        "Berbeda %(count)s detik dari jam basis data. Samakan keduanya dengan server waktu."
    ),
    (Check.CLOCK, Word.UNKEPT): _l("Menunjukkan %(at)s, tetapi tidak dijaga server waktu. Nyalakan NTP."),
    (Check.WORKER, Word.WELL): _l("Berjalan; tidak ada yang tertinggal."),
    (Check.WORKER, Word.STOPPED): _l(
        "Tidak berjalan di sini: email dan cetakan menunggu. Jalankan `rakor serve` atau `rakor worker`."
    ),
    (Check.WORKER, Word.LATE): _l("Ada pekerjaan yang menunggu sejak %(at)s."),
    (Check.WORKER, Word.FAILED): _l(
        "%(count)s pekerjaan gagal dan tidak dicoba lagi; lihat halaman pesan kegiatannya."
    ),
    (Check.BACKUP, Word.WELL): _l("%(at)s, %(count)s MB."),
    (Check.BACKUP, Word.OLD): _l("%(at)s: sudah lebih dari 26 jam. Jalankan `rakor backup`."),
    (Check.BACKUP, Word.NONE): _l("Belum pernah. Jalankan `rakor backup FOLDER`, dan simpan hasilnya di mesin lain."),
}


def sentence(one: Finding) -> str:
    """Return what a finding says, in the language spoken now; its moment in western Indonesian time."""
    said = str(SENTENCES[one.check, one.word])
    return said % {"text": one.text, "count": number(one.count), "at": when(one.at, ZONE) if one.at else ""}
