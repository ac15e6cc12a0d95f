"""docs/formats.md tells the truth: its examples print what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from leakcheck.cli import leakcheck
from leakcheck.detection.finding import Finding
from leakcheck.report import FORMATS
from leakcheck.report.sarif_rules import RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
_EXAMPLE = r"```sh\n(leakcheck scan examples/[^\n]* -f \w+)\n```\n\n(`{3,})\w*\n(.*?)\n\2\n"
EXAMPLES = {command: shown for command, _, shown in re.findall(_EXAMPLE, PAGE, re.S)}
LEFT_OUT = "[...]"


def rounded(text: str) -> str:
    """Round the numbers of a text: their last digits are the processor's."""
    return re.sub(r"\d+\.\d{5,}(e-?\d+)?", lambda number: f"{float(number[0]):.5g}", text)


def shown_in(pieces: list[str], printed: str) -> bool:
    """Tell whether the pieces are in a text, whole lines each, one after the other."""
    position = 0
    for piece in pieces:
        position = printed.find(f"\n{piece}\n", position)
        if position < 0:
            return False
        position += len(piece)
    return True


@pytest.mark.parametrize("command", EXAMPLES)
def test_an_example_prints_what_the_page_shows(command, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(leakcheck, shlex.split(command)[1:])
    assert result.exit_code == 1  # a benchmark leaked
    printed = "\n" + rounded(result.stdout.replace("\r\n", "\n"))
    shown = rounded(EXAMPLES[command])
    pieces = re.split(rf"^{re.escape(LEFT_OUT)}$", shown, flags=re.MULTILINE)
    assert shown_in([piece.strip("\n") for piece in pieces if piece.strip()], printed)


def test_every_format_of_text_has_an_example():
    shown = {command.rpartition(" ")[2] for command in EXAMPLES}
    assert shown >= {"csv", "markdown", "sarif", "junit", "github", "conda", "card", "croissant"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_in_the_table_with_its_suffixes(name):
    (row,) = re.findall(rf"^\| `{name}` \| (.*?) \|", PAGE, re.MULTILINE)
    assert re.findall("`(.*?)`", row) == list(FORMATS[name].suffixes)


@pytest.mark.parametrize("column", Finding.__struct_fields__)
def test_every_column_is_explained(column):
    assert re.search(rf"^\| [^|]*`{column}`[^|]* \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_listed_with_its_level(rule):
    assert f"| `{rule.id}` {rule.name} | {rule.level} |" in PAGE
