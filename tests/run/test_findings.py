"""What a verb needs of a run: findings, and those of all of the corpus."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from leakcheck.errors import RunError
from leakcheck.run.findings import of_all, with_findings
from leakcheck.verdict.records import SampleReport, ShardReport


def test_a_run_by_a_preset_is_refused_by_name(make):
    with pytest.raises(RunError, match="compare goes by findings, and a run by the preset palm"):
        with_findings(make.run(preset="palm"), "compare")


def test_any_other_run_is_given_back(make):
    run = make.run()
    assert with_findings(run, "compare") is run


def test_a_whole_run_is_given_back(make):
    run = make.run()
    assert of_all(run, "clean") is run


def test_a_shard_is_refused_by_its_number(make):
    run = make.run()
    shard = msgspec.structs.replace(run.settings, shard=ShardReport(3, 16))
    with pytest.raises(RunError, match="clean needs all that was found, and this run is shard 3"):
        of_all(replace(run, settings=shard), "clean")


def test_a_sample_is_refused(make):
    run = make.run()
    sample = msgspec.structs.replace(run.corpus, sample=SampleReport(0.01, 0, 9, 16, 10_000))
    with pytest.raises(RunError, match="impact needs all that was found, and this run looked at"):
        of_all(replace(run, corpus=sample), "impact")
