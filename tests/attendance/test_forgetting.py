"""I10: a device forgets a record only after a durable status for it, under the same server epoch."""

import subprocess

import pytest

from bench._mutants import FORGETFUL, modules

HELD_BY = "tests/js/checkin/uplink.test.js"


@pytest.mark.parametrize("fault", FORGETFUL)
def test_i10_bites_where_a_phone_forgets_too_early(fault: str) -> None:
    with modules(FORGETFUL[fault], HELD_BY) as root:
        told = subprocess.run(["node", "--test", HELD_BY], cwd=root, capture_output=True, timeout=60, check=False)
    assert told.returncode == 1


def test_i10_holds_for_the_client_as_it_is() -> None:
    with modules(None, HELD_BY) as root:
        told = subprocess.run(["node", "--test", HELD_BY], cwd=root, capture_output=True, timeout=60, check=False)
    assert told.returncode == 0, told.stdout
