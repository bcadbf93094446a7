"""Words of the accounts' closed lists, as the screen says them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import MIN_PASSWORD, PasswordProblem, Role

ROLES: dict[Role, LazyString] = {
    Role.OWNER: _l("Pemilik kegiatan"),
    Role.EDITOR: _l("Penyusun"),
    Role.REGISTRAR: _l("Pendaftaran"),
    Role.DESK: _l("Petugas meja"),
    Role.NOTE_TAKER: _l("Notulis"),
    Role.LEADER: _l("Pimpinan"),
    Role.AUDITOR: _l("Pemeriksa"),
}

ROLES_EXPLAINED: dict[Role, LazyString] = {
    Role.OWNER: _l("Segalanya, termasuk tim dan pembatalan"),
    Role.EDITOR: _l("Mengubah keterangan, agenda, dan undangan"),
    Role.REGISTRAR: _l("Mengurus peserta, pesan, dan daftar hadir"),
    Role.DESK: _l("Memindai kehadiran di meja"),
    Role.NOTE_TAKER: _l("Membaca dan menulis notula"),
    Role.LEADER: _l("Membaca ringkasan"),
    Role.AUDITOR: _l("Membaca saja, data pribadi disamarkan"),
}

PASSWORD_PROBLEMS: dict[PasswordProblem, LazyString] = {
    PasswordProblem.TOO_SHORT: _l(
        "Paling sedikit %(n)s karakter. Rangkaian beberapa kata paling mudah diingat.", n=MIN_PASSWORD
    ),
    PasswordProblem.TOO_LONG: _l("Paling banyak 200 karakter."),
    PasswordProblem.COMMON: _l("Kata sandi ini terlalu mudah ditebak. Pakai rangkaian kata yang lain."),
    PasswordProblem.UNSTORABLE: _l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini."),
}
