"""docs/presets.md tells the truth: the table of presets, their deviations, and the example."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from leakcheck.cli import leakcheck
from leakcheck.presets import PRESETS, preset_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "presets.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_stands_in_the_table_with_its_deviations(name):
    preset = preset_of(name)
    assert f"| `{name}` | {preset.criterion} | {preset.source} |\n" in PAGE
    assert f"- `{name}`: {'; '.join(preset.deviations)}.\n" in PAGE


def test_the_example_prints_what_the_page_shows(monkeypatch):
    block = re.search(r"```sh\n(leakcheck [^\n]*)\n```\n\n```\n(.*?)```", PAGE, re.S)
    assert block is not None
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "90")
    result = CliRunner().invoke(leakcheck, [*shlex.split(block.group(1))[1:], "--no-progress"])
    assert result.stdout == block.group(2)
