"""Setting the papers of certificates: a worker that dies, a press that gives up; nothing is issued twice."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from rakor import clock
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.documents import certificate_jobs
from rakor.documents.certificate_models import Certificate
from rakor.documents.store import certificates
from rakor.outbox import Job
from tests import make
from tests.documents.conftest import RULES, Class_
from tests.documents.test_routes import work
from tests.fonts import needs_fonts


@needs_fonts
def test_papers_that_were_given_up_are_set_again_and_nothing_is_issued_twice(
    class_: Class_, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, base = class_.people, class_.base
    sari = people.browser("sari")
    sari.post(f"{base}/rules", data=RULES)
    assert "Susun lagi" not in sari.get(base).text
    asked = str(sari.post(f"{base}/issue", data={}).location)
    with monkeypatch.context() as broken:
        broken.setattr(certificate_jobs, "compile_pdfs", _torn)
        broken.setattr("rakor.outbox.MAX_ATTEMPTS", 1)
        work(people.app)
    assert "Tidak dapat disusun" in sari.get(asked).text
    assert "Susun lagi yang belum ada" in sari.get(base).text
    assert people.browser("rina").post(f"{base}/press").status_code == 403
    assert sari.post(f"{base}/press").status_code == 303
    assert "Susun lagi" not in sari.get(base).text  # it is under way
    sari.post(f"{base}/press")
    work(people.app)
    assert "Semua sudah siap" in sari.get(asked).text
    with people.app.app_context():
        assert certificates.counts(people.event_id) == (3, 3, 0)
        named = select(func.count()).where(AuditEntry.action == "certificate.press_again")
        assert db.session.scalar(named) == 1


def _torn(*_args: object, **_more: object) -> list[bytes]:
    raise RuntimeError("no room on the disk")


@needs_fonts
def test_a_worker_that_dies_sets_the_rest_and_gives_nothing_twice(
    lite: Flask, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    """Three pieces; the second press breaks once. Every serial is there once, every paper is set."""
    from tests.conftest import Client

    lite.test_client_class = Client
    with lite.app_context():
        with transaction(unaudited="test"):
            event = make.event(make.institution().id)
            user = make.user("Sari")
            from rakor.documents.certificate_models import CertificateRuling, RunKind
            from rakor.documents.store import certificate_runs

            certificates.save_rules(event.id, {"is_on": True, "signatory_name": "Ratna Contoh"})
            for number in range(5):
                person = make.registration(event.id, name=f"Orang {number} Contoh")
                ruling = {"granted": True, "reason": "test", "ruled_at": make.AT}
                make._add(CertificateRuling(event_id=event.id, registration_id=person.id, **ruling))
            run_id = certificate_runs.ask(event.id, RunKind.ISSUE, user_id=user.id, now=clock.now()).id
        monkeypatch.setattr(certificate_jobs, "PIECE", 2)
        real, calls = certificate_jobs.compile_pdfs, []

        def press(*args: object, **how: object) -> list[bytes]:
            calls.append(len(args[1]))  # type: ignore[arg-type]
            if len(calls) == 2:
                raise OSError("the machine went down")
            return real(*args, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(certificate_jobs, "compile_pdfs", press)
        work(lite)
        done, whole = certificate_runs.set_of(event.id, run_id)
        assert (done in (3, 4), whole) == (True, 5)
        db.session.rollback()
        with clock.freeze(moment + timedelta(minutes=5), everywhere=True):
            work(lite)
        assert certificate_runs.set_of(event.id, run_id) == (5, 5)
        assert sum(calls) == 5 + calls[1]
        assert list(db.session.scalars(select(Certificate.serial).order_by(Certificate.serial))) == [1, 2, 3, 4, 5]
        assert db.session.scalar(select(func.count()).select_from(Job).where(Job.state == "failed")) == 0
