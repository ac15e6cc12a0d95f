"""What a report says where not all was looked at, in every format's head."""

from __future__ import annotations

import json
from dataclasses import replace

import msgspec
import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import FORMATS
from leakcheck.report.part_told import estimates_sentence, interval, part_sentences
from leakcheck.verdict.records import EstimateReport, FileReport, SampleReport, ShardReport

TEST = EstimateReport("riddles", "test", 4, 3, 400.0, 72.06, 1359.2)
NONE = EstimateReport("riddles", "train", 0, 0, 0.0, 0.0, 368.9)
SAMPLE = SampleReport(0.01, 7, 1200, 40, 120_000_000_000, [TEST, NONE])


@pytest.fixture
def shard(make):
    """Return the report of a shard."""
    report = make.report([make.benchmark()])
    settings = msgspec.structs.replace(report.settings, shard=ShardReport(2, 16))
    return replace(report, settings=settings)


@pytest.fixture
def sample(make):
    """Return the report of a sample."""
    report = make.report([make.benchmark()])
    return replace(report, corpus=msgspec.structs.replace(report.corpus, sample=SAMPLE))


def test_a_whole_scan_is_told_as_ever(make):
    assert part_sentences(make.report([make.benchmark()])) == []
    assert estimates_sentence(make.report([make.benchmark()]), "riddles") == ""
    told = json.loads(FORMATS["json"].render(make.report([make.benchmark()]), Sheet()))
    assert "sample" not in told
    assert "shard" not in told["settings"]


@pytest.mark.parametrize("name", ["table", "markdown", "html", "concise", "card", "github"])
def test_a_shard_is_told_for_what_it_is(shard, name):
    text = " ".join(FORMATS[name].render(shard, Sheet(width=120)).split())
    assert "shard 2 of 16 alone" in text


@pytest.mark.parametrize("name", ["table", "markdown", "html", "concise", "card", "github"])
def test_a_sample_is_told_for_what_it_is(sample, name):
    text = " ".join(FORMATS[name].render(sample, Sheet(width=120)).split())
    assert "of 40 files (120.0 GB) each unit was drawn with a probability of 1 % (seed 7)" in (
        text.replace("%25", "%")
    )
    assert "1,200 units" in text
    assert "lower bounds" in text


@pytest.mark.parametrize("name", ["table", "markdown", "html"])
def test_estimates_stand_beside_the_benchmark(sample, name):
    text = " ".join(FORMATS[name].render(sample, Sheet(width=120)).split())
    assert "400 (95 %: 72 to 1,360)" in text
    assert "0 (95 %: 0 to 369)" in text


def test_json_has_all_of_it(shard, sample):
    told = json.loads(FORMATS["json"].render(sample, Sheet()))["sample"]
    assert told == msgspec.to_builtins(SAMPLE)
    told = json.loads(FORMATS["json"].render(shard, Sheet()))["settings"]["shard"]
    assert told == {"number": 2, "shards": 16}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "audit"])
def test_every_format_renders_them(shard, sample, name):
    for report in (shard, sample):
        assert isinstance(FORMATS[name].render(report, Sheet()), str | bytes)


def test_limits_are_rounded_outwards():
    assert interval(TEST) == "400 (95 %: 72 to 1,360)"


def test_a_place_inside_of_a_file_is_in_that_file(make):
    finding = make.finding(path="corpus/web.jsonl#byte=1048576", row=3)
    benchmark = make.benchmark(verdict="leaked")
    report = make.report([benchmark], [finding, make.finding(path="corpus/web.jsonl")])
    files = FileReport("corpus/web.jsonl", 10, 2, None)
    report = replace(report, files=(files,))
    results = json.loads(FORMATS["sarif"].render(report, Sheet()))["runs"][0]["results"]
    physical = [each["locations"][0]["physicalLocation"] for each in results]
    assert {each["artifactLocation"]["uri"] for each in physical} == {"corpus/web.jsonl"}
    named = {each["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for each in results}
    assert "corpus/web.jsonl#byte=1048576#row=3" in named
    assert "(1 of 1 files)" in FORMATS["table"].render(report, Sheet())
    assert "1 of 16 files hold test items" in FORMATS["html"].render(report, Sheet())
    github = FORMATS["github"].render(report, Sheet())
    assert "file=corpus/web.jsonl::" in github
    assert "row 3 from byte 1,048,576" in github
