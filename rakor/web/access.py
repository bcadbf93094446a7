"""Every route wears one policy; the app refuses to start with a bare one, and the scope comes from the URL alone.

This room knows no feature: who a session, a link or a device is, and which roles a user has in an event, is told by the
resolvers that ``rakor.app`` joins in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from urllib.parse import quote
from uuid import UUID

from flask import Flask, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit
from rakor.web.locale import next_path

View = TypeVar("View", bound=Callable[..., Any])


class Scope(StrEnum):
    """Whose things a route touches, read from its URL."""

    PUBLIC = "public"  # anybody; needs a reason
    USER = "user"  # any logged-in person, about themselves
    INSTALLATION = "installation"  # administrators
    EVENT = "event"  # <uuid:event_id> and a grant
    LINK = "link"  # <token>: an opaque link without account
    DEVICE = "device"  # a desk's device cookie


@dataclass(frozen=True)
class Policy:
    """What a route allows. ``roles`` are role words; ``purposes`` are the kinds of link that may open it."""

    action: str
    scope: Scope
    roles: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    reason: str = ""
    writes_on_get: str = ""
    reauth: bool = False


@dataclass(frozen=True)
class User:
    """A logged-in person as the access layer sees them."""

    id: UUID
    name: str
    is_admin: bool
    session_id: UUID
    proved_recently: bool = False
    seen_at: datetime | None = None  # when the session was last noted as used


@dataclass(frozen=True)
class Link:
    """The holder of an opaque link: its purpose (office, person, …), subject and event."""

    id: UUID
    purpose: str
    subject_id: UUID
    event_id: UUID
    token: str = field(repr=False)


@dataclass(frozen=True)
class Device:
    """A desk's device, enrolled for one event; ``revoked`` devices still upload, into quarantine."""

    id: UUID
    event_id: UUID
    user_id: UUID | None
    revoked: bool
    name: str = ""
    names_since_at: datetime | None = None


@dataclass(frozen=True)
class Principal:
    """Who asks. ``roles`` are those held in the event of the URL; empty elsewhere."""

    user: User | None = None
    link: Link | None = None
    device: Device | None = None
    roles: frozenset[str] = frozenset()

    def may(self, roles: Iterable[str]) -> bool:
        """True where one of ``roles`` is held here."""
        return not self.roles.isdisjoint(roles)


class Resolvers(Protocol):
    """What the access layer asks the features; each returns None for "not known here"."""

    def user(self) -> User | None: ...
    def roles(self, user: User, event_id: UUID) -> frozenset[str] | None: ...
    def link(self, token: str) -> Link | None: ...
    def device(self) -> Device | None: ...


def policy(
    action: str,
    scope: Scope,
    *,
    roles: Iterable[str] = (),
    purposes: Iterable[str] = (),
    reason: str = "",
    writes_on_get: str = "",
    reauth: bool = False,
) -> Callable[[View], View]:
    """Declare who may call a view. A public policy needs a reason; an event policy needs roles; a link one purposes."""
    declared = Policy(action, scope, frozenset(roles), frozenset(purposes), reason, writes_on_get, reauth)
    if scope is Scope.PUBLIC and not reason:
        raise ValueError(f"{action}: a public route says why")
    if (scope is Scope.EVENT) != bool(declared.roles):
        raise ValueError(f"{action}: an event route names its roles, no other does")
    if (scope is Scope.LINK) != bool(declared.purposes):
        raise ValueError(f"{action}: a link route names its purposes, no other does")

    def wear(view: View) -> View:
        view.__policy__ = declared  # type: ignore[attr-defined]
        return view

    return wear


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """Return the policy a registered endpoint wears, or None."""
    found: Policy | None = getattr(app.view_functions[endpoint], "__policy__", None)
    return found


class BareRouteError(RuntimeError):
    """A route without a policy: the app does not start."""


def refuse_bare_routes(app: Flask) -> None:
    """Raise BareRouteError when a route of ``app`` wears no policy, or its URL does not carry its scope."""
    for rule in app.url_map.iter_rules():
        declared = policy_of(app, rule.endpoint)
        if declared is None:
            raise BareRouteError(f"{rule.rule} ({rule.endpoint}) wears no policy")
        needed = {Scope.EVENT: "event_id", Scope.LINK: "token"}.get(declared.scope)
        if needed and needed not in rule.arguments:
            raise BareRouteError(f"{rule.rule} has scope {declared.scope} but no <{needed}>")


