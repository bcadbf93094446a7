"""``python -m tools.check fast|all``: every check with its seconds; the first failure does not hide the rest."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
NODE = ["node", "--test", *sorted(str(path) for path in (ROOT / "tests" / "js").rglob("*.test.js"))]
QUICK = ["-m", "not browser", "-k", "not postgresql", "--ignore=tests/cli", "--ignore=tests/demo", "--ignore=tests/e2e"]
# what is read once need not be read again by each of the hundreds of processes that the tests start
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
READ = {
    "ruff": [sys.executable, "-m", "ruff", "check", "-q", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "import order": ["lint-imports", "--config", "pyproject.toml"],
}
FAST = READ | {"fast tests": [*PYTEST, "-n", "2", *QUICK], "JavaScript": NODE}
ALL = READ | {"tests": [*PYTEST, "-n", "2", "-p", "tools.no_skips", "--durations=10"], "JavaScript": NODE}


def main() -> int:
    """Run the checks of the named set; exit status 1 where one failed."""
    chosen = {"fast": FAST, "all": ALL}[sys.argv[1]]
    failed = [name for name, command in chosen.items() if not passes(name, command)]
    print(f"failed: {', '.join(failed)}" if failed else "all good", flush=True)
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check and say how it went."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False)
    print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - began:.1f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
