"""Which addresses this machine has in its networks, and which of them phones in the hall can reach best."""

import fcntl
import socket
import struct
from contextlib import suppress

from rakor.upkeep.authority import may_name

SIOCGIFADDR = 0x8915
INNER = ("lo", "docker", "br-", "veth", "virbr", "vmnet", "tun", "wg")
ELSEWHERE = ("192.0.2.1", 9)  # nothing is sent: the kernel only says which of our addresses it would send from


def addresses() -> list[str]:
    """Return this machine's IPv4 addresses that phones may reach, the likeliest first; bridges of containers last."""
    found = _by_interface()
    inner = {address for name, address in found if name.startswith(INNER)}
    order = [*_outgoing(), *(address for _, address in found if address not in inner), *sorted(inner)]
    return [address for address in dict.fromkeys(order) if may_name(address)]


def _outgoing() -> list[str]:
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(ELSEWHERE)
        return [probe.getsockname()[0]]
    return []


def _by_interface() -> list[tuple[str, str]]:
    """Ask each interface (Linux); elsewhere the machine's own name."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                said = fcntl.ioctl(asking.fileno(), SIOCGIFADDR, struct.pack("256s", name[:15].encode()))
                found.append((name, socket.inet_ntoa(said[20:24])))
    if not found:
        with suppress(OSError):
            found = [("", str(one[4][0])) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return found
