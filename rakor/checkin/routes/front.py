"""What the pages and the API of the desks share: the blueprint, the cookie, the device that asks."""

from flask import Blueprint, current_app

from rakor.web.access import Device, principal

blueprint = Blueprint("checkin", __name__)


def cookie_name() -> str:
    """Return the name of a desk's cookie: with the __Host- prefix under https."""
    return "__Host-rakor-desk" if current_app.config["RAKOR"].secure else "rakor-desk"


def desk_device() -> Device:
    """Return the device of a device route."""
    device = principal().device
    assert device is not None
    return device
