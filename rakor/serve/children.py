"""A child of the supervisor: started, watched, started again with back-off, stopped."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY = 60.0
PR_SET_PDEATHSIG = 1
PREPARATION_FAILED = 3


def die_with_parent() -> None:
    """Ask the kernel (Linux) to stop this process when its supervisor is gone, however it went.

    Called before anything slow is loaded; does nothing in a process that no supervisor started.
    """
    supervisor = os.environ.get("RAKOR_SUPERVISOR")
    if supervisor is None or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if str(os.getppid()) != supervisor:  # it went before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def interrupt_nobody() -> None:
    """Ask the kernel (Linux) that a thread of this process which has something to do waits until a processor is free,
    as batch work does (sched(7)).

    Else, with many threads on few processors, whoever holds the turn to write is stopped five times in it by others
    that come to wait for it.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # a sandbox may refuse; then it is slower
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def pause_after(failures: int) -> float:
    """Return how many seconds to wait before the next start after ``failures`` quick deaths in a row."""
    return float(min(FIRST_PAUSE * 2 ** max(failures - 1, 0), LONGEST_PAUSE))


@dataclass
class Child:
    """One command that must always run. Times are of the monotonic clock."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    started_at: float = 0.0
    start_at: float = 0.0
    failures: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Start the command in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self.process = subprocess.Popen(
            self.command, env=dict(self.environment), stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.started_at = time.monotonic()

    def tend(self) -> str | None:
        """Start it where it is due; return a sentence where it has just died."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return None
        status = self.process.poll()
        if status is None:
            return None
        self.failures = 1 if now - self.started_at > STEADY else self.failures + 1
        pause = pause_after(self.failures)
        self.process, self.start_at = None, now + pause
        return f"{self.name} ended with status {status}; starting it again in {pause:.1f} s"

    def become(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Run another command from now on: what runs is asked to stop, and ``tend`` starts it anew."""
        self.command, self.environment = command, environment
        self.ask_to_stop()

    def begin_anew(self) -> None:
        """What was stopped on purpose is no failure: ``tend`` starts it at once."""
        self.process, self.start_at, self.failures = None, 0.0, 0

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stopped_by(self, deadline: float) -> None:
        """Wait until ``deadline`` (monotonic), then end the whole session by force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