def principal() -> Principal:
    """Return who asks in this request."""
    found: Principal = g.get("principal") or Principal()
    return found


def current_link() -> Link:
    """Return the link of a link-scoped request."""
    link = principal().link
    if link is None:
        raise RuntimeError("current_link() outside a link route")
    return link


def current_user() -> User:
    """Return the person of a request that demands one."""
    user = principal().user
    if user is None:
        raise RuntimeError("current_user() without a logged-in person")
    return user


def install(app: Flask, resolvers: Resolvers) -> None:
    """Decide access before every request, from the URL and the resolvers alone."""
    app.extensions["rakor.resolvers"] = resolvers
    app.before_request(_decide)


def _decide() -> BaseResponse | None:
    from flask import current_app

    g.principal = Principal()
    audit.set_actor(audit.Actor("anonymous"))
    if request.endpoint is None:
        return None  # no such route: the 404 page
    declared = policy_of(current_app, request.endpoint)
    assert declared is not None
    resolvers: Resolvers = current_app.extensions["rakor.resolvers"]
    answer = _DECIDE[declared.scope](declared, resolvers)
    g.policy = declared
    return answer


def _decide_public(declared: Policy, resolvers: Resolvers) -> BaseResponse | None:
    user = resolvers.user()
    if user is not None:
        _enter(Principal(user=user), audit.Actor("user", user.id))
    return None


def _decide_user(declared: Policy, resolvers: Resolvers) -> BaseResponse | None:
    user = resolvers.user()
    if user is None:
        return _ask_login()
    _enter(Principal(user=user), audit.Actor("user", user.id))
    return _ask_proof(user) if declared.reauth and not user.proved_recently else None


def _decide_installation(declared: Policy, resolvers: Resolvers) -> BaseResponse | None:
    answer = _decide_user(declared, resolvers)
    if answer is None and not principal().user.is_admin:  # type: ignore[union-attr]
        abort(403)
    return answer


def _decide_event(declared: Policy, resolvers: Resolvers) -> BaseResponse | None:
    user = resolvers.user()
    if user is None:
        return _ask_login()
    assert request.view_args is not None
    roles = resolvers.roles(user, request.view_args["event_id"])
    if not roles:
        abort(404)  # a foreign event does not exist here, not even as a refusal
    _enter(Principal(user=user, roles=roles), audit.Actor("user", user.id))
    if roles.isdisjoint(declared.roles):
        abort(403)
    return _ask_proof(user) if declared.reauth and not user.proved_recently else None


def _decide_link(declared: Policy, resolvers: Resolvers) -> BaseResponse | None:
    assert request.view_args is not None
    link = resolvers.link(request.view_args["token"])
    if link is None or link.purpose not in declared.purposes:
        abort(404)
    _enter(Principal(link=link), audit.Actor("link", link.id))
    return None


def _decide_device(declared: Policy, resolvers: Resolvers) -> BaseResponse | None:
    device = resolvers.device()
    if device is None:
        abort(401)
    _enter(Principal(device=device), audit.Actor("device", device.id))
    return None


_DECIDE: dict[Scope, Callable[[Policy, Resolvers], BaseResponse | None]] = {
    Scope.PUBLIC: _decide_public,
    Scope.USER: _decide_user,
    Scope.INSTALLATION: _decide_installation,
    Scope.EVENT: _decide_event,
    Scope.LINK: _decide_link,
    Scope.DEVICE: _decide_device,
}


def _enter(who: Principal, actor: audit.Actor) -> None:
    g.principal = who
    audit.set_actor(actor)


def _ask_login() -> BaseResponse:
    if request.method == "GET" and not request.path.startswith("/scan/"):
        answer: BaseResponse = redirect(f"/login?next={quote(request.full_path.rstrip('?'))}")
        return answer
    abort(401)


def _ask_proof(user: User) -> BaseResponse:
    if request.method == "GET":
        answer: BaseResponse = redirect(f"/login/proof?next={quote(request.full_path.rstrip('?'))}")
        return answer
    if request.accept_mimetypes.accept_html and not request.path.startswith("/scan/"):
        return redirect(f"/login/proof?next={quote(next_path())}", 303)  # back to the page with the button
    abort(Response("proof needed", 403))
