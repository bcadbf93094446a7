"""Pages that belong to no feature: the choice of language, the page of patterns, and the two health checks."""

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from rakor.web import health, patterns
from rakor.web.access import Scope, policy, principal
from rakor.web.locale import COOKIE, safe_path
from rakor.web.times import Language

blueprint = Blueprint("web", __name__)
YEAR = 365 * 24 * 3600


@blueprint.app_context_processor
def _who() -> dict[str, str | None]:
    """Give every template the name of the person who is logged in, if any."""
    user = principal().user
    return {"user_name": user.name if user else None}


@blueprint.post("/locale")
@policy("locale.choose", Scope.PUBLIC, reason="anybody chooses the language of the page")
def choose_locale() -> BaseResponse:
    """Remember the language in a cookie and go back to a page of this site."""
    wanted = request.form.get("lang", "")
    if wanted not in set(Language):
        abort(400)
    answer = redirect(safe_path(request.form.get("next", "/")), 303)
    answer.set_cookie(COOKIE, wanted, max_age=YEAR, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


@blueprint.get("/patterns")
@policy("patterns.show", Scope.PUBLIC, reason="shows made-up components only")
def show_patterns() -> str:
    """Every component with the macro that makes it."""
    return render_template("patterns/index.html", **patterns.samples())


@blueprint.get("/healthz")
@policy("health.alive", Scope.PUBLIC, reason="tells only that the process runs")
def healthz() -> Response:
    """Alive."""
    return health.alive()


@blueprint.get("/readyz")
@policy("health.ready", Scope.PUBLIC, reason="tells only whether the database answers")
def readyz() -> Response:
    """Ready."""
    return health.ready()
