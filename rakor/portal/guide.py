"""The help: what each kind of person does here, in a few steps; and the entries of the demo."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.portal.entries import Who


@dataclass(frozen=True)
class Guide:
    """One short page: who it is for, what they get, and what to do, step by step."""

    key: str
    icon: str
    title: LazyString
    promise: LazyString
    steps: tuple[LazyString, ...]


GUIDES = (
    Guide("panitia", "users", _l("Panitia"), _l("Dari undangan sampai daftar hadir yang ditandatangani."), (
        _l("Masuk, buat kegiatan, isi tanggal, tempat, dan saluran daring."),
        _l("Susun agenda dan narasumber; tandai mana yang terbuka untuk umum."),
        _l("Tentukan siapa yang diundang dari setiap kantor, lalu tekan “Buat undangan”."),
        _l("Bagikan tautan kantor lewat WhatsApp; lihat siapa yang belum menjawab di peta."),
        _l("Cetak daftar hadir per hari atau per sesi, siap ditandatangani."),
    )),
    Guide("kantor", "office", _l("Kantor"), _l("Mengisi kursi kantor Anda tanpa akun."), (
        _l("Buka tautan kantor yang Anda terima; tautan itu milik kantor Anda saja."),
        _l("Ketik nama untuk setiap kursi dan pilih luring atau daring."),
        _l("Tekan tombol jawab di bawah; simpan tanda terimanya."),
        _l("Teruskan tautan pribadi kepada setiap orang. Ada yang berubah? Buka tautan yang sama lagi."),
    )),
    Guide("peserta", "user", _l("Peserta"), _l("Tiket, jadwal, dan tautan bergabung di satu halaman."), (
        _l("Buka tautan pribadi Anda dari kantor, email, atau WhatsApp."),
        _l("Simpan tiket ke ponsel; tiket dapat dibuka tanpa jaringan."),
        _l("Jadwal tampil dalam waktu Anda sendiri di samping WIB; tambahkan ke kalender."),
        _l("Tunjukkan QR di meja, atau bacakan kode di bawahnya."),
        _l("Tautan hilang? Minta lagi dari halaman kegiatan."),
    )),
    Guide("meja", "scan", _l("Meja registrasi"), _l("Menerima orang dengan ponsel biasa."), (
        _l("Masuk, buka “Meja”, lalu tekan “Jadikan ponsel ini meja”."),
        _l("Arahkan kamera ke QR. Hijau: silakan masuk. Kuning: lihat dahulu. Merah: jangan lanjut."),
        _l("Tanpa QR, cari nama atau kantor: “asm ket” menemukan Ketua Kabupaten Asmat."),
        _l("Salah pindai? Batalkan dengan alasan; riwayatnya tetap ada."),
    )),
    Guide("pimpinan", "crown", _l("Pimpinan"), _l("Satu angka dan peta, tanpa akun."), (
        _l("Buka tautan pimpinan yang dikirim panitia."),
        _l("Angka besar menunjukkan kursi yang hadir, dengan waktu hitungnya."),
        _l("Peta menunjukkan provinsi mana yang lengkap dan mana yang belum."),
    )),
    Guide("umum", "globe", _l("Umum dan pers"), _l("Agenda, narasumber, dan bahan rilis yang benar ejaannya."), (
        _l("Buka halaman kegiatan; tidak perlu akun."),
        _l("Agenda tampil per hari dalam WIB, WITA, dan WIT."),
        _l("Salin “Bahan rilis”: nama, jabatan, judul, dan tanggal sudah benar."),
        _l("Data pribadi peserta tidak pernah dimuat di halaman umum."),
    )),
)

ENTRIES = (
    (Who.ORGANISER, "users", _l("Panitia"), _l("Ringkasan, undangan, agenda")),
    (Who.OFFICE, "office", _l("Kantor"), _l("Isi lima kursi kantor Anda")),
    (Who.PARTICIPANT, "user", _l("Peserta"), _l("Tiket, jadwal, kehadiran")),
    (Who.DESK, "scan", _l("Meja"), _l("Pindai tiket tanpa jaringan")),
    (Who.LEADER, "crown", _l("Pimpinan"), _l("Satu angka dan peta")),
)
