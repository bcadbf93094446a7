"""Codes that nobody knows, counted for all servers together: who tries many learns nothing more (check-in.md §3).

Only what is unknown costs a count, so a desk that scans tickets pays nothing for it.
"""

from datetime import timedelta
from uuid import UUID

from rakor import audit
from rakor.db import transaction
from rakor.web import limits

MINUTE = timedelta(minutes=1)
OF_DEVICE, OF_ADDRESS = 10, 200  # a hall's desks share one address


def too_many(event_id: UUID, device_id: UUID, unknown: int) -> bool:
    """Count unknown codes that a device asked for; True where it, or its address, asked for too many this minute.

    The moment a device goes too far is in the audit log, once a minute.
    """
    if not unknown:
        return False
    with transaction(unaudited="a counter of tries"):
        by_device = limits.count_within("scan.unknown", str(device_id), per=MINUTE, times=unknown)
        by_address = limits.count_within("scan.unknown", limits.client_network(), per=MINUTE, times=unknown)
        if by_device - unknown <= OF_DEVICE < by_device:
            audit.record(
                "scan.guessing", event_id=event_id, object_kind="device", object_id=device_id, count=by_device
            )
    return by_device > OF_DEVICE or by_address > OF_ADDRESS
