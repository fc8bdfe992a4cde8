"""What tests counted on their way, printed at the end of a run."""

from __future__ import annotations

import pytest

COUNTED = "effort"
"""The property under which a test records a figure that people ask for."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each figure once; with several processes the reports bring them here."""
    passed = terminalreporter.getreports("passed")
    noted = [
        value for report in passed for name, value in report.user_properties if name == COUNTED
    ]
    if not noted:
        return
    terminalreporter.section("effort, in inputs of a family")
    for line in dict.fromkeys(map(str, noted)):
        terminalreporter.write_line(line)
