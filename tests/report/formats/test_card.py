"""The block for cards: verdicts, what was looked at, and what the scan cannot say."""

from __future__ import annotations

import json
import re

from leakcheck.report import Sheet
from leakcheck.report.formats import card
from leakcheck.report.statements import LIMITS


def render(report):
    return card.render(report, Sheet())


def test_a_clean_benchmark_needs_its_row_only(make):
    text = render(make.report([make.benchmark()]))
    lines = [line for line in text.splitlines() if "`riddles`" in line]
    assert lines == [
        "| `riddles` | clean | 0 of 1,300 (0 %) | 0 of 7,000 (0 %) |",
    ]


def test_fits_below_a_heading_of_the_second_level(five_benchmarks):
    headings = re.findall(r"^#+ ", render(five_benchmarks).split("```yaml")[0], re.MULTILINE)
    assert headings == ["### "]


def test_accepted_findings_are_told(make):
    benchmark = make.benchmark(accepted=1, verdict_with_accepted="leaked")
    assert "| 0 of 1,300 (0 %), 1 finding accepted |" in render(make.report([benchmark]))
    assert "with them the verdict would be LEAKED" in render(make.report([benchmark]))


def test_names_every_limit(leaked):
    text = render(leaked)
    assert [limit for limit in LIMITS if limit not in text] == []


def test_notes_are_yaml_whatever_a_benchmark_is_called(make):
    name = 'a": b\n```'
    text = render(make.report([make.benchmark(name=name)]))
    block = text.split("```yaml\n")[1].split("\n```\n")[0].splitlines()
    assert json.loads(block[0].removeprefix("# ")) == name
    assert "test items not found" in json.loads(block[1].removeprefix("notes: "))


def test_five_benchmarks_render_as_in_the_golden_file(five_benchmarks, matches_golden):
    matches_golden(render(five_benchmarks), "five_benchmarks.card.md")
