"""The words on the screen for follow-ups."""

from flask_babel import lazy_gettext as _l

from rakor.minutes.rules.follow_ups import AnswerProblem, Assignee, Status
from rakor.minutes.rules.roll_up import Measure

ASSIGNEES = {
    Assignee.REGENCIES: _l("Semua kantor kabupaten/kota"),
    Assignee.BOTH: _l("Semua kantor provinsi dan kabupaten/kota"),
    Assignee.PROVINCES: _l("Semua kantor provinsi"),
    Assignee.PROVINCE: _l("Satu provinsi: kantor provinsi dan kabupaten/kotanya"),
    Assignee.PROVINCE_REGENCIES: _l("Kabupaten/kota di satu provinsi"),
    Assignee.ROLE: _l("Kantor yang memiliki kursi suatu peran"),
    Assignee.OFFICE: _l("Satu kantor"),
    Assignee.PERSON: _l("Satu orang"),
}
# word, tone, icon
STATUSES = {
    Status.OPEN: (_l("Belum"), "", "clock"),
    Status.WORKING: (_l("Dikerjakan"), "info", "edit"),
    Status.DONE: (_l("Selesai"), "ok", "check-circle"),
    Status.OBSTACLE: (_l("Kendala"), "warn", "alert"),
}
SAID = {status: look[0] for status, look in STATUSES.items()}
MEASURES = {
    Measure.DONE: _l("Selesai"),
    Measure.LATE: _l("Terlambat"),
    Measure.UNPROVEN: _l("Selesai tanpa bukti"),
    Measure.OBSTACLE: _l("Kendala"),
    Measure.OPEN: _l("Belum mulai"),
}
# what the map says below itself
CAPTIONS = {
    Measure.DONE: _l("Angka: persen kantor yang selesai"),
    Measure.LATE: _l("Angka: kantor yang terlambat. Warna: persen yang tidak"),
    Measure.UNPROVEN: _l("Angka: kantor yang selesai tanpa bukti. Warna: persen yang berbukti"),
    Measure.OBSTACLE: _l("Angka: kantor yang terkendala. Warna: persen yang tidak"),
    Measure.OPEN: _l("Angka: kantor yang belum mulai. Warna: persen yang sudah"),
}
PROBLEMS = {
    AnswerProblem.GONE: _l("Tindak lanjut ini sudah ditarik panitia. Jawaban tidak disimpan."),
    AnswerProblem.OBSTACLE_UNSAID: _l("Tulis kendalanya, supaya panitia dapat membantu."),
    AnswerProblem.TOO_MANY: _l("Sudah 20 bukti. Tarik yang tidak perlu dahulu."),
}
