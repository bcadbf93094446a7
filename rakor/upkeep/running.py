"""Which parts of rakor run on this instance: each holds a shared lock that the kernel frees when it dies.

PAUSED is held alone by who replaces the database: a supervisor that sees it stops its children until it is free again.
"""

import fcntl
import os
from pathlib import Path

SERVING, WORKING, PAUSED = "serving.lock", "working.lock", "paused.lock"


def hold(instance: Path, name: str, *, alone: bool = False) -> int:
    """Hold the named lock until the open file that is returned is closed, or this process and its children are gone.

    ``alone``: as soon as nobody else holds it.
    """
    handle = _opened(instance, name)
    fcntl.flock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
    return handle


def held(instance: Path, name: str, *, alone: bool = False) -> bool:
    """True where somebody holds the named lock; ``alone``: holds it alone, and whoever asks hinders nobody who asks."""
    if not (instance / name).exists():
        return False
    handle = _opened(instance, name)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if alone else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


def _opened(instance: Path, name: str) -> int:
    return os.open(instance / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
