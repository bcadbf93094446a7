"""An error is a page that says what happened, what is safe and what next; for an API it is one JSON shape."""

import logging

from flask import Flask, g, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from rakor.db import db
from rakor.web.safety import shown_path

log = logging.getLogger(__name__)

WORDS = {
    400: (_l("Permintaan tidak dapat dibaca."), _l("Tidak ada yang diubah."), _l("Kembali dan coba lagi.")),
    401: (_l("Anda perlu masuk dahulu."), _l("Tidak ada yang diubah."), _l("Masuk, lalu ulangi.")),
    403: (
        _l("Anda tidak berhak membuka ini."),
        _l("Tidak ada yang diubah."),
        _l("Minta hak kepada panitia kegiatan, atau masuk dengan akun lain."),
    ),
    404: (
        _l("Halaman ini tidak ada."),
        _l("Mungkin tautan terpotong, sudah diganti, atau kegiatan belum diumumkan."),
        _l("Buka lagi tautan dari pesan asli, atau mulai dari beranda."),
    ),
    405: (_l("Cara membuka halaman ini keliru."), _l("Tidak ada yang diubah."), _l("Mulai lagi dari halaman semula.")),
    409: (
        _l("Isi ini baru saja diubah di tempat lain."),
        _l("Perubahan yang lain itu tersimpan; milik Anda belum."),
        _l("Muat ulang, lalu periksa dan simpan lagi."),
    ),
    413: (_l("Kiriman terlalu besar."), _l("Tidak ada yang diubah."), _l("Kirim berkas yang lebih kecil.")),
    429: (
        _l("Terlalu banyak percobaan."),
        _l("Tidak ada yang hilang."),
        _l("Tunggu sebentar, lalu coba lagi."),
    ),
    503: (
        _l("Server sedang tidak dapat menyimpan."),
        _l("Yang sudah tersimpan tetap aman; yang terakhir Anda kirim belum tersimpan."),
        _l("Tunggu beberapa detik, lalu kirim lagi."),
    ),
}
BROKEN = (
    _l("Ada yang rusak di pihak kami."),
    _l("Yang terakhir Anda kirim tidak tersimpan; yang sebelumnya aman."),
    _l("Coba lagi. Jika berulang, sampaikan nomor permintaan ini kepada pengelola."),
)


def install(app: Flask) -> None:
    """Turn every exception of a request into the page or the JSON shape."""
    app.register_error_handler(HTTPException, _expected)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _broken)


def wants_json() -> bool:
    """True where the caller is a program: the device API, or JSON asked for."""
    return request.path.startswith("/scan/") or request.accept_mimetypes.best == "application/json"


def _expected(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response
    return answer(error.code or 500, error.name, dict(error.get_headers()))


def _database(error: OperationalError) -> Response:
    db.session.rollback()
    log.exception("database unavailable, request %s %s", g.get("request_id"), shown_path(request.path))
    return answer(503, "Service Unavailable", {"Retry-After": "5"})


def _broken(error: Exception) -> Response:
    db.session.rollback()
    log.exception("request %s %s failed", g.get("request_id"), shown_path(request.path))
    return answer(500, InternalServerError().name, {})


def answer(status: int, name: str, headers: dict[str, str]) -> Response:
    """Return the error ``status`` as a page or as ``{"error": {"status", "code", "message", "request_id"}}``."""
    request_id = g.get("request_id", "")
    happened, safe, then = words(status)
    if wants_json():
        code = name.lower().replace(" ", "_")
        body = {"error": {"status": status, "code": code, "message": happened, "request_id": request_id}}
        response = make_response(jsonify(body), status)
    else:
        page = render_template(
            "errors/page.html", status=status, happened=happened, safe=safe, then=then, request_id=request_id
        )
        response = make_response(page, status)
    for header in ("Retry-After", "Allow", "WWW-Authenticate"):
        if header in headers:
            response.headers[header] = headers[header]
    return response


def words(status: int) -> tuple[str, str, str]:
    """Return three sentences for a status: what happened, what is safe, what next."""
    happened, safe, then = WORDS.get(status, WORDS[400] if status < 500 else BROKEN)
    return str(happened), str(safe), str(then)
