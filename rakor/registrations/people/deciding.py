"""An applicant is approved or refused, somebody who waits is promoted."""

from uuid import UUID

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.registrations import decisions, places, words
from rakor.registrations.people.front import ONE, back_to, blueprint, locked
from rakor.registrations.pool_models import REASON_LENGTH, Answer
from rakor.registrations.rules import Refusal, RegistrationState
from rakor.web.access import Scope, current_user, policy
from rakor.web.forms import clean


@blueprint.post(f"{ONE}/approval")
@policy("people.approve", Scope.EVENT, roles=REGISTRARS)
def approve(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Accept an applicant: registered where a place is free, else on the waiting list."""
    _say(_answer(event_id, registration_id, Answer.APPROVED))
    return back_to(event_id, registration_id)


@blueprint.post(f"{ONE}/rejection")
@policy("people.reject", Scope.EVENT, roles=REGISTRARS)
def reject(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Refuse an applicant, with the reason that the person reads."""
    if not _reason():
        flash(_("Belum ada yang diubah: tulis alasannya; orangnya membacanya di halamannya."), "bad")
        return back_to(event_id, registration_id)
    verdict = _answer(event_id, registration_id, Answer.REJECTED)
    if isinstance(verdict, Refusal):
        _say(verdict)
    else:
        flash(_("Ditolak; orangnya dikabari dengan alasannya."), "ok")
    return back_to(event_id, registration_id)


def _reason() -> str:
    return clean(request.form.get("reason"))[:REASON_LENGTH]


def _answer(event_id: UUID, registration_id: UUID, answer: Answer) -> RegistrationState | Refusal:
    with transaction(unaudited="who was answered already is left alone"):
        row = locked(event_id, registration_id)
        return decisions.decide_one(row, answer, _reason(), by=current_user().id, now=clock.now())


@blueprint.post(f"{ONE}/promotion")
@policy("people.promote", Scope.EVENT, roles=REGISTRARS)
def promote(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Give a free place to somebody who waits."""
    with transaction(unaudited="what is done already changes nothing"):
        verdict = places.promote(locked(event_id, registration_id), now=clock.now())
    _say(verdict)
    return back_to(event_id, registration_id)


def _say(verdict: RegistrationState | Refusal | None) -> None:
    if verdict is None:
        flash(_("Belum ada tempat kosong. Tambah kuota kegiatan, atau tunggu ada yang batal datang."), "warn")
    elif isinstance(verdict, Refusal):
        flash(str(words.REFUSALS[verdict]), "warn")
    elif verdict is RegistrationState.WAITING:
        flash(_("Disetujui; semua tempat terisi, jadi masuk daftar tunggu."), "ok")
    else:
        flash(_("Sekarang terdaftar; tiketnya terbit dan orangnya dikabari."), "ok")
