"""create_app(): the only place where the parts are joined."""

import logging
from uuid import UUID

from flask import Flask, request
from jinja2 import FileSystemBytecodeCache, StrictUndefined

from rakor import audit, clock, config, crypto, db, engine, models
from rakor.accounts import routes as accounts_routes
from rakor.accounts import store as accounts
from rakor.accounts.rules import Role
from rakor.agenda import cloning as agenda_cloning
from rakor.agenda import routes as agenda_routes
from rakor.agenda import speaking as speaking_routes
from rakor.agenda.store import expected as agenda_expected
from rakor.agenda.store import versions as agenda_versions
from rakor.attendance import store as attendance
from rakor.calendar import feeds as feeds_routes
from rakor.calendar import routes as calendar_routes
from rakor.checkin import routes as checkin_routes
from rakor.checkin import store as devices
from rakor.checkin.relaying import guard as relay_guard
from rakor.checkin.routes import coordination as coordination_routes
from rakor.checkin.routes import live as door_routes
from rakor.documents import badge_routes, certificate_acts, certificate_routes, lacking_routes
from rakor.documents import routes as documents_routes
from rakor.documents import version_routes as list_version_routes
from rakor.documents.store import certificates
from rakor.events import cloning, links, steps
from rakor.events import routes as events_routes
from rakor.events import store as events
from rakor.events.cloning import Part
from rakor.imports import routes as imports_routes
from rakor.imports.store import undoing
from rakor.messages import routes as messages_routes
from rakor.messages import told
from rakor.minutes import follow_up_cloning, preparation_cloning, reminding
from rakor.minutes.routes import carried as carried_routes
from rakor.minutes.routes import conclusions as conclusions_routes
from rakor.minutes.routes import follow_up_rows as follow_up_rows_routes
from rakor.minutes.routes import follow_ups as follow_ups_routes
from rakor.minutes.routes import notes as minutes_routes
from rakor.minutes.routes import office_follow_ups as office_follow_ups_routes
from rakor.minutes.routes import preparation as preparation_routes
from rakor.minutes.routes import province_follow_ups as province_follow_ups_routes
from rakor.minutes.routes import release as release_routes
from rakor.minutes.store import progress as preparation_progress
from rakor.portal import (
    count_routes,
    freshness,
    handout_routes,
    lobby,
    me_routes,
    past,
    presence_code,
    speaker_routes,
    unfold,
)
from rakor.portal import routes as portal_routes
from rakor.privacy import routes as privacy_routes
from rakor.registrations import approvals as approvals_routes
from rakor.registrations import capacity, field_routes, pool_routes
from rakor.registrations import cloning as registrations_cloning
from rakor.registrations import group as group_routes
from rakor.registrations import listings as listings_routes
from rakor.registrations import people as people_routes
from rakor.registrations import people_acts as people_acts_routes
from rakor.registrations import poster as poster_routes
from rakor.registrations import routes as registrations_routes
from rakor.registrations import twins as twins_routes
from rakor.reports import leader_routes as reports_leader_routes
from rakor.reports import recap_routes
from rakor.reports import routes as reports_routes
from rakor.reports.activity import routes as activity_routes
from rakor.reports.activity import steps as activity_steps
from rakor.seats import cloning as seats_cloning
from rakor.seats import routes as seats_routes
from rakor.sources import routes as sources_routes
from rakor.upkeep import routes as upkeep_routes
from rakor.web import access, addresses, assets, errors, locale, nav, safety
from rakor.web import routes as web_routes

# the order of the menu and of the house: earlier features know nothing of later ones
FEATURES = (
    web_routes,
    accounts_routes,
    events_routes,
    agenda_routes,
    speaking_routes,
    registrations_routes,
    people_routes,
    people_acts_routes,
    twins_routes,
    listings_routes,
    pool_routes,
    approvals_routes,
    field_routes,
    poster_routes,
    group_routes,
    seats_routes,
    imports_routes,
    checkin_routes,
    door_routes,
    coordination_routes,
    sources_routes,
    calendar_routes,
    feeds_routes,
    messages_routes,
    badge_routes,
    documents_routes,
    list_version_routes,
    lacking_routes,
    certificate_routes,
    preparation_routes,
    minutes_routes,
    conclusions_routes,
    follow_ups_routes,
    release_routes,
    reports_routes,
    recap_routes,
    activity_routes,
    privacy_routes,
    me_routes,
    speaker_routes,
    portal_routes,
    upkeep_routes,
)

