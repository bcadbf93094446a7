"""What the pages of badges show: the form with its choices, a print with where it stands, a person's own badge."""

from uuid import UUID

from flask import abort, render_template
from wtforms.fields.choices import SelectChoice

from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.documents.badge_forms import DESIGNS, BadgeForm
from rakor.documents.badge_jobs import PART
from rakor.documents.models import BadgeRun
from rakor.documents.rules.badges import CARDS, WAITING, BadgeChoice, RunState, run_state
from rakor.documents.store import badge_photos, badge_runs, badges
from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.outbox import Job, JobState
from rakor.regions import rules as regions
from rakor.registrations import store as registrations
from rakor.registrations.rules import HOLDS_PLACE
from rakor.web.access import current_user, principal


def badge_form(event: Event) -> BadgeForm:
    """Return the form, filled from what was posted; at first in the design that was last printed."""
    form = BadgeForm.read()
    assert isinstance(form, BadgeForm)
    form.offer(
        [SelectChoice(str(role.id), role.name) for role in events.roles(event.id)],
        [SelectChoice(one.code, one.short_name) for one in regions.reference().provinces(event.regions_as_of)],
        [SelectChoice(str(office_id), name) for office_id, name in badges.offices_with_people(event.id)],
        badge_runs.last_design(event.id),
    )
    return form


def badges_page(event: Event, form: BadgeForm) -> str:
    """Return the page with the form and the prints this person asked for."""
    runs = [shown(event, row, job) for row, job in badge_runs.runs_of(event.id, current_user().id)]
    printed, last_at = badges.badge_counts(event.id)
    return render_template(
        "documents/badges.html", form=form, runs=runs, printed=printed, last_at=last_at,
        photos_asked=badge_photos.are_asked(event.id), photos=badge_photos.count(event.id),
        may_edit=principal().may(EDITORS), **_whose(event),
    )  # fmt: skip


def own_run(event_id: UUID, run_id: UUID) -> tuple[BadgeRun, Job | None]:
    """Return a print of this event that the person asked for; another's does not exist here."""
    found = badge_runs.runs_of(event_id, current_user().id, run_id)
    return found[0] if found else abort(404)


def state_of(row: BadgeRun, job: Job | None) -> RunState:
    """Say where a print stands."""
    return run_state(
        seen=row.badge_count is not None,
        wanted=row.wanted_at is not None,
        made=row.made_at is not None,
        kept=row.file_id is not None,
        failed=job is None or job.state is JobState.FAILED,
        tried_before=job is not None and job.error is not None,
    )


def shown(event: Event, row: BadgeRun, job: Job | None) -> dict[str, object]:
    """Return what the templates say of one print."""
    state, card = state_of(row, job), CARDS[row.design]
    whole = row.badge_count or 0
    return {
        "run": row,
        "state": state,
        "waits": state in WAITING,
        "seen": f"{state}-{job.done_count if job else 0}",
        "done": (job.done_count, job.total_count) if job else (0, 0),
        "one_file": whole <= PART,
        "part": PART,
        "pages": -(-whole // card.on_sheet),
        "design": DESIGNS[row.design],
        "whom": _whom(event, row),
        **_whose(event),
    }


def person_panel(event_id: UUID, registration_id: UUID) -> str:
    """Return the part of a person's page about the badge; empty for who holds no place."""
    event, row = events.event(event_id), registrations.registration(event_id, registration_id)
    if event is None or row is None or row.state not in HOLDS_PLACE:
        return ""
    badge = badges.badge(event_id, registration_id)
    face = badges.faces(event, BadgeChoice(registration_id=registration_id, only_new=False))
    changed = badge is not None and badge.face is not None and bool(face) and badges.says_else(badge, face[0])
    return render_template(
        "documents/_badge_person.html",
        event=event, registration_id=registration_id, badge=badge, changed=changed,
        may_print=principal().may(REGISTRARS),
    )  # fmt: skip


def _whom(event: Event, row: BadgeRun) -> list[str]:
    """The names of what the print is narrowed to; of one person the name."""
    names = []
    if row.registration_id is not None:
        person = registrations.registration(event.id, row.registration_id)
        names.append(registrations.display_name(person) if person else "")
    if row.role_id is not None:
        names += [role.name for role in events.roles(event.id) if role.id == row.role_id]
    if row.province_code is not None:
        names.append(regions.reference().province(row.province_code).short_name)
    if row.office_id is not None:
        office = offices.office(event.institution_id, row.office_id)
        names.append(office.name if office else "")
    return names


def _whose(event: Event) -> dict[str, object]:
    return {"event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None,
            "RunState": RunState}  # fmt: skip
