"""A run by a preset has no findings, and what goes by findings says so."""

from __future__ import annotations

import pytest

from leakcheck.errors import RunError
from leakcheck.run.findings import with_findings


def test_a_run_by_a_preset_is_refused_by_name(make):
    with pytest.raises(RunError, match="compare goes by findings, and a run by the preset palm"):
        with_findings(make.run(preset="palm"), "compare")


def test_any_other_run_is_given_back(make):
    run = make.run()
    assert with_findings(run, "compare") is run
