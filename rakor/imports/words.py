"""Words of the imports' closed lists, as the screen says them: what was found, and what to do."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.imports.rules import Field, ImportState, RowState, Trouble
from rakor.sheets import Cut

FIELDS: dict[Field, LazyString] = {
    Field.NAME: _l("Nama"),
    Field.FRONT_TITLE: _l("Gelar depan"),
    Field.BACK_TITLE: _l("Gelar belakang"),
    Field.OFFICE: _l("Kantor"),
    Field.OFFICE_CODE: _l("Kode kantor"),
    Field.REGENCY: _l("Kabupaten/Kota"),
    Field.PROVINCE: _l("Provinsi"),
    Field.ROLE: _l("Diundang sebagai"),
    Field.POST: _l("Jabatan"),
    Field.ACTING: _l("Plh./Plt."),
    Field.EMPLOYMENT: _l("Status kepegawaian"),
    Field.RANK: _l("Pangkat/golongan"),
    Field.NIP: _l("NIP"),
    Field.NRP: _l("NRP"),
    Field.PHONE: _l("Nomor WhatsApp"),
    Field.EMAIL: _l("Email"),
    Field.MODE: _l("Cara mengikuti"),
    Field.PLACING: _l("Kamar atau meja"),
    Field.CODE: _l("Kode baris"),
}

TROUBLES: dict[Trouble, LazyString] = {
    Trouble.NAME_MISSING: _l("Nama kosong. Isi namanya."),
    Trouble.NAME_TOO_SHORT: _l("Nama paling sedikit 2 huruf."),
    Trouble.NAME_TOO_LONG: _l("Nama paling panjang 120 huruf, di luar gelar."),
    Trouble.NAME_NO_LETTER: _l("Nama harus memuat huruf."),
    Trouble.NAME_CONTROL: _l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini."),
    Trouble.NIP_SCIENTIFIC: _l("NIP rusak oleh Excel: angka belakangnya hilang. Ketik ulang sebagai teks."),
    Trouble.NIP_TRUNCATED: _l("NIP berakhir 000: angka aslinya hilang oleh Excel. Ketik ulang dari dokumen asli."),
    Trouble.NIP_LENGTH: _l("NIP harus 18 angka. Periksa, atau kosongkan bila tidak punya."),
    Trouble.NIP_WRONG: _l("NIP tidak mungkin benar: tanggal lahir, tahun, atau bulannya keliru. Periksa angkanya."),
    Trouble.NIP_ODD: _l("Umur menurut NIP tidak lazim. Tetap disimpan; periksa bila sempat."),
    Trouble.NIP_TWICE: _l("NIP yang sama sudah ada di baris %(row)s. Satu NIP milik satu orang."),
    Trouble.NRP_WRONG: _l("NRP terdiri atas 5 sampai 18 angka. Periksa, atau kosongkan."),
    Trouble.EMPLOYMENT_UNKNOWN: _l("Tidak dikenal, jadi dikosongkan. Tulis PNS, PPPK, TNI/Polri, Non-ASN, atau Umum."),
    Trouble.RANK_UNKNOWN: _l("Tidak dikenal, jadi dikosongkan. Tulis misalnya III/a atau Penata Muda (III/a)."),
    Trouble.PHONE_SCIENTIFIC: _l("Nomor ini rusak oleh Excel. Ketik ulang lengkap."),
    Trouble.PHONE_SEVERAL: _l("Tulis satu nomor saja."),
    Trouble.PHONE_WRONG: _l("Bukan nomor telepon yang berlaku. Contoh: 0812 0000 0147."),
    Trouble.PHONE_ZERO: _l("Angka 0 di depan hilang oleh Excel; sudah dikembalikan."),
    Trouble.EMAIL_WRONG: _l("Alamat email tidak dapat dibaca. Contoh: nama@contoh.id."),
    Trouble.MODE_UNKNOWN: _l("Tidak dikenal. Tulis Luring atau Daring."),
    Trouble.MODE_MISSING: _l("Belum jelas luring atau daring. Pilih satu untuk semua di atas, atau isi kolomnya."),
    Trouble.MODE_NOT_HERE: _l("Cara mengikuti ini tidak tersedia untuk kursi atau kegiatan ini."),
    Trouble.OFFICE_MISSING: _l("Kantor kosong. Isi nama atau kode kantornya."),
    Trouble.OFFICE_UNKNOWN: _l("Kantor tidak ditemukan. Salin namanya dari lembar Daftar kantor pada templat."),
    Trouble.OFFICE_WHICH: _l("Nama kantor bisa berarti lebih dari satu. Jawab pertanyaannya di atas."),
    Trouble.OFFICE_UNINVITED: _l("Kantor ini tidak punya kursi di kegiatan ini. Tambah kursinya dahulu."),
    Trouble.ROLE_MISSING: _l("Belum jelas duduk di kursi apa. Isi kolomnya, misalnya Ketua."),
    Trouble.ROLE_WHICH: _l("Kursi yang dimaksud belum jelas. Jawab pertanyaannya di atas."),
    Trouble.NO_SUCH_SEAT: _l("Kantor ini tidak punya kursi itu. Periksa kursi yang diundang."),
    Trouble.SEATS_FULL: _l("Kursi itu di kantor ini sudah terisi semua (%(row)s). Ganti lewat halaman kantor."),
    Trouble.SEAT_TAKEN: _l("Kursi ini sudah diisi orang lain. Ganti orangnya lewat halaman kantor."),
    Trouble.CODE_UNKNOWN: _l("Kode baris bukan dari kegiatan ini. Unduh templat yang baru, atau kosongkan kodenya."),
    Trouble.OTHER_PERSON: _l("Kode baris ini milik orang lain. Mengganti orang dilakukan lewat halaman kantor."),
    Trouble.SAME_PERSON: _l("Orang yang sama di kursi lain kantor ini: satu tiket untuk semua kursinya."),
    Trouble.MODE_NOT_SHARED: _l("Satu orang mengikuti dengan satu cara; di kursinya yang lain tertulis cara lain."),
    Trouble.SAME_ROW: _l("Sama dengan baris %(row)s. Satu orang cukup satu baris."),
    Trouble.ALREADY_HERE: _l("Orang ini sudah terdaftar di kegiatan ini. Ubah lewat halaman peserta."),
    Trouble.EVENT_FULL: _l("Semua tempat sudah terisi ketika baris ini disimpan."),
    Trouble.GONE: _l("Pendaftaran ini sudah berakhir ketika baris ini disimpan."),
}

CUTS: dict[Cut, LazyString] = {
    Cut.ROWS: _l("Sisa baris tidak dibaca: paling banyak 20.000 baris sekali unggah. Unggah sisanya terpisah."),
    Cut.COLUMNS: _l("Kolom sesudah kolom ke-60 tidak dibaca."),
    Cut.CELLS: _l("Ada sel yang sangat panjang; hanya 2.000 huruf pertama yang dibaca."),
    Cut.SHEETS: _l("Berkas ini berisi lebih dari 60 lembar; hanya 60 yang pertama dapat dipilih."),
    Cut.LINKS: _l("Tautan ke berkas atau alamat lain diabaikan; tidak ada yang dibuka."),
}

STATES: dict[ImportState, tuple[LazyString, str, str]] = {
    ImportState.READING: (_l("Sedang dibaca"), "info", "clock"),
    ImportState.REFUSED: (_l("Tidak dapat dibaca"), "bad", "octagon"),
    ImportState.CHECKING: (_l("Sedang diperiksa"), "info", "clock"),
    ImportState.READY: (_l("Siap diperiksa"), "warn", "eye"),
    ImportState.SAVING: (_l("Sedang disimpan"), "info", "clock"),
    ImportState.SAVED: (_l("Tersimpan"), "ok", "check"),
    ImportState.UNDOING: (_l("Sedang dibatalkan"), "info", "clock"),
    ImportState.UNDONE: (_l("Dibatalkan"), "", "undo"),
    ImportState.OVER: (_l("Berkas sudah dihapus"), "", "clock"),
}

ROWS: dict[RowState, LazyString] = {
    RowState.PROBLEM: _l("Bermasalah"),
    RowState.QUESTION: _l("Menunggu jawaban"),
    RowState.GOOD: _l("Siap disimpan"),
    RowState.SAVED: _l("Tersimpan"),
    RowState.UPDATED: _l("Diperbarui"),
    RowState.UNCHANGED: _l("Sudah sama"),
    RowState.UNDONE: _l("Dibatalkan"),
    RowState.KEPT: _l("Tidak dibatalkan: diubah sejak impor"),
}
"""The states in the order of the page."""
