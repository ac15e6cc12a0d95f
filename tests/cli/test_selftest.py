"""`leakcheck selftest` as a user calls it."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import msgspec
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
WEB = str(EXAMPLES / "corpus" / "web.jsonl.zst")
FEW = ("selftest", "--corpus", WEB, "--items", "3")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((*FEW, "--bench", "demmo"), "did you mean demo", id="no such benchmark"),
        pytest.param((*FEW, "--bench", "gsm8k"), "--item-texts DIR", id="no texts"),
        pytest.param(("selftest", "--corpus", "nowhere"), "nowhere", id="no such path"),
        pytest.param(("selftest", "--corpus", "-"), "planted into files", id="standard input"),
        pytest.param((*FEW, "--items", "0"), "--items", id="no items"),
    ],
)
def test_what_cannot_be_done_is_said(run, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_the_demo_is_tried_on_the_documents_that_were_named(run):
    result = run(*FEW)
    assert result.exit_code == 0, result.stderr
    assert "demo: 3 of 24 test items, 3 of 36 items of other splits" in result.stdout
    assert 'What a "clean" is worth here' in result.stdout


def test_a_data_file_is_planted_as_it_is_and_json_goes_to_a_file(run, tmp_path):
    path = tmp_path / "result.json"
    own = EXAMPLES / "demo_benchmark" / "test.jsonl"
    result = run(*FEW, "--bench", str(own), "-f", "json", "-o", str(path), "--seed", "4")
    assert (result.exit_code, result.stdout) == (0, "")
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["settings"] == {"seed": 4, "paths": [WEB], "text_field": None}
    assert document["benchmarks"][0]["name"] == "test"


def test_a_promise_that_is_not_kept_fails(run, monkeypatch):
    module = importlib.import_module("leakcheck.selftest.running")
    honest = module.selftest

    def broken(*arguments, **options):
        result = honest(*arguments, **options)
        benchmarks = [msgspec.structs.replace(result.benchmarks[0], broken=["copies were missed"])]
        return msgspec.structs.replace(result, benchmarks=benchmarks)

    monkeypatch.setattr(module, "selftest", broken)
    result = run(*FEW)
    assert result.exit_code == 1
    assert "FAILED  copies were missed" in result.stdout
