"""`leakcheck compare`: what changed, and the gate for new leaks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "corpus"


@pytest.fixture
def runs(run, tmp_path, monkeypatch):
    """Two runs: of the whole example corpus, and of it without one file."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLES, "corpus")
    scan = ("scan", "corpus", "--bench", "demo", "-q", "--fail-on", "never", "--run")
    assert run(*scan, "whole").exit_code == 0
    Path("corpus/chat.jsonl").unlink()
    assert run(*scan, "part").exit_code == 0
    return "whole", "part"


@pytest.mark.parametrize("order", [("whole", "nowhere"), ("nowhere", "part")])
def test_a_run_that_is_not_there_is_an_error(run, runs, order):
    result = run("compare", *order)
    assert result.exit_code == 2
    assert "nowhere: no run is there" in result.stderr


@pytest.mark.parametrize(
    ("order", "options", "code"),
    [
        pytest.param(("whole", "whole"), ["--fail-on", "new-leak"], 0, id="the same"),
        pytest.param(("whole", "part"), ["--fail-on", "new-leak"], 0, id="gone is no new leak"),
        pytest.param(("part", "whole"), [], 0, id="new, and no gate"),
        pytest.param(("part", "whole"), ["--fail-on", "never"], 0, id="new, never"),
        pytest.param(("part", "whole"), ["--fail-on", "new-leak"], 1, id="new"),
        pytest.param(("part", "whole"), ["--fail-on", "new-leak", "-f", "json"], 1, id="json"),
    ],
)
def test_exit_code_follows_the_new_leaks_if_it_is_to(run, runs, order, options, code):
    result = run("compare", *order, *options)
    assert (result.exit_code, result.stderr) == (code, "")


def test_a_run_compared_with_itself_is_the_same(run, runs):
    assert run("compare", "part", "part").stdout.startswith("The same")


def test_what_is_gone_is_named(run, runs):
    page = run("compare", *runs).stdout
    assert "No longer leaked" in page
    assert "Newly leaked" not in page
    assert "files: 16 -> 15" in page


def test_json_tells_the_same(run, runs):
    told = json.loads(run("compare", *runs, "-f", "json").stdout)
    assert told["no_longer_leaked"]
    assert told["newly_leaked"] == []
    assert {"what": "files", "before": 16, "after": 15} in told["coverage"]
