"""What the documents say exists: settings, commands, routes, names, links, benchmarks."""

import csv
import re
import shlex
from pathlib import Path

import pytest
from flask import Flask

from bench import module_of
from bench.__main__ import names as benchmarks
from rakor.cli import _parser
from tools.pictures import SHOTS

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.id.md"]
PAGES = sorted([*READMES, *(ROOT / "docs").rglob("*.md")])
CODE = re.compile(r"^```(?:sh|ini)\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def title(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands(word: str) -> set[str]:
    """Every line or quoted phrase of the documents in which the command ``word`` is called."""
    found = set()
    for page in PAGES:
        lines = [line for block in CODE.findall(text(page)) for line in block.splitlines()]
        for line in [*lines, *QUOTED.findall(text(page))]:
            found |= {call.strip() for call in re.findall(rf"(?:^|/bin/|&& ){word} ([^&#`]+)", line)}
    return found


def test_the_table_of_settings_is_the_code_s() -> None:
    said = dict(re.findall(r"^\| `(RAKOR_\w+)` \| `?([^|`]*)`? \|", text(ROOT / "docs/deployment.md"), re.MULTILINE))
    read = set(re.findall(r"RAKOR_[A-Z_]+", text(ROOT / "rakor/config.py")))
    assert set(said) == read
    for name, default in said.items():
        given = re.search(rf'"{name}", "([^"]*)"', text(ROOT / "rakor/config.py"))
        if given:
            assert default.strip() == (given[1] or "(empty)"), name


def test_named_settings_exist_everywhere() -> None:
    known = set(re.findall(r"RAKOR_[A-Z_]+", text(ROOT / "rakor/config.py")))
    for page in PAGES:
        assert set(re.findall(r"RAKOR_[A-Z_]+", text(page))) <= known, title(page)


def test_named_commands_exist() -> None:
    known = {name for action in _parser()._subparsers._group_actions for name in action.choices}  # type: ignore[union-attr]
    for called in commands("rakor"):
        word = shlex.split(called, posix=False)[0].rstrip(".,;:")
        assert word in known or not re.fullmatch(r"[a-z]+", word), called


def test_the_readmes_call_what_the_makefile_has() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    called = {word.split()[0] for word in commands("make")}
    assert {"run", "test"} <= called
    assert called <= targets


def test_named_routes_exist(lite: Flask) -> None:
    known = {re.sub(r"<[^>]+>", "<>", rule.rule) for rule in lite.url_map.iter_rules()}
    for page in PAGES:
        for path in re.findall(r"`(?:GET |POST )?(/[a-z0-9_./<>:-]+)(?:\?[^`]*)?`", text(page)):
            if path.startswith(("/tmp", "/etc", "/srv", "/var")):
                continue
            assert re.sub(r"<[^>]+>", "<>", path) in known, f"{title(page)}: {path}"


@pytest.mark.parametrize("document", PAGES, ids=title)
def test_links_and_pictures_resolve(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text(document)):
        if not target.startswith(("http://", "https://", "#")):
            assert (document.parent / target.split("#")[0]).exists(), target


@pytest.mark.parametrize("document", PAGES, ids=title)
def test_named_files_exist(document: Path) -> None:
    for name in re.findall(r"`((?:rakor|tests|tools|bench|static|docs|templates)/[\w./-]+)`", text(document)):
        assert (ROOT / name).exists(), name


def test_the_glossary_names_what_the_code_has() -> None:
    with (ROOT / "docs/glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 50
    source = "\n".join(text(path) for path in (ROOT / "rakor").rglob("*.py"))
    for row in rows:
        assert all(row[column] for column in ("topic", "indonesian", "english"))
        owner, _, member = row["in_code"].partition(".")
        assert re.search(rf"^class {owner}\b|\b{owner}\b", source, re.MULTILINE), row["in_code"]
        if member:
            body = re.search(rf"^class {owner}\(.*?(?=^\S)", source, re.MULTILINE | re.DOTALL)
            assert body, row["in_code"]
            assert re.search(rf"^    {member} = ", body[0], re.MULTILINE), row["in_code"]


def test_every_benchmark_stands_in_the_table() -> None:
    table = text(ROOT / "docs/benchmarks.md")
    for name in benchmarks():
        assert f"| `{name}` |" in table, name
        assert module_of(name).WHAT


def test_every_picture_is_taken_by_the_command_and_shown_somewhere() -> None:
    lying = {path.stem for path in (ROOT / "docs/pictures").iterdir()}
    shown = {name for page in PAGES for name in re.findall(r"\]\([^)]*pictures/([\w-]+)\.png\)", text(page))}
    assert lying == shown == {shot.name for shot in SHOTS}


def test_the_pictures_stay_small() -> None:
    pictures = list((ROOT / "docs/pictures").glob("*.png"))
    assert pictures
    assert sum(path.stat().st_size for path in pictures) < 1_500_000