assert carried_routes
assert follow_up_rows_routes  # beside the follow-ups
assert reminding  # what offices are written about them
assert unfold  # its picture stands beside the public page
assert freshness  # open pages ask it whether another programme is read
assert lobby
assert past
assert presence_code  # where the code on a screen leads
assert handout_routes
assert reports_leader_routes  # what a leader reads, and the wall
assert count_routes  # what is on now, what speakers left, the numbers: each beside the public page
undoing.needed_by.append(attendance.attended)  # who came stays, whatever is undone
undoing.needed_by.append(certificates.holders)  # and who was certified
agenda_expected.counted_by.append(capacity.crowds)
cloning.copies[Part.AGENDA].append(agenda_cloning.copy)
cloning.copies[Part.FOLLOW_UPS].append(follow_up_cloning.copy)
cloning.copies[Part.RULES].append(seats_cloning.copy_rules)
cloning.copies[Part.TEXTS] += [registrations_cloning.copy_questions, seats_cloning.copy_letter]
preparation_progress.counted_by.append(activity_steps.tallies)
cloning.copies[Part.PREPARATION].append(preparation_cloning.copy)
agenda_versions.told_by += [links.any_passed_on, told.any_written]  # then changes wait to be published
people_routes.beside += [sources_routes.persons.panel, messages_routes.person_panel, badge_routes.person_panel]
people_routes.beside.append(certificate_acts.person_panel)
seats_routes.answers.beside.append(office_follow_ups_routes.beside_answer)
seats_routes.province_links.beside.append(province_follow_ups_routes.beside_province)
speaking_routes.beside.append(messages_routes.person_panel)
assert models  # every table is mapped before the first query


class Resolvers:
    """Tells the access layer who a request is, from the features that know."""

    def user(self) -> access.User | None:
        token = request.cookies.get(accounts_routes.cookie_name())
        return accounts.session_user(token, now=clock.now()) if token else None

    def roles(self, user: access.User, event_id: UUID) -> frozenset[str] | None:
        event = events.event(event_id)
        if event is None:
            return None
        if user.is_admin:
            return frozenset(Role)
        return frozenset(events.granted_roles(user.id, event_id, clock.today(event.zone)))

    def link(self, token: str) -> access.Link | None:
        return links.resolve(token, now=clock.now())

    def device(self) -> access.Device | None:
        token = request.cookies.get(checkin_routes.cookie_name())
        return devices.by_token(token) if token else None


def create_app(settings: config.Config | None = None) -> Flask:
    """Return the WSGI application for ``settings`` (from the environment when None).

    Raises BareRouteError for a route without a policy and UnsafeDatabaseError for a broken SQLite.
    """
    settings = settings or config.from_environment()
    crypto.install(settings.secret)
    app = Flask("rakor", static_folder=None, template_folder=str(assets.folder_of("templates")))
    app.url_rule_class = addresses.Address
    app.ensure_sync = lambda func: func  # type: ignore[method-assign] # no coroutines here; Flask looks nine times a scan
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SECRET_KEY"] = crypto.derive("flask")
    app.config["RAKOR"] = settings
    app.config["SESSION_COOKIE_NAME"] = "__Host-rakor-note" if settings.secure else "rakor-note"  # flashed notes only
    app.config["SESSION_COOKIE_SECURE"] = settings.secure
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.jinja_env.undefined = StrictUndefined
    if settings.compiled is not None:
        settings.compiled.mkdir(mode=0o700, parents=True, exist_ok=True)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(settings.compiled), "%s")
    app.extensions["rakor.turn"] = engine.lock_path(settings.database_url)
    app.extensions["rakor.door"] = app.extensions["rakor.turn"] or str(settings.instance / "door.turn")
    app.extensions["rakor.before_commit"] = (audit.write_pending,)
    app.url_map.strict_slashes = False
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    db.install(app)
    safety.install(app, settings)
    access.install(app, Resolvers())
    relay_guard.install(app)
    errors.install(app)
    locale.install(app)
    assets.install(app)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    nav.install(app, [item for feature in FEATURES for item in getattr(feature, "NAV", ())])
    steps.install(app, [step for feature in FEATURES for step in getattr(feature, "SETUP_STEPS", ())])
    access.refuse_bare_routes(app)
    return app
