"""What the findings depend on is told where it differs, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from leakcheck.run.drift import coverage_drift, settings_drift
from leakcheck.verdict.records import IndexReport, PackReport, ShardReport, SkippedReport


def test_nothing_differs_from_itself(make):
    run = make.run()
    assert [*settings_drift(run, run), *coverage_drift(run, run)] == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"tokeniser": 2}, ("tokeniser", 1, 2)),
        ({"text_field": "body"}, ("text field", "all", "body")),
        ({"excludes": ["raw/", "*.bak"]}, ("excluded", "", "raw/ *.bak")),
        ({"diff_base": "main"}, ("rows added since", "", "main")),
        ({"shard": ShardReport(2, 3)}, ("part", "all", "shard 2 of 3")),
        ({"question_field": "ask"}, ("question field", "", "ask")),
        ({"paths": ["other"]}, ("paths", "corpus", "other")),
        ({"packs": [PackReport("riddles", ["7"], "11aa")]}, ("pack of riddles", "00ff", "11aa")),
        ({"packs": []}, ("riddles", "looked for", "not looked for")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_setting_that_differs_is_told(make, settings, told):
    assert [tuple(each) for each in settings_drift(make.run(), make.run(**settings))] == [told]


def test_another_version_is_told(make):
    before = make.run()
    [drift] = settings_drift(before, replace(before, version="1.3.0"))
    assert drift == ("leakcheck", "1.2.3", "1.3.0")


def test_of_many_paths_some_are_named(make):
    many = make.run(paths=[f"part-{n}.jsonl" for n in range(300)])
    [drift] = settings_drift(make.run(), many)
    assert drift.after == "part-0.jsonl part-1.jsonl part-2.jsonl and 297 more"


def test_an_index_in_place_of_the_corpus_is_told(make):
    before = make.run()
    index = IndexReport("corpus.lki", 4, 10, 3)
    asked = replace(before, corpus=msgspec.structs.replace(before.corpus, index=index))
    [drift] = settings_drift(before, asked)
    assert drift == ("index", "none", "scale 4, 3 without text")


def test_what_was_read_is_told_where_it_differs(make):
    before = make.run()
    skipped = [SkippedReport("corpus/b.jsonl", 3, "not JSON")]
    corpus = msgspec.structs.replace(before.corpus, documents=12, skipped=skipped)
    drifts = list(coverage_drift(before, replace(before, corpus=corpus)))
    assert drifts == [("documents", 10, 12), ("places that could not be read", 0, 1)]
