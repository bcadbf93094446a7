"""The built wheel carries templates, static and browser files, and runs from an empty folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ASK = """
from rakor.app import create_app
from rakor import upgrade
import rakor
app = create_app()
with app.app_context():
    upgrade.upgrade()
client = app.test_client()
page = client.get("/login")
assert page.status_code == 200, page.status_code
sheet = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
for path in (sheet, sheet.rsplit("/dist/", 1)[0] + "/vendor/htmx.min.js"):
    assert client.get(path).status_code == 200, path
assert "Log in" in client.get("/login", headers={"Accept-Language": "en"}).text
print(rakor.__file__)
"""


def test_the_wheel_runs_from_an_empty_folder(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", tmp_path / "wheel", ROOT], check=True, cwd=tmp_path)
    (made,) = (tmp_path / "wheel").glob("rakor-*.whl")
    with zipfile.ZipFile(made) as wheel:
        wheel.extractall(tmp_path / "installed")
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "installed"), "HOME": str(tmp_path)}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], cwd=empty, env=environment, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip().startswith(str(tmp_path / "installed"))
