"""The pages for whoever keeps the installation: is it fit, when was it last saved, and how phones get in."""

from flask import Blueprint, abort, current_app, render_template
from flask_babel import gettext as _

from rakor.qr import qr_svg
from rakor.upkeep import authority, observing, words
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


@blueprint.get("/lan")
@policy("installation.lan", Scope.USER)
def show_lan() -> str:
    """The QR by which a phone that is new in this network begins; only where `rakor serve --lan` runs."""
    settings = current_app.config["RAKOR"]
    top = authority.authority(settings.instance) if settings.setup_url else None
    if top is None:
        abort(404)
    return render_template(
        "upkeep/lan.html",
        setup_url=settings.setup_url,
        base_url=settings.base_url,
        fingerprint=authority.fingerprint(top),
        picture=qr_svg(settings.setup_url, _("Kode QR halaman persiapan ponsel")),
    )
