"""What can be done to many people of the list at once: another mode, the link again, an end with a reason."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.registrations import decisions, places, roster, store
from rakor.registrations.entry import MODES
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.moves import tell
from rakor.registrations.pool_models import REASON_LENGTH, Answer
from rakor.registrations.roster import Filters
from rakor.registrations.rules import Mode
from rakor.web.access import Scope, current_user, policy
from rakor.web.forms import clean
from rakor.web.locale import number
from rakor.web.paging import SIZE

blueprint = Blueprint("people_acts", __name__)
MOST_AT_ONCE, STEP = 2_000, 100


class Done(StrEnum):
    """What became of one of the chosen people."""

    DONE = "done"
    ALREADY = "already"
    SEATED = "seated"
    """Holds a seat: mode and presence there are the office's to say."""
    FULL = "full"
    UNREACHED = "unreached"
    OVER = "over"


SAID: dict[Done, LazyString] = {
    Done.DONE: _l("%(n)s orang selesai"),
    Done.ALREADY: _l("%(n)s sudah begitu"),
    Done.SEATED: _l("%(n)s memegang kursi, diubah lewat halaman kantornya"),
    Done.FULL: _l("%(n)s tetap: kuota di sana penuh"),
    Done.UNREACHED: _l("%(n)s tanpa email: salin tautannya dari halaman orangnya"),
    Done.OVER: _l("%(n)s sudah berakhir"),
}


def send_link(row: Registration) -> Done:
    """Send the own link again to who has an address."""
    if row.state not in store.LIVING:
        return Done.OVER
    if not row.email:
        return Done.UNREACHED
    tell(row, "registration.link_wanted")
    audit.record("registration.link", event_id=row.event_id, object_kind="registration", object_id=row.id)
    return Done.DONE


def set_mode(row: Registration, *, mode: Mode, event: Event, now: datetime) -> Done:
    """Let somebody of the open form follow another way, where the pool there has a place."""
    if row.state not in store.LIVING:
        return Done.OVER
    if row.source is RegistrationSource.SEAT:
        return Done.SEATED
    if mode not in MODES[event.mode]:
        abort(400)
    moved = places.change_mode(row, mode, now=now)
    return Done.FULL if moved is None else Done.DONE if moved else Done.ALREADY


def cancel(row: Registration, *, reason: str, by: UUID, now: datetime) -> Done:
    """End a registration of the open form; its place goes to the next, and its page says why."""
    if row.state not in store.LIVING:
        return Done.OVER
    if row.source is RegistrationSource.SEAT:
        return Done.SEATED
    places.cancel(row, now=now)
    decisions.note(row, Answer.CANCELLED, reason, by=by, now=now)
    return Done.DONE


@blueprint.post("/events/<uuid:event_id>/people/acts")
@policy("people.act", Scope.EVENT, roles=REGISTRARS)
def act(event_id: UUID) -> Response:
    """Do one thing to the chosen people, each by the same rules as alone; what was not done is said."""
    back = redirect(url_for("people.show_list", event_id=event_id, **_filters()), 303)
    chosen, reason = _chosen(event_id), clean(request.form.get("reason"))[:REASON_LENGTH]
    wanted = request.form.get("act", "")
    if not chosen:
        flash(_("Belum ada yang dipilih. Centang orangnya dahulu."), "bad")
        return back
    if len(chosen) > MOST_AT_ONCE:
        flash(_("Paling banyak %(n)s orang sekaligus. Persempit saringannya.", n=number(MOST_AT_ONCE)), "bad")
        return back
    if wanted == "cancel" and not reason:
        flash(_("Tidak ada yang diubah: tulis alasannya; orangnya membacanya di halamannya."), "bad")
        return back
    by, done = current_user().id, Counter[Done]()
    for start in range(0, len(chosen), STEP):
        done += _do(event_id, chosen[start : start + STEP], wanted, reason, by)
    _say(done)
    return back


def _do(event_id: UUID, ids: Sequence[UUID], wanted: str, reason: str, by: UUID) -> "Counter[Done]":
    """One step in a transaction of its own: the desks never wait for a whole list."""
    now = clock.now()
    with transaction(unaudited="who is so already is left alone"):
        event = events.locked_event(event_id)
        acts: dict[str, Callable[[Registration], Done]] = {
            "link": send_link,
            "onsite": partial(set_mode, mode=Mode.ONSITE, event=event, now=now),
            "online": partial(set_mode, mode=Mode.ONLINE, event=event, now=now),
            "cancel": partial(cancel, reason=reason, by=by, now=now),
        }
        one = acts.get(wanted) or abort(400)
        return Counter(one(row) for row in roster.in_order(event_id, ids))


def _say(done: "Counter[Done]") -> None:
    parts = [str(word) % {"n": done[each]} for each, word in SAID.items() if done[each]]
    flash(f"{'; '.join(parts) or '0'}.", "ok" if set(done) <= {Done.DONE, Done.ALREADY} else "warn")


def _chosen(event_id: UUID) -> Sequence[UUID]:
    """Those who are ticked; or, where that was asked, everybody whom the filters leave."""
    if request.form.get("everybody") == "yes":
        return roster.ids(event_id, Filters.read(request.form), limit=MOST_AT_ONCE + 1)
    try:
        return [UUID(text) for text in request.form.getlist("person")[:SIZE]]
    except ValueError:
        abort(400)


def _filters() -> dict[str, Any]:
    """The list as it was narrowed, and its page, to come back to."""
    sent = Filters.read(request.form)
    kept: dict[str, object] = {"q": sent.words, "state": sent.state, "mode": sent.mode, "source": sent.source}
    kept |= {"province": sent.province, "missing": sent.missing, "role": sent.role}
    kept |= {"page": request.form.get("page", "")[:6]}
    return {name: str(value) for name, value in kept.items() if value}
