"""README tells the truth: its example prints what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from leakcheck.cli import leakcheck

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example():
    """The command of the first block, and the output in the block that follows it."""
    block = re.search(
        r"```sh\npip install \. && (leakcheck .*)\n```\n\n```\n(.*?)```", README, re.S
    )
    assert block is not None
    return block.group(1), block.group(2)


def test_the_example_prints_what_readme_shows(example, monkeypatch):
    command, output = example
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    result = CliRunner().invoke(leakcheck, shlex.split(command)[1:])
    assert result.exit_code == 1  # a benchmark leaked
    assert result.stdout == output


def test_the_example_shows_both_verdicts_and_every_kind(example):
    _, output = example
    for word in ("LEAKED", "IN DISTRIBUTION", "verbatim", "near", "rewritten", "variants"):
        assert word in output


def test_the_tests_are_run_by_the_command_of_readme():
    assert 'pip install -e ".[test]" && pytest\n' in README
    assert "\npytest\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
