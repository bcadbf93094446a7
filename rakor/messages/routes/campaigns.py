""" "Pesan": texts to chosen people or offices: written, seen as one of them, tried, scheduled, sent, followed."""

from uuid import UUID, uuid4

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import audit, clock
from rakor.accounts import store as accounts
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.events.models import Event
from rakor.messages import campaigns as store
from rakor.messages import store as messages
from rakor.messages import words
from rakor.messages.campaign_form import CampaignForm
from rakor.messages.campaign_models import Campaign
from rakor.messages.campaign_view import Shown, chosen_words, names_of, shown
from rakor.messages.presets import PRESETS
from rakor.messages.routes.base import Page, blueprint, event_of, staff_context
from rakor.messages.rules import Kind
from rakor.messages.rules.campaigns import Audience, CampaignState, Timing
from rakor.messages.rules.placeholders import PLACEHOLDERS
from rakor.web import times
from rakor.web.access import Scope, current_user, policy, principal

BASE = "/events/<uuid:event_id>/messages"
ONE = f"{BASE}/<uuid:campaign_id>"


@blueprint.get(BASE)
@policy("campaigns.list", Scope.EVENT, roles=REGISTRARS)
def campaigns(event_id: UUID) -> str:
    """Every campaign with how far it is, and what to start from."""
    event, rows = event_of(event_id), store.campaigns(event_id)
    names = names_of(event)
    return render_template(
        "messages/campaigns.html",
        **staff_context(event, "campaigns"),
        rows=rows,
        counts=store.counts(event_id, [row.id for row in rows]),
        chosen={row.id: chosen_words(row, names) for row in rows},
        presets=PRESETS,
        words=words,
        may_write=principal().may(EDITORS),
    )


@blueprint.route(f"{BASE}/new", methods=["GET", "POST"])
@policy("campaigns.write", Scope.EVENT, roles=EDITORS)
def write_campaign(event_id: UUID) -> Page:
    """Write a draft; nothing goes out from here."""
    event = event_of(event_id)
    form = _form(event)
    if request.method == "GET":
        form.start_from(PRESETS.get(request.args.get("preset", ""), PRESETS["people"]))
    if form.accepted():
        with transaction():
            row = store.write(event_id, form.values(), by=current_user().id, now=clock.now())
        return redirect(url_for("messages.show_campaign", event_id=event_id, campaign_id=row.id), 303)
    return _form_page(event, form, None)


@blueprint.route(f"{ONE}/text", methods=["GET", "POST"])
@policy("campaigns.change", Scope.EVENT, roles=EDITORS)
def change_campaign(event_id: UUID, campaign_id: UUID) -> Page:
    """Change a draft; what is scheduled is taken back first."""
    event, row = event_of(event_id), _campaign(event_id, campaign_id)
    form = _form(event)
    if request.method == "GET":
        form.show(row)
    if form.accepted():
        with transaction(unaudited="what has gone out already is left alone"):
            changed = store.change(event_id, campaign_id, form.values(), now=clock.now())
        if not changed:
            flash(_("Pesan ini sudah dijadwalkan atau dikirim; teksnya tidak berubah."), "warn")
        return _back(row)
    return _form_page(event, form, row)


@blueprint.get(ONE)
@policy("campaigns.show", Scope.EVENT, roles=REGISTRARS)
def show_campaign(event_id: UUID, campaign_id: UUID) -> str:
    """One campaign: to whom, when, as one of them reads it, and what became of its messages."""
    found = _shown(event_id, campaign_id)
    return render_template(
        "messages/campaign.html", **staff_context(found.event, "campaigns"), it=found, words=words,
        may_write=principal().may(EDITORS), own=accounts.user(current_user().id),
    )  # fmt: skip


@blueprint.get(f"{ONE}/progress")
@policy("campaigns.progress", Scope.EVENT, roles=REGISTRARS)
def campaign_progress(event_id: UUID, campaign_id: UUID) -> Page:
    """The part of the page that moves; 204 while nothing has."""
    found = _shown(event_id, campaign_id)
    if request.args.get("seen") == found.seen:
        return Response(status=204)
    return render_template("messages/_progress.html", it=found, event=found.event, words=words)


