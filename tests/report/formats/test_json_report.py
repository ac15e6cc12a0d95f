"""The JSON report, `leakcheck/report/1`: programs read it, so nothing in it may move."""

from __future__ import annotations

import json

import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import json_report
from leakcheck.verdict.records import SkippedReport


def test_findings_are_left_to_json_lines(leaked):
    assert "lantern keeper" not in json_report.render(leaked, Sheet())


def test_renders_as_in_the_golden_file(five_benchmarks, matches_golden):
    matches_golden(json_report.render(five_benchmarks, Sheet()), "five_benchmarks.json")


def test_ends_with_one_line_break(leaked):
    text = json_report.render(leaked, Sheet())
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_is_the_same_each_time(five_benchmarks):
    assert json_report.render(five_benchmarks, Sheet()) == json_report.render(
        five_benchmarks, Sheet()
    )


@pytest.mark.parametrize(
    "name", ["\u8003\u8a66.jsonl", "caf\udce9.jsonl"], ids=["Chinese", "not UTF-8"]
)
def test_keeps_any_file_name(make, name):
    skipped = [SkippedReport(name, None, "cannot be opened")]
    text = json_report.render(make.report(skipped=skipped), Sheet())
    written = text.encode("utf-8", "backslashreplace")
    assert json.loads(written)["corpus"]["skipped"][0]["path"] == name


def test_has_the_keys_of_the_schema(leaked):
    document = json.loads(json_report.render(leaked, Sheet()))
    keys = ["schema", "tool", "settings", "corpus", "benchmarks", "canaries", "stale"]
    assert list(document) == keys
    assert document["schema"] == "leakcheck/report/1"
    assert document["tool"] == {"name": "leakcheck", "version": "1.2.3"}
    assert list(document["corpus"]) == ["files", "documents", "bytes", "skipped"]
    assert list(document["benchmarks"][0]["splits"]) == ["train", "test", "exemplars"]
