"""The .ics files, opened in strangers' parsers; a small run of the benchmark ``ics``, and that it can fail."""

import pytest

from bench import ics
from tools.strangers import ROOT, readings

pytestmark = pytest.mark.skipif(
    not (ROOT / "node_modules/node-ical").exists(), reason="python -m tools.assets --dev installs the parsers"
)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics, "QUICK", 40)


def test_three_parsers_agree() -> None:
    found = ics.run(quick=True)
    assert found["ok"], found


@pytest.mark.parametrize(
    ("fault", "figure"),
    [
        ("sequence", "numbers_that_do_not_rise"),
        ("uid", "uids_that_changed"),
        ("unfolded", "lines_broken_or_too_long"),
        ("injected", "injected_lines"),
    ],
)
def test_what_is_broken_is_seen(fault: str, figure: str) -> None:
    found = ics.run(quick=True, fault=fault)
    assert not found["ok"]
    assert found[figure]


def test_a_file_that_is_none_is_trouble() -> None:
    [seen] = readings([b"BEGIN:VCALENDAR\r\nnonsense\r\n"])
    assert all("trouble" in reading or not reading["events"] for reading in seen.values())