@blueprint.post(f"{ONE}/trials")
@policy("campaigns.try", Scope.EVENT, roles=EDITORS)
def try_campaign(event_id: UUID, campaign_id: UUID) -> Page:
    """Send it to oneself, as one of the recipients would read it."""
    row, user = _campaign(event_id, campaign_id), current_user()
    try:
        as_id = UUID(request.form.get("as", ""))
    except ValueError:
        abort(400)
    with transaction():
        messages.write(
            event_id, Kind.CAMPAIGN_TRIAL, user.id, str(uuid4()), now=clock.now(), recipient_kind=messages.USER,
            detail={"as": str(as_id)}, campaign_id=row.id,
        )  # fmt: skip
        audit.record("campaign.try", event_id=event_id, object_kind="campaign", object_id=row.id)
    flash(_("Uji coba dikirim ke alamat email Anda."), "ok")
    return _back(row, seen_as=as_id)


@blueprint.post(f"{ONE}/schedule")
@policy("campaigns.schedule", Scope.EVENT, roles=EDITORS)
def schedule_campaign(event_id: UUID, campaign_id: UUID) -> Page:
    """Hand it to the worker: now, or when its moment comes."""
    row = _campaign(event_id, campaign_id)
    with transaction(unaudited="a second press changes nothing"):
        done = store.schedule(row, now=clock.now())
    if not done:
        flash(_("Pesan ini sudah dijadwalkan atau dikirim."), "info")
    elif row.timing is Timing.NOW:
        flash(_("Pesan dikirim. Kemajuannya tampak di sini; Anda boleh menutup halaman ini."), "ok")
    else:
        flash(_("Pesan dijadwalkan. Penerimanya dipilih saat pesan dikirim."), "ok")
    return _back(row)


@blueprint.post(f"{ONE}/draft")
@policy("campaigns.take_back", Scope.EVENT, roles=EDITORS)
def take_campaign_back(event_id: UUID, campaign_id: UUID) -> Page:
    """Make what is scheduled, or was missed, a draft again."""
    row = _campaign(event_id, campaign_id)
    with transaction(unaudited="what has begun to go out is left alone"):
        done = store.take_back(event_id, row.id, now=clock.now())
    if done:
        flash(_("Jadwal dicabut; pesan ini kembali menjadi konsep."), "ok")
    else:
        flash(_("Terlambat: pesan ini sudah mulai dikirim."), "warn")
    return _back(row)


@blueprint.post(f"{ONE}/removal")
@policy("campaigns.remove", Scope.EVENT, roles=EDITORS)
def remove_campaign(event_id: UUID, campaign_id: UUID) -> Page:
    """Remove a draft."""
    with transaction(unaudited="what is no draft stays"):
        removed = store.remove(event_id, _campaign(event_id, campaign_id))
    flash(_("Konsep dihapus.") if removed else _("Hanya konsep yang dapat dihapus."), "ok" if removed else "warn")
    return redirect(url_for("messages.campaigns", event_id=event_id), 303)


def _campaign(event_id: UUID, campaign_id: UUID) -> Campaign:
    return store.campaign(event_id, campaign_id) or abort(404)


def _shown(event_id: UUID, campaign_id: UUID) -> Shown:
    return shown(event_of(event_id), _campaign(event_id, campaign_id), request.args.get("as", ""))


def _back(row: Campaign, seen_as: UUID | None = None) -> Page:
    where = url_for("messages.show_campaign", event_id=row.event_id, campaign_id=row.id)
    return redirect(f"{where}?as={seen_as}" if seen_as else where, 303)


def _form(event: Event) -> CampaignForm:
    form = CampaignForm.read()
    assert isinstance(form, CampaignForm)
    return form.offer(event)


def _form_page(event: Event, form: CampaignForm, row: Campaign | None) -> Page:
    if row is not None and row.state is not CampaignState.DRAFT:
        return _back(row)
    page = render_template(
        "messages/campaign_form.html",
        **staff_context(event, "campaigns"),
        form=form,
        row=row,
        to_people=form.to is Audience.PEOPLE,
        zone_word=times.zone_letters(event.zone, clock.now()),
        placeholders=[(name, words.PLACEHOLDERS[name]) for name in PLACEHOLDERS[form.to]],
    )
    return page, 422 if request.method == "POST" else 200
