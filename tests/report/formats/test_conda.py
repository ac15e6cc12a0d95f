"""Rows for the CONDA database: its columns, and percentages that claim no more than the verdict."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import conda


def row(report):
    header, *rows = conda.render(report, Sheet()).splitlines()
    return dict(zip(header.split(";"), rows[0].split(";"), strict=True))


def test_what_is_put_down_to_chance_is_no_contamination(make):
    splits = {"test": make.split("test", 14_042, matched=1, rewritten=1)}
    assert conda.percentage(make.benchmark(splits=splits), "test", {}) == "0.00"


def test_where_the_test_is_inconclusive_nothing_is_claimed(make):
    splits = {
        "test": make.split("test", 100, matched=1, near=1),
        "train": make.split("train", 100, matched=9, near=9),
    }
    benchmark = make.benchmark(verdict="inconclusive", splits=splits)
    assert [conda.percentage(benchmark, role, {}) for role in ("train", "dev", "test")] == [
        "9.00",
        "",
        "",
    ]


def test_few_shot_examples_are_no_development_split(leaked):
    assert row(leaked)["Development Split"] == ""


def test_splits_of_one_role_are_taken_together(make):
    splits = {
        name: make.split("test", 250, matched=found, verbatim=found)
        for name, found in (("test_de", 250), ("test_en", 0))
    }
    assert conda.percentage(make.benchmark(verdict="leaked", splits=splits), "test", {}) == "50.00"


def test_little_is_not_rounded_to_nothing(make):
    splits = {"test": make.split("test", 100_000, matched=1, verbatim=1)}
    assert conda.percentage(make.benchmark(verdict="leaked", splits=splits), "test", {}) == "0.001"


@pytest.mark.parametrize(
    ("paths", "source"),
    [
        (["data/web/", "data/code.jsonl"], "web, code.jsonl"),
        (["."], ""),
        (["-"], ""),
    ],
)
def test_the_corpus_is_named_without_the_folders_it_lies_in(make, paths, source):
    report = make.report([make.benchmark()])
    settings = msgspec.structs.replace(report.settings, paths=paths)
    assert row(replace(report, settings=settings))["Contaminated Source"] == source


def test_a_benchmark_of_the_model_hub_has_its_name_there(make):
    assert row(make.report([make.benchmark(name="gsm8k")]))["Evaluation Dataset"] == "openai/gsm8k"


def test_what_is_accepted_is_there_all_the_same(make):
    benchmark = make.benchmark(accepted=3, verdict_with_accepted="leaked")
    findings = [
        make.finding("test/3", accepted="baseline", also=["test/4"]),
        make.finding("test/5", accepted="baseline", shared=True),
        make.finding("train/3", accepted="baseline"),
        make.finding("train/3", row=9),
    ]
    told = row(make.report([benchmark], findings))
    assert (told["Train Split"], told["Test Split"]) == ("0.00", "0.15")


def test_five_benchmarks_render_as_in_the_golden_file(five_benchmarks, matches_golden):
    matches_golden(conda.render(five_benchmarks, Sheet()), "five_benchmarks.conda.csv")
