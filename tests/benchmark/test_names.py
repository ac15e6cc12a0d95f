"""Names that are not known: the nearest are named, or all."""

from __future__ import annotations

import pytest

from leakcheck.benchmark.names import unknown_name

NAMES = ["gsm8k", "math", "math500", "mmlu", "humaneval", "reasoning"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("zzz", "it knows gsm8k, math, math500, mmlu", id="nothing near"),
        pytest.param("gsm9k", "did you mean gsm8k?", id="one wrong character"),
        pytest.param("math5000", "did you mean math500 or math", id="several near"),
        pytest.param("resoning", "did you mean reasoning", id="a group"),
    ],
)
def test_the_nearest_names_are_told(name, hint):
    assert hint in unknown_name(name, NAMES)
