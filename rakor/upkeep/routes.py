"""The page for whoever keeps the installation: is it fit, and when was it last saved."""

from flask import Blueprint, render_template

from rakor.upkeep import observing, words
from rakor.upkeep.rules import judge, worst
from rakor.web.access import Scope, policy

blueprint = Blueprint("upkeep", __name__)


@blueprint.get("/status")
@policy("installation.status", Scope.INSTALLATION)
def show_status() -> str:
    """Everything that ``rakor check`` looks at, in the same words."""
    found = judge(observing.observe())
    return render_template(
        "upkeep/status.html",
        findings=[(words.NAMES[one.check], one.level, words.sentence(one)) for one in found],
        worst=worst(found),
    )
