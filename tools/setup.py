"""The set-up: ``python3 -m tools.setup [--dev]`` takes a bare checkout to one that runs; the second time is quick.

Virtual environment → packages by hash → the command ``rakor`` → browser files. Only the standard library is used here.
A step whose inputs did not change is skipped by its stamp in ``.venv``.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {False: ROOT / "requirements.lock", True: ROOT / "requirements-dev.lock"}
COMPILED = ".rakor-compiled"
SHELL = "chromium-headless-shell"  # the same browser without a window: the tests take it where it is, at half the cost
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NETWORKS = {"ip": "iproute2", "certutil": "libnss3-tools"}
"""What the test of phones in a hall's network needs: networks of its own, and a browser that learns an authority."""


def main() -> int:
    """Run every step that is due; exit status 1 with one sentence where one cannot be done."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.setup", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    parser.add_argument("--chromium", action="store_true", help="also a browser for the tests, by apt-get where it may")
    chosen = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything is installed
        print(f"rakor needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
        return 1
    began = time.monotonic()
    fetching = fetch_chromium() if chosen.chromium else None
    step("virtual environment", "venv", sys.version, make_environment)
    lock = LOCKS[chosen.dev]
    if not (not chosen.dev and stamped("packages", stamp_of(LOCKS[True]))):  # the larger set holds the smaller
        step(f"packages of {lock.name}", "packages", stamp_of(lock), lambda: install(lock))
    step("the command rakor", "command", str(ROOT), link)
    compiling = compile_packages()
    subprocess.run([PYTHON, "-m", "tools.assets", *(["--dev"] if chosen.dev else [])], cwd=ROOT, check=True)
    if fetching is not None:
        fetching.wait()
    if chosen.chromium:
        look_for_chromium()
    if compiling is not None:
        compiling.wait()
    print(f"set-up: {time.monotonic() - began:.1f} s", flush=True)
    return 0


def step(title: str, name: str, stamp: str, work: Callable[[], None]) -> None:
    """Do ``work`` unless it was done with the same ``stamp``; say how long it took."""
    if stamped(name, stamp):
        return
    began = time.monotonic()
    print(f"{title} …", flush=True)
    work()
    (VENV / f".rakor-{name}").write_text(stamp, encoding="utf-8")
    print(f"{title}: {time.monotonic() - began:.1f} s", flush=True)


def stamped(name: str, stamp: str) -> bool:
    """True where the step was done with this stamp."""
    path = VENV / f".rakor-{name}"
    return path.exists() and path.read_text(encoding="utf-8") == stamp


def stamp_of(path: Path) -> str:
    """Return a hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_environment() -> None:
    """Make ``.venv`` with this Python; one that was made by another version is replaced."""
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise SystemExit(
            f"{sys.executable} -m venv failed; on Debian and Ubuntu: apt-get install python3-venv\n"
            f"{made.stdout}{made.stderr}"
        )


def install(lock: Path) -> None:
    """Install exactly the packages of a lock file, each checked by its hash.

    The file names them all, so pip need not look for what they need; they are compiled afterwards, on every core.
    """
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*command, "--no-deps", "--no-compile", "-r", str(lock)], check=False).returncode:
        raise SystemExit(f"pip could not install {lock.name}; see above. Nothing else was changed.")
    (VENV / COMPILED).unlink(missing_ok=True)


def compile_packages() -> "subprocess.Popen[bytes] | None":
    """Compile what was installed, while the next steps go on; None where that was done before."""
    if (VENV / COMPILED).exists():
        return None
    (VENV / COMPILED).touch()
    command = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(packages_of(VENV))]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def packages_of(environment: Path) -> Path:
    """Where the virtual environment of this Python keeps packages; Debian's own scheme names another folder."""
    place = {"base": str(environment), "platbase": str(environment)}
    return Path(sysconfig.get_path("purelib", "venv", place))


def link() -> None:
    """Make ``.venv/bin/rakor`` and let the environment find this checkout."""
    (packages_of(VENV) / "rakor.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = VENV / "bin" / "rakor"
    lines = [f"#!{PYTHON}", "import sys", "", "from rakor.cli import main", "", "sys.exit(main())", ""]
    command.write_text("\n".join(lines), encoding="utf-8")
    command.chmod(0o755)


def fetch_chromium() -> "subprocess.Popen[bytes] | None":
    """Install Chromium, and what the network's test needs, where apt-get may, while the next steps go on; None where
    nothing is missing, or it may not.
    """
    missing = [package for command, package in NETWORKS.items() if not shutil.which(command)]
    missing += [] if any(shutil.which(name) for name in CHROMIUM) else ["chromium"]
    missing += [] if shutil.which(SHELL) else [SHELL]
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print(f"{', '.join(missing)} by apt-get, beside the next steps …", flush=True)
    both = 'apt-get update -qq; exec apt-get install -qq -y --no-install-recommends "$@"'
    return subprocess.Popen(
        ["sh", "-c", both, "apt-get", *missing],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def look_for_chromium() -> None:
    """Say what stays untested where Chromium, or what the network's test needs, is not there."""
    if not all(shutil.which(command) for command in NETWORKS):
        print("There are no ip and certutil, and they could not be installed: the test of phones in a hall's network "
              "will be skipped (under CI=true it fails). By hand: sudo apt-get install iproute2 libnss3-tools")
    if not any(shutil.which(name) for name in CHROMIUM):
        print("There is no Chromium and it could not be installed: the browser tests will be skipped "
              "(under CI=true they fail). Install it by hand, such as: sudo apt-get install chromium")


if __name__ == "__main__":
    sys.exit(main())
