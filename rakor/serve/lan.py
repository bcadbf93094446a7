"""`rakor serve --lan`: on which address phones in the hall reach this machine, and the certificate for it."""

import time
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding

from rakor import clock
from rakor.config import LOOPBACK
from rakor.qr import qr_lines
from rakor.serve.place import Place
from rakor.upkeep import authority
from rakor.upkeep.neighbours import addresses

LOOK_EVERY_S = 10.0
NOT_LOCAL = (
    "--lan vouches for a local network only, and {url} is not in one. It takes https with an address such as "
    "192.168.1.5 or a name that ends in .local, .lan, .internal or .home.arpa. For a public name put Caddy in front: "
    "docs/deployment.md"
)
NO_NETWORK = "--lan needs a network: this machine has no address that phones could reach. Join the Wi-Fi first"
NOT_OURS = "--host {host} is no address of this machine in a local network; it has {found}"
WELCOME = """\
A phone that is new here scans this, once ({setup_url}):
{picture}
Then it opens {base_url}
Fingerprint of the authority: {mark}
Keep this address while the event lasts (a reservation in the router): what a desk has not sent yet belongs to it."""


def lan_place(chosen: Namespace, environment: Mapping[str, str], instance: Path) -> Place | str:
    """Return where to serve phones, its certificate made, or a sentence why that cannot be.

    ``--host`` chooses among several addresses; RAKOR_BASE_URL may give a name that this network knows.
    """
    found = addresses()
    wished = [] if chosen.host in LOOPBACK else [chosen.host]
    if wished and wished[0] not in found:
        return NOT_OURS.format(host=chosen.host, found=", ".join(found) or "none")
    if not found:
        return NO_NETWORK
    host = (wished or found)[0]
    base_url = environment.get("RAKOR_BASE_URL", "").rstrip("/") or f"https://{host}:{chosen.port}"
    name = urlsplit(base_url).hostname or ""
    if urlsplit(base_url).scheme != "https" or not authority.may_name(name):
        return NOT_LOCAL.format(url=base_url)
    authority.ensure(instance, tuple(dict.fromkeys((name, host, *found))), now=clock.now())
    return _place(host, base_url, f"http://{host}:{chosen.setup_port}", instance)


def _place(host: str, base_url: str, setup_url: str, instance: Path) -> Place:
    top = authority.authority(instance)
    assert top is not None
    shown = WELCOME.format(
        setup_url=setup_url,
        picture="\n".join(qr_lines(setup_url)),
        base_url=base_url,
        mark=authority.fingerprint(top),
    )
    pem = top.public_bytes(Encoding.PEM).decode()
    return Place(host, base_url, setup_url, authority.server_file(instance), pem, shown)


class Watch:
    """Looks now and then whether the place still holds: a network hands out other addresses, certificates end."""

    def __init__(self, chosen: Namespace, environment: Mapping[str, str], instance: Path, place: Place) -> None:
        self._chosen, self._environment, self._instance, self._place = chosen, environment, instance, place
        self._looked_at = time.monotonic()

    def moved(self) -> Place | None:
        """Return the new place where this machine lost its address and has another; the certificate follows by itself.

        Without any network nothing moves: the Wi-Fi may come back with the same address.
        """
        if time.monotonic() - self._looked_at < LOOK_EVERY_S:
            return None
        self._looked_at = time.monotonic()
        found = lan_place(self._chosen, self._environment, self._instance)
        if isinstance(found, str) or self._place.host in addresses() or found == self._place:
            return None
        self._place = found
        return found
