"""Words of the event's own questions: kinds, purposes with their retention, and why an answer is not taken."""

from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.registrations.field_models import FormField
from rakor.registrations.rules import numbers
from rakor.registrations.rules.fields import SEALED, FieldKind, FieldProblem, FieldPurpose
from rakor.web import times
from rakor.web.locale import language

KINDS: dict[FieldKind, LazyString] = {
    FieldKind.TEXT: _l("Teks"),
    FieldKind.CHOICE: _l("Pilihan"),
    FieldKind.NUMBER: _l("Angka"),
    FieldKind.DATE: _l("Tanggal"),
    FieldKind.FILE: _l("Berkas (PDF, JPG, PNG)"),
    FieldKind.CONSENT: _l("Persetujuan (kotak centang)"),
    FieldKind.NIK: _l("NIK (16 angka, perlu keperluan tertulis)"),
}
PURPOSES: dict[FieldPurpose, LazyString] = {
    FieldPurpose.ATTENDANCE: _l("mencatat kehadiran"),
    FieldPurpose.LOGISTICS: _l("menyiapkan konsumsi, kamar, atau perlengkapan"),
    FieldPurpose.TRAVEL: _l("mengatur kedatangan dan kepulangan"),
    FieldPurpose.PROGRAMME: _l("menyusun acara dan kelompok"),
    FieldPurpose.PUBLICATION: _l("foto dan publikasi kegiatan"),
    FieldPurpose.SPECIAL_NEEDS: _l("menyediakan kebutuhan khusus (kesehatan, diet, aksesibilitas)"),
}
KEPT = _l("90 hari setelah laporan disetujui")
PROBLEMS: dict[FieldProblem, LazyString] = {
    FieldProblem.MISSING: _l("Isian ini wajib."),
    FieldProblem.TOO_LONG: _l("Paling panjang 1.000 huruf."),
    FieldProblem.UNREADABLE: _l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini."),
    FieldProblem.NOT_OFFERED: _l("Pilih salah satu."),
    FieldProblem.NO_NUMBER: _l("Tulis angka saja, misalnya 1.200 atau 2,5."),
    FieldProblem.NO_DATE: _l("Tulis tanggal yang ada di kalender."),
    FieldProblem.NO_CONSENT: _l("Centang persetujuannya, atau kosongkan isian ini."),
    FieldProblem.NO_NIK: _l("Bukan NIK: 16 angka, dengan tanggal lahir di dalamnya. Periksa lagi."),
    FieldProblem.TOO_LARGE: _l("Berkas paling besar 5 MB. Kecilkan dahulu, lalu pilih lagi."),
    FieldProblem.NOT_A_DOCUMENT: _l("Berkas ini bukan PDF, JPG, atau PNG yang utuh. Pilih berkas lain."),
}


def purpose_of(field: FormField) -> str:
    """Return what an answer is for: in the organiser's own words, where there are any."""
    return field.purpose_note or str(PURPOSES[field.purpose])


def shown(kind: FieldKind, value: str) -> str:
    """Return an answer as pages show it; a NIK by its last figures."""
    if kind in SEALED and value:
        return numbers.masked(value)
    if kind is FieldKind.CONSENT:
        return str(_l("Ya") if value else _l("Tidak"))
    if kind is FieldKind.DATE and value:
        return times.date_long(date.fromisoformat(value), language())
    return value or "–"
