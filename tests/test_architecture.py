"""The house's own rules, kept by a machine. Each guard is shown to bite on a small wrong example."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import ForeignKey, MetaData, UniqueConstraint, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship

from rakor import models
from rakor.db import Base
from rakor.web.access import BareRouteError, Scope, policy_of, refuse_bare_routes

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "rakor"
TEMPLATES = ROOT / "templates"
assert models

SOURCES = [path for path in PACKAGE.rglob("*.py") if "migrations/versions" not in str(path)]
CLOCK_CALLS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
MAY_COMMIT = {
    "rakor/db.py",  # transaction()
    "rakor/lean/__init__.py",  # plain_transaction() at the door, on the driver's own connection
    "rakor/lean/driver.py",
    "rakor/lean/pipeline.py",
    "rakor/migrations/env.py",  # the schema
}
MAY_READ_CLOCK = {"rakor/clock.py"}
MAY_READ_WHOLE_ROWS = {
    "rakor/audit.py",  # hashes its entries
    "rakor/checkin/relaying/rows.py",  # a personal column travels when it is named
    "rakor/registrations/own_data.py",  # one's own
    "rakor/registrations/store.py",  # writes them
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commits(tree: ast.AST) -> list[int]:
    """Lines that commit: a call of commit(), or the SQL word itself."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit")
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip().upper() == "COMMIT")
    ]


def clock_reads(tree: ast.AST) -> list[int]:
    """Lines that ask the machine for the time: datetime.now(), date.today(), time.time()."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ] + [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "time"
        and {alias.name for alias in node.names} & CLOCK_CALLS
    ]


def whole_rows(tree: ast.AST) -> list[int]:
    """Lines that take a row by all its columns, so that a new column would leave where nobody named it."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (
            node.attr in {"column_attrs", "mapper"}
            or (node.attr == "columns" and isinstance(node.value, ast.Attribute) and node.value.attr == "__table__")
        )
    ]


def parsed() -> Iterator[tuple[str, ast.AST]]:
    for path in SOURCES:
        yield name_of(path), ast.parse(path.read_text(encoding="utf-8"))


def test_only_one_place_commits() -> None:
    found = {name: lines for name, tree in parsed() if (lines := commits(tree))}
    assert set(found) <= MAY_COMMIT, found


def test_only_one_place_reads_the_clock() -> None:
    found = {name: lines for name, tree in parsed() if (lines := clock_reads(tree))}
    assert set(found) <= MAY_READ_CLOCK, found


def test_only_named_places_read_whole_rows() -> None:
    found = {name: lines for name, tree in parsed() if (lines := whole_rows(tree))}
    assert set(found) <= MAY_READ_WHOLE_ROWS, found


def test_the_guards_bite() -> None:
    assert whole_rows(ast.parse("{c.name: getattr(row, c.name) for c in Registration.__table__.columns}"))
    assert whole_rows(ast.parse("inspect(row).mapper.column_attrs"))
    assert commits(ast.parse("db.session.commit()"))
    assert commits(ast.parse("cursor.execute('COMMIT')"))
    assert clock_reads(ast.parse("datetime.now(UTC)"))
    assert clock_reads(ast.parse("time.time()"))
    assert clock_reads(ast.parse("from time import time"))
    assert UNESCAPED.search("{{ name|safe }}")
    assert UNESCAPED.search("{% autoescape false %}")
    assert inline_parts("<p style='x'>")
    assert inline_parts("<button onclick='x'>")
    assert inline_parts("<script>alert(1)</script>")
    assert not inline_parts('<script src="/a.js"></script>')


INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["'{]|javascript:""", re.IGNORECASE
)


UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false")


def inline_parts(text: str) -> list[str]:
    return INLINE.findall(text)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=name_of)
def test_templates_carry_no_inline_script_or_style(path: Path) -> None:
    assert not inline_parts(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=name_of)
def test_templates_never_mark_anything_safe(path: Path) -> None:
    assert not UNESCAPED.search(path.read_text(encoding="utf-8"))


def self_loading(registry: registry) -> list[str]:
    """Relationships that would ask the database by themselves."""
    return [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in registry.mappers
        for relation in inspect(mapper.class_).relationships
        if relation.lazy != "raise"
    ]


def test_relationships_never_load_by_themselves() -> None:
    assert not self_loading(Base.registry)


def test_the_guards_of_models_bite() -> None:
    class Wrong(DeclarativeBase):
        pass

    class Whole(Wrong):
        __tablename__ = "whole"
        __table_args__ = (UniqueConstraint("event_id", "id"),)
        id: Mapped[int] = mapped_column(primary_key=True)
        event_id: Mapped[int]

    class Part(Wrong):
        __tablename__ = "part"
        id: Mapped[int] = mapped_column(primary_key=True)
        event_id: Mapped[int]
        whole_id: Mapped[int] = mapped_column(ForeignKey("whole.id"))
        phone: Mapped[str]
        whole: Mapped[Whole] = relationship()

    assert self_loading(Wrong.registry) == ["Part.whole"]
    assert pointing_elsewhere(Wrong.metadata) == ["part → whole"]
    assert silent_about_people(Wrong.metadata) == ["part.phone"]


def test_the_app_refuses_a_bare_route(lite: Flask) -> None:
    bare = Flask("bare")
    bare.add_url_rule("/bare", "bare", lambda: "")
    with pytest.raises(BareRouteError):
        refuse_bare_routes(bare)
    refuse_bare_routes(lite)


def test_public_routes_are_a_reviewed_list(lite: Flask) -> None:
    """A new public route is a decision: add it here with open eyes."""
    public = {
        rule.endpoint
        for rule in lite.url_map.iter_rules()
        if (declared := policy_of(lite, rule.endpoint)) and declared.scope is Scope.PUBLIC
    }
    reviewed = set((ROOT / "tests" / "public_routes.txt").read_text(encoding="utf-8").split())
    assert public == reviewed


def test_event_tables_cannot_point_into_another_event() -> None:
    """A foreign key from one event's row to another event-scoped table carries the event's id."""
    assert not pointing_elsewhere(Base.metadata)


def pointing_elsewhere(metadata: MetaData) -> list[str]:
    """Tables of an event whose foreign key could name a row of another one."""
    scoped = {table.name for table in metadata.sorted_tables if "event_id" in table.columns}
    loose = []
    for table in metadata.sorted_tables:
        if table.name not in scoped:
            continue
        for constraint in table.foreign_key_constraints:
            target = constraint.referred_table.name
            if target in scoped and "event_id" not in constraint.column_keys:
                loose.append(f"{table.name} → {target}")
    return loose


PERSONAL_NAMES = re.compile(r"(^|_)(nip|nik|phone|email|signature)(_|$)")


def test_personal_columns_say_why_and_until_when() -> None:
    """UU 27/2022 art. 16 and 27: purpose and retention stand in the model."""
    assert not silent_about_people(Base.metadata)


def silent_about_people(metadata: MetaData) -> list[str]:
    """Columns about people that do not say why and until when."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if PERSONAL_NAMES.search(column.name)
        and not column.name.endswith("_index")
        and not column.name.startswith("contact_")
        and "personal_purpose" not in column.info
    ]


def test_no_registry_host_or_machine_path_in_any_file() -> None:
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    hosts = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "npmjs" + r"\.org", "registry" + r"\.npm")))
    wrong = [
        name
        for name in listed
        if (ROOT / name).suffix not in {".png", ".jpg", ".woff2"}
        and hosts.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert not wrong
