"""Many people of one institution at once, pasted from Excel: looked at first, then registered through the same door."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid5

from flask import Blueprint, abort, current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField
from wtforms.validators import InputRequired

from rakor import clock
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.registrations import answers, entry, pools, region_choice, store
from rakor.registrations.entry import MODES, Door, Outcome, door
from rakor.registrations.forms import RegistrationForm
from rakor.registrations.models import RegistrationSource
from rakor.registrations.notice import NOTICE_VERSION
from rakor.registrations.rules import Mode, RegistrationState
from rakor.registrations.rules.names import NameProblem
from rakor.registrations.rules.paste import MOST_ROWS, PastedRow, Problem, RowProblem, read_rows
from rakor.registrations.rules.phones import PhoneProblem
from rakor.registrations.store import Draft
from rakor.registrations.words import EMAIL_PROBLEMS, NAME_PROBLEMS, PHONE_PROBLEMS, STATES
from rakor.web import limits
from rakor.web.access import Scope, policy
from rakor.web.forms import LinesField
from rakor.web.locale import language

blueprint = Blueprint("group", __name__)
Page = str | Response | tuple[str, int]
GROUPS_PER_NETWORK, WINDOW = 40, timedelta(minutes=10)
LONGEST_PASTE = 30_000
ROW_PROBLEMS = {
    RowProblem.TWICE: _l("Nama ini sudah ada di baris sebelumnya."),
    RowProblem.TOO_MANY: _l("Paling banyak 100 orang sekali kirim; kirim sisanya sesudah ini."),
}


class GroupForm(RegistrationForm):
    """Where a group comes from, and its people, one a line."""

    name = None  # type: ignore[assignment]
    post = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    people = LinesField(_l("Daftar nama"), required=True, max=LONGEST_PASTE, render_kw={"rows": 10})
    consent = BooleanField(
        _l("Saya berhak mendaftarkan mereka, dan mereka sudah mengetahui pemberitahuan privasi"),
        validators=[InputRequired(_l("Centang ini bila mereka sudah mengetahuinya."))],
    )


@dataclass(frozen=True)
class Placed:
    """What became of one row; ``url`` is the person's own page, for the sender to pass on."""

    name: str
    word: object
    url: str = ""


@blueprint.get("/e/<slug>/registration/group")
@policy("group.form", Scope.PUBLIC, reason="whoever may register one person may register a group")
def show(slug: str) -> Page:
    """The form of a group."""
    event = _event(slug)
    return _page(event, _form(event), [])


@blueprint.post("/e/<slug>/registration/group")
@policy("group.enter", Scope.PUBLIC, reason="whoever may register one person may register a group")
def enter(slug: str) -> Page:
    """Look at the rows, or register the good ones; those with a problem stay in the box."""
    event = _event(slug)
    form = _form(event)
    rows = read_rows(_pasted()[:LONGEST_PASTE])
    if request.form.get("step") == "province":
        return _page(event, form, [])
    if not form.accepted():
        return _page(event, form, rows, 422)
    if request.form.get("step") != "send":
        return _page(event, form, rows)
    placed = _register(event, form, [row for row in rows if not row.problems])
    left = [row for row in rows if row.problems]
    form.people.data = "\n".join(row.line for row in left)
    return _page(event, form, left, placed=placed)


def _event(slug: str) -> Event:
    event = events.event_by_slug(slug)
    if event is None or event.stage is Stage.DRAFT:
        abort(404)
    return event


def _pasted() -> str:
    return request.form.get("people", "").replace("\r\n", "\n")


def _form(event: Event) -> GroupForm:
    form = GroupForm.read()
    assert isinstance(form, GroupForm)
    # tabs part the cells: cleaning would make them blanks; browsers end lines with CR LF
    form.people.data = _pasted()
    choices = region_choice.places(event, form.province.data or "", form.regency.data or "")
    form.offer(choices, MODES[event.mode], lambda: pools.categories(event.id))
    form.today = clock.today(event.zone)
    return form


def _register(event: Event, form: GroupForm, rows: list[PastedRow]) -> list[Placed]:
    """Register each row as the open form would; a second sending of the same rows answers as the first did."""
    now, base, placed = clock.now(), current_app.config["RAKOR"].base_url, []
    with transaction(unaudited="who is known already changes nothing"):
        if limits.count_within("group", limits.client_network(), per=WINDOW) > GROUPS_PER_NETWORK:
            abort(429)
        for row in rows:
            found = entry.enter(event.id, _draft(form, row), may_wait=True, now=now)
            made = store.registration(event.id, found.registration_id) if found.registration_id else None
            if made is None:
                placed.append(Placed(_name(row), _refusal(found.outcome)))
                continue
            path = store.person_path(event.id, made.id)
            placed.append(Placed(store.display_name(made), STATES[made.state].word, f"{base}{path}"))
    return placed


def _name(row: PastedRow) -> str:
    return row.name.display() if row.name else row.line


def _refusal(outcome: Outcome) -> str:
    if outcome is Outcome.KNOWN:
        return str(_("Sudah terdaftar; tautannya dikirim ke kontaknya."))
    return str(_("Penuh, belum terdaftar.") if outcome is Outcome.FULL else _("Pendaftaran sudah ditutup."))


def _draft(form: GroupForm, row: PastedRow) -> Draft:
    assert row.name is not None
    draft = Draft(
        name=row.name,
        mode=Mode(form.mode.data),
        state=RegistrationState.APPLIED,
        source=RegistrationSource.OPEN,
        post=row.post,
        acting=row.acting,
        **asdict(form.origin),
        phone=row.phone or form.phone.number,
        email=row.email,
        notice_version=NOTICE_VERSION,
        language=language().value,
    )
    return replace(draft, idempotency_key=_key(form.key, row))


def _key(sending: UUID | None, row: PastedRow) -> UUID | None:
    return uuid5(sending, row.line) if sending is not None else None


def problem_words(problem: Problem) -> object:
    """Return why a row is not taken, in words."""
    if isinstance(problem, RowProblem):
        return ROW_PROBLEMS[problem]
    if isinstance(problem, NameProblem):
        return NAME_PROBLEMS[problem]
    return PHONE_PROBLEMS[problem] if isinstance(problem, PhoneProblem) else EMAIL_PROBLEMS[problem]


def _page(
    event: Event, form: GroupForm, rows: list[PastedRow], status: int = 200, *, placed: list[Placed] | None = None
) -> tuple[str, int]:
    standings = pools.standings(event.id)
    state = door(event, has_place=any(one.open for one in standings) or not standings, now=clock.now())
    if state not in (Door.OPEN, Door.WAITING_LIST):
        return render_template("registrations/closed.html", event=event, door=state), status
    form.draw()
    form.phone.flags.required = True
    page = render_template(
        "registrations/group.html",
        event=event,
        form=form,
        rows=rows,
        good=sum(not row.problems for row in rows),
        problem_words=problem_words,
        placed=placed or [],
        asked_later=[one.label for one in answers.fields(event.id) if one.required and one.shown_by_id is None],
        most=MOST_ROWS,
        notice_version=NOTICE_VERSION,
    )
    return page, status
