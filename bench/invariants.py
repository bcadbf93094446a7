"""I1–I13 of the scan protocol: each with the tests that hold it, run here one invariant at a time."""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import Any

from bench._serving import ROOT

WHAT = "the thirteen invariants of the scan protocol: each held by tests that were seen red (docs/protocol.md)"
HERE = "tests/attendance/test_invariants.py::"
RULES = "tests/attendance/test_properties.py::test_every_property_holds_for_every_history"
BITE = "tests/attendance/test_properties.py::test_a_seeded_fault_is_caught"
DAYS = "tests/attendance/test_days.py"
ROSTER = "tests/checkin/test_roster.py::"

HELD_BY: dict[str, tuple[str, ...]] = {
    "I1": (DAYS,),
    "I2": (RULES, BITE, "tests/checkin/test_routes.py::test_a_repeat_gets_the_same_answer_and_changes_nothing"),
    "I3": (RULES, BITE),
    "I4": (RULES, BITE),
    "I5": (HERE + "test_i5_presence_needs_a_counted_fact_of_an_enrolled_device_and_a_ticket",),
    "I6": (RULES, "tests/attendance/test_live.py::test_people_count_once_at_however_many_places_and_desks"),
    "I7": (HERE + "test_i7_two_desks_at_one_instant_show_masuk_once",),
    "I8": (HERE + "test_i8_a_gap_is_known_within_one_sync",),
    "I9": (RULES, BITE),
    "I10": ("tests/js/checkin/uplink.test.js", "tests/attendance/test_forgetting.py"),
    "I11": (HERE + "test_i11_a_device_learns_nothing_of_another_event",
            ROSTER + "test_a_device_of_one_event_sees_no_ticket_of_another"),
    "I12": (ROSTER + "test_nobody_is_readable_in_it",
            ROSTER + "test_i12_bites_where_lines_are_not_sealed_or_carry_their_key",
            "tests/checkin/test_pages.py::test_the_page_that_a_phone_keeps_has_nobodys_data"),
    "I13": (HERE + "test_i13_a_reader_that_follows_the_numbers_misses_nothing_under_sixteen_writers",
            HERE + "test_i13_bites_where_the_last_number_is_not_stored"),
}  # fmt: skip
"""I1 at full size: ``histories``, ``storm``, ``restore``; I7: ``same_instant``; I12: ``forensics``."""


def run(quick: bool) -> dict[str, Any]:
    """Run the tests of every invariant; ``quick`` leaves out the 500 days (``histories --quick`` plays some)."""
    wanted = {name: tests for name, tests in HELD_BY.items() if not (quick and DAYS in tests)}
    results = _pytest(sorted({one for tests in wanted.values() for one in tests if not one.endswith(".js")}))
    found: dict[str, str] = {}
    for name, tests in wanted.items():
        bad = [one for one in tests if not (_node(one) if one.endswith(".js") else _passed(one, results))]
        found[name] = "holds" if not bad else f"broken: {bad[0]}"
    return {"ok": set(found.values()) == {"holds"}, "invariants": found, "tests": len(results)}


def _pytest(tests: list[str]) -> dict[str, bool]:
    """Run tests once and return which ids passed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *tests]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return {_id(case): len(case) == 0 for case in Xml.parse(report).getroot().iter("testcase")}


def _id(case: Xml.Element) -> str:
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"


def _passed(wanted: str, results: dict[str, bool]) -> bool:
    mine = [good for name, good in results.items() if name == wanted or name.startswith((f"{wanted}[", f"{wanted}::"))]
    return bool(mine) and all(mine)


def _node(path: str) -> bool:
    return subprocess.run(["node", "--test", path], cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode == 0
