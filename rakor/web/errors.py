"""An error is a page that says what happened, what is safe and what next; for an API it is one JSON shape."""

import logging

from flask import Flask, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from rakor.db import db
from rakor.web.safety import shown_path

log = logging.getLogger(__name__)


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
    known = {
        400: (_("Permintaan tidak dapat dibaca."), _("Tidak ada yang diubah."), _("Kembali dan coba lagi.")),
        401: (_("Anda perlu masuk dahulu."), _("Tidak ada yang diubah."), _("Masuk, lalu ulangi.")),
        403: (
            _("Anda tidak berhak membuka ini."),
            _("Tidak ada yang diubah."),
            _("Minta hak kepada panitia kegiatan, atau masuk dengan akun lain."),
        ),
        404: (
            _("Halaman ini tidak ada."),
            _("Mungkin tautan terpotong, sudah diganti, atau kegiatan belum diumumkan."),
            _("Buka lagi tautan dari pesan asli, atau mulai dari beranda."),
        ),
        405: (_("Cara membuka halaman ini keliru."), _("Tidak ada yang diubah."), _("Mulai lagi dari halaman semula.")),
        409: (
            _("Isi ini baru saja diubah di tempat lain."),
            _("Perubahan yang lain itu tersimpan; milik Anda belum."),
            _("Muat ulang, lalu periksa dan simpan lagi."),
        ),
        413: (_("Kiriman terlalu besar."), _("Tidak ada yang diubah."), _("Kirim berkas yang lebih kecil.")),
        429: (
            _("Terlalu banyak percobaan."),
            _("Tidak ada yang hilang."),
            _("Tunggu sebentar, lalu coba lagi."),
        ),
        503: (
            _("Server sedang tidak dapat menyimpan."),
            _("Yang sudah tersimpan tetap aman; yang terakhir Anda kirim belum tersimpan."),
            _("Tunggu beberapa detik, lalu kirim lagi."),
        ),
    }
    broken = (
        _("Ada yang rusak di pihak kami."),
        _("Yang terakhir Anda kirim tidak tersimpan; yang sebelumnya aman."),
        _("Coba lagi. Jika berulang, sampaikan nomor permintaan ini kepada pengelola."),
    )
    return known.get(status, known[400] if status < 500 else broken)
