"""Where a device may record: its own checkpoint first, then the others that it serves."""

from uuid import UUID

from rakor.attendance.store import checkpoints
from rakor.checkin.answers import Post
from rakor.checkin.models import Device


def posts(device: Device) -> list[Post]:
    """Return the device's posts; one that was merged into another is none."""
    served = {one.id: one for one in checkpoints.checkpoints(device.event_id) if one.merged_into_id is None}
    wanted = [device.checkpoint_id, *(UUID(one) for one in device.also)]
    return [Post(id=str(one.id), name=one.name, way=one.direction) for one in map(served.get, wanted) if one]
