"""What the pages of certificates show: the list before an issue, a run with where it stands, one certificate."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, render_template, request

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.documents.certificate_models import Certificate, CertificateRun, RunKind
from rakor.documents.certificate_words import OUTCOMES, RUNS, STANDINGS
from rakor.documents.rules.certificates import (
    WAITING,
    Candidate,
    Outcome,
    RunState,
    Verdict,
    code_of,
    judge,
    run_state,
    tally,
)  # fmt: skip
from rakor.documents.store import certificate_runs as runs
from rakor.documents.store import certificates
from rakor.documents.store.earned import Earned, counted_sessions, earned
from rakor.events.models import Event
from rakor.outbox import Job, JobState
from rakor.regions import rules as regions
from rakor.registrations.rules.search import fold
from rakor.web.access import current_user, principal
from rakor.web.paging import Pages
from rakor.web.times import local_day

UNCHECKED = "unchecked"
SHOWN = (*map(str, Outcome), UNCHECKED)
Judged = list[tuple[Candidate, Verdict]]


def judged(event: Event, registration_id: UUID | None = None) -> tuple[Earned, Judged]:
    """Return what people have earned, each with what comes out by the event's rules."""
    rules, found = certificates.rules(event.id), earned(event, registration_id)
    share = rules.share if rules else 100
    return found, [(one, judge(one, found.whole, share)) for one in found.candidates]


def front_page(event: Event) -> str:
    """Return the first page: what would be issued, what was, and what can be asked for."""
    rules = certificates.rules(event.id)
    found, list_ = judged(event) if rules and rules.is_on else (Earned(0, []), [])
    given_up = runs.left_over(event.id)
    return render_template(
        "documents/certificates.html",
        rules=rules,
        tally=tally(list_),
        whole=found.whole,
        sessions=counted_sessions(event.id),
        counts=certificates.counts(event.id),
        given_up=bool(given_up),
        runs=[shown(event, row, job, given_up) for row, job in runs.runs_of(event.id, current_user().id)],
        provinces=regions.reference().provinces(event.regions_as_of),
        is_over=local_day(clock.now(), event.zone) > event.ends_on,
        **whose(event),
    )


def people_page(event: Event) -> str:
    """Return the list before an issue, narrowed by ``?show=`` and ``?q=``."""
    found, list_ = judged(event)
    show, kept = request.args.get("show", ""), chosen(list_)
    pages = Pages.read(request.args.get("page", ""), len(kept))
    return render_template(
        "documents/certificate_people.html",
        tally=tally(list_),
        whole=found.whole,
        show=show if show in SHOWN else "",
        q=request.args.get("q", "")[:80],
        lines=kept[pages.offset : pages.offset + pages.size],
        pages=pages,
        **whose(event),
    )


def chosen(list_: Judged) -> Judged:
    """Return whom the address asks for: ``?show=`` by what comes out, ``?q=`` by a part of the name."""
    show, words = request.args.get("show", ""), fold(request.args.get("q", "")[:80])
    return [pair for pair in list_ if _shown(pair, show) and words in fold(pair[0].name)]


def _shown(pair: tuple[Candidate, Verdict], show: str) -> bool:
    one, verdict = pair
    if show == UNCHECKED:
        return verdict.outcome is Outcome.READY and one.registration_id is not None and not one.checked
    return show not in SHOWN or verdict.outcome == show


def own_run(event_id: UUID, run_id: UUID) -> tuple[CertificateRun, Job | None]:
    """Return a run of this event that the person asked for; another's does not exist here."""
    found = runs.runs_of(event_id, current_user().id, run_id)
    return found[0] if found else abort(404)


def shown(
    event: Event, row: CertificateRun, job: Job | None, given_up: Sequence[CertificateRun] | None = None
) -> dict[str, Any]:
    """Return what the templates say of one run; ``given_up`` are the issues of which papers lack, if they are known."""
    given_up = runs.left_over(event.id) if given_up is None else given_up
    done, whole = runs.set_of(event.id, row.id) if row.kind is RunKind.ISSUE else _counted(job)
    issue = row.kind is RunKind.ISSUE
    state = run_state(
        made=row.made_at is not None,
        there=row.made_at is not None and done >= whole if issue else row.file_id is not None,
        failed=job is None or job.state is JobState.FAILED or row in given_up,
        tried_before=job is not None and job.error is not None,
        expires=not issue,
    )
    return {
        "run": row, "state": state, "RunState": RunState, "waits": state in WAITING, "seen": f"{state}-{done}",
        "done": done, "total": whole, "kind": RUNS[row.kind],
        "province": regions.reference().province(row.province_code).short_name if row.province_code else "",
        **whose(event),
    }  # fmt: skip


def _counted(job: Job | None) -> tuple[int, int]:
    return (job.done_count, job.total_count) if job else (0, 0)


def certificate_of(event_id: UUID, certificate_id: UUID) -> Certificate:
    """Return a certificate of the event, or end in 404."""
    return certificates.certificate(event_id, certificate_id) or abort(404)


def whose(event: Event) -> dict[str, Any]:
    """Return what every page of an event's certificates needs."""
    return {
        "event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None,
        "OUTCOMES": OUTCOMES, "STANDINGS": STANDINGS, "code_of": code_of, "may_edit": principal().may(EDITORS),
    }  # fmt: skip
