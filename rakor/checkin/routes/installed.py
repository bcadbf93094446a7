"""What a desk needs to open without network: its service worker and a manifest."""

import json
from uuid import UUID

from flask import jsonify, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor.checkin.routes.front import blueprint
from rakor.web import assets
from rakor.web.access import Scope, policy

WORKER = "js/checkin/service_worker.js"
ICON_SIDES = (192, 512)
KEPT = (
    *("js/app.js", "js/checkin/*.js", "icons/rakor.svg", "dist/icons/*.png", "fonts/*.woff2"),
    *("vendor/zxing/**/*.js", "vendor/zxing/*.wasm"),
)


def kept_files() -> list[str]:
    """Return the addresses of the static files that a desk keeps, all of the running build."""
    root = assets.folder_of("static")
    found = sorted({path for pattern in KEPT for path in root.glob(pattern)} - {root / WORKER})
    return [*assets.stylesheets(), *(assets.asset(path.relative_to(root).as_posix()) for path in found)]


@blueprint.get("/desk/sw.js")
@policy("desk.worker", Scope.PUBLIC, reason="a script and the list of our own static files")
def send_worker() -> Response:
    """The service worker, with the list of files that it keeps; a new build is a new worker."""
    said = {"BUILD": assets.build(), "FILES": kept_files(), "SHELL": url_for("checkin.show_shell")}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in said.items())
    text = (assets.folder_of("static") / WORKER).read_text(encoding="utf-8")
    answer = Response(head + text, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/"  # the decoder's files lie under /static/
    return answer


@blueprint.get("/desk/<uuid:event_id>/app.webmanifest")
@policy("desk.manifest", Scope.PUBLIC, reason="a name, an icon and the address it is asked under")
def send_manifest(event_id: UUID) -> Response:
    """The manifest by which a desk is put on the phone's home screen; it says nothing about the event."""
    start = url_for("checkin.show_desk", event_id=event_id)
    icons = [
        {"src": assets.asset(f"dist/icons/desk-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        | {"purpose": purpose}
        for side in ICON_SIDES
        for purpose in ("any", "maskable")
    ]
    answer = jsonify(
        id=start,
        name=_("Meja rakor"),
        short_name=_("Meja"),
        start_url=start,
        scope="/desk/",
        display="standalone",
        orientation="portrait",
        background_color="#06382a",
        theme_color="#06382a",
        icons=icons,
    )
    answer.mimetype = "application/manifest+json"
    return answer
