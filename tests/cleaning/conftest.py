"""Findings to plan with, a scanner of our own benchmark, and its items to plant."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from leakcheck.detection.finding import Finding
from leakcheck.scanning import Scanner

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def finding() -> Callable[..., Finding]:
    """Make a finding of a test item; what matters to a test is named."""

    def make(**changes) -> Finding:
        fields = {
            "bench": "riddles",
            "split": "test",
            "role": "test",
            "item": "test/1",
            "kind": "verbatim",
            "score": 1.0,
            "bits": 100.0,
            "e_value": 0.0,
            "p_value": 0.0,
            "fields": ["question"],
            "path": "a.jsonl",
            "row": 0,
            "source": "text",
            "start": 0,
            "end": 1,
            "also": [],
            "shared": False,
            "excerpt": "",
            "fingerprint": "00",
        }
        return Finding(**{**fields, **changes})

    return make


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner("demo")


def _questions(split: str) -> list[str]:
    lines = (ROOT / "examples" / "demo_benchmark" / f"{split}.jsonl").read_text("utf-8")
    return [json.loads(line)["question"] for line in lines.splitlines()]


@pytest.fixture(scope="session")
def test_items() -> list[str]:
    """The questions of the test split."""
    return _questions("test")


@pytest.fixture(scope="session")
def train_items() -> list[str]:
    """The questions of the train split."""
    return _questions("train")
