"""Tasks: the benchmark and the subset that a harness's name means."""

from __future__ import annotations

import pytest

from leakcheck.impact.tasks import TaskName, bench_of_task, subset_of_task

NAMES = ["gsm8k", "math", "math500", "mmlu", "mmlu_pro", "arc_easy"]


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("gsm8k", "gsm8k"),
        ("gsm8k_cot", "gsm8k"),
        ("inspect_evals/gsm8k", "gsm8k"),
        ("hendrycks_math_algebra", "math"),
        ("math500", "math500"),
        ("mmlu_anatomy", "mmlu"),
        ("mmlu_pro_law", "mmlu_pro"),
        ("ARC-Easy", "arc_easy"),
        ("gsm8kx", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_task_tells_the_benchmark(task, expected):
    assert bench_of_task(task, NAMES) == expected


@pytest.mark.parametrize(
    ("pattern", "task"), [("sums", "sums"), ("sums_{subset}_v2", "sums_long_division_v2")]
)
def test_what_the_user_names_comes_first(pattern, task):
    assert bench_of_task(task, NAMES, [TaskName("gsm8k", pattern)]) == "gsm8k"
    assert bench_of_task(task, NAMES) == ""


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("mmlu_high_school_physics", "high_school_physics"),
        ("mmlu_physics_generative", "physics"),
        ("ceval-valid_physics", "physics"),
        ("mmlu", ""),
        ("mmlu_metaphysics", ""),
    ],
)
def test_the_longest_subset_in_the_name_is_meant(task, expected):
    assert subset_of_task(task, ["physics", "high_school_physics"]) == expected
