"""Which parts of rakor run on this instance: each holds a shared lock that the kernel frees when it dies.

PAUSED is held alone by who replaces the database: a supervisor that sees it stops its children until it is free again.
"""

import fcntl
import os
from pathlib import Path

SERVING, WORKING, PAUSED = "serving.lock", "working.lock", "paused.lock"


def hold(instance: Path, name: str) -> int:
    """Hold the named lock until this process and its children are gone; return the open file."""
    handle = _opened(instance, name)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def held(instance: Path, name: str) -> bool:
    """True where somebody holds the named lock."""
    return _refused(instance, name, fcntl.LOCK_EX)


def claim(instance: Path, name: str) -> int:
    """Hold the named lock alone, as soon as nobody else does; return the open file."""
    handle = _opened(instance, name)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def claimed(instance: Path, name: str) -> bool:
    """True where somebody holds the named lock alone; whoever asks hinders nobody who asks too."""
    return _refused(instance, name, fcntl.LOCK_SH)


def _refused(instance: Path, name: str, how: int) -> bool:
    if not (instance / name).exists():
        return False
    handle = _opened(instance, name)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


def _opened(instance: Path, name: str) -> int:
    return os.open(instance / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
