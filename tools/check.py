"""``python -m tools.check fast|all``: every check with its seconds; the first failure does not hide the rest."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
NODE = ["node", "--test", *sorted(str(path) for path in (ROOT / "tests" / "js").rglob("*.test.js"))]
WORKERS = str(min(os.cpu_count() or 2, 8))  # of the tests: two keep two cores busy
PLUGINS = ["-p", "tools.no_skips", "-p", "tools.long_first"]
QUICK = ["-m", "not browser", "-k", "not postgresql", "--ignore=tests/cli", "--ignore=tests/demo", "--ignore=tests/e2e"]
# what is read once need not be read again by each of the hundreds of processes that the tests start
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
READ = {
    "ruff": [sys.executable, "-m", "ruff", "check", "-q", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "import order": ["lint-imports", "--config", "pyproject.toml"],
    "JavaScript": NODE,
}
TESTS = {
    "fast": [*PYTEST, "-n", WORKERS, *QUICK],
    "all": [*PYTEST, "-n", WORKERS, "--dist", "worksteal", *PLUGINS, "--durations=10"],
}


def main() -> int:
    """Run the checks of the named set, those that one core does beside the tests; exit status 1 where one failed."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        read = [(name, beside.submit(outcome, command)) for name, command in READ.items()]
        failed = [] if passed("tests", *outcome(TESTS[sys.argv[1]], shown=True)) else ["tests"]
        failed += [name for name, done in read if not passed(name, *done.result())]
    print(f"failed: {', '.join(failed)}" if failed else "all good", flush=True)
    return 1 if failed else 0


def outcome(command: list[str], *, shown: bool = False) -> tuple[int, float, str]:
    """Run one check: its exit status, its seconds, and what it said where that was not ``shown`` at once."""
    began = time.monotonic()
    told = None if shown else subprocess.PIPE
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False, stdout=told, stderr=subprocess.STDOUT)
    return done.returncode, time.monotonic() - began, (done.stdout or b"").decode(errors="replace")


def passed(name: str, status: int, seconds: float, said: str) -> bool:
    """Say how a check went; what a failed one said stands above."""
    if status and said:
        print(said, flush=True)
    print(f"{name}: {'ok' if status == 0 else 'FAILED'}, {seconds:.1f} s", flush=True)
    return status == 0


if __name__ == "__main__":
    sys.exit(main())
