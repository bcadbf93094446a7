"""A pytest plugin for the whole run: under ``CI=true`` a skipped test is a failure, and it is named."""

import os

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn the run red where anything was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if reporter is not None and skipped and os.environ.get("CI", "").lower() in ("1", "true"):
        reporter.write_line(f"CI: {len(skipped)} skipped tests count as failed: {', '.join(r.nodeid for r in skipped)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
