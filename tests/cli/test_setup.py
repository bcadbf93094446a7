"""The set-up finds the folder of packages in an environment of every Python here, a distribution's own too."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = [sys.executable, *filter(None, [shutil.which("python3", path="/usr/bin")])]
NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"
SAID = "import pathlib, sys, tools.setup as setup; print(setup.packages_of(pathlib.Path(sys.argv[1])))"
ASKED = "import sysconfig; print(sysconfig.get_path('purelib'))"


@pytest.mark.parametrize("python", PYTHONS)
def test_packages_go_where_the_environment_looks(python: str, tmp_path: Path) -> None:
    if subprocess.run([python, "-c", NEW_ENOUGH], check=False).returncode:
        return  # `make` refuses this one with a sentence
    subprocess.run([python, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    said = subprocess.run([python, "-c", SAID, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True)
    asked = subprocess.run([tmp_path / "bin" / "python", "-c", ASKED], capture_output=True, text=True, check=True)
    assert said.stdout == asked.stdout
