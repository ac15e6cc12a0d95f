"""`leakcheck compare-presets` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CORPUS = str(Path(__file__).parents[2] / "examples" / "corpus")
DEMO = ("compare-presets", CORPUS, "--bench", "demo", "--no-progress")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare-presets", CORPUS), "Missing option '--bench'"),
        (("compare-presets", "-", "--bench", "demo"), "standard input only once"),
        (("compare-presets", "nowhere", "--bench", "demo"), "nowhere"),
        ((*DEMO, "--preset", "palms"), "did you mean palm"),
        ((*DEMO, "--bench", "demmo"), "did you mean demo"),
    ],
    ids=["no benchmark", "standard input", "no such path", "no such preset", "no such benchmark"],
)
def test_what_cannot_be_done_is_said(run, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_the_table_has_a_row_a_preset(run):
    result = run(*DEMO, "--preset", "palm,s1", "--preset", "llama2")
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")]
    assert [name for name in names if name in ("leakcheck", "palm", "s1", "llama2")] == [
        "leakcheck",
        "palm",
        "s1",
        "llama2",
    ]


def test_json_goes_to_a_file(run, tmp_path):
    path = tmp_path / "presets.json"
    result = run(*DEMO, "--preset", "s1", "-f", "json", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(path.read_text(encoding="utf-8"))["benchmarks"][0]["name"] == "demo"
