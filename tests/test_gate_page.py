"""docs/gate.md and examples/ci tell the truth: what they show runs, and prints what they say."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from leakcheck.accepted import read_allowed
from leakcheck.cli import leakcheck
from leakcheck.cli.scan import scan
from leakcheck.cli.settings import ALLOW, known_keys
from leakcheck.config import Config, checked

from .repositories import Repository

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "gate.md").read_text("utf-8")
WORKFLOW = (ROOT / "examples" / "ci" / "github-actions.yml").read_text("utf-8")
HOOKS = (ROOT / "examples" / "ci" / "pre-commit-config.yaml").read_text("utf-8")
MANIFEST = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")


def commands(text: str) -> list[str]:
    return re.findall(r"^(?:\$ |- run: |\s*- run: )?(leakcheck scan .*)$", text, re.MULTILINE)


def test_the_example_prints_what_the_page_shows(monkeypatch):
    monkeypatch.chdir(ROOT)
    ((command, shown),) = re.findall(
        r"```console\n\$ (leakcheck scan examples[^\n]*)\n(.*?)```", PAGE, re.DOTALL
    )
    result = CliRunner().invoke(leakcheck, shlex.split(command)[1:])
    assert (result.exit_code, result.stdout) == (1, shown)


@pytest.mark.parametrize("command", commands(PAGE) + commands(WORKFLOW))
def test_every_command_is_one(command):
    arguments = shlex.split(command)[2:]
    with scan.make_context("scan", [*arguments, "--isolated"]) as context:
        assert context.params["paths"]


def test_the_configuration_is_one(tmp_path):
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    table = tomllib.loads(text)
    assert read_allowed(table.pop(ALLOW), tmp_path)[0].split == "test"
    assert set(checked(Config(tmp_path, table), known_keys(scan))) == set(table)


@pytest.mark.parametrize("text", [PAGE, HOOKS], ids=["page", "example"])
def test_every_hook_that_is_named_is_in_the_manifest(text):
    named = re.findall(r"- id: ([\w-]+)", text)
    assert named
    assert set(named) <= set(re.findall(r"^- id: ([\w-]+)$", MANIFEST, re.MULTILINE))


def test_the_workflow_writes_what_it_uploads(tmp_path, monkeypatch):
    repository = Repository(tmp_path / "data")
    item = (ROOT / "examples/demo_benchmark/test.jsonl").read_text("utf-8").splitlines()[0]
    repository.write("leakcheck.toml", 'bench = ["demo"]\nexclude = ["raw/"]\n')
    repository.write("data/a.jsonl", json.dumps({"text": json.loads(item)["question"]}) + "\n")
    monkeypatch.chdir(repository.folder)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (command,) = commands(WORKFLOW)
    (uploaded,) = re.findall(r"sarif_file: (\S+)", WORKFLOW)
    result = CliRunner().invoke(leakcheck, shlex.split(command)[1:])
    assert result.exit_code in (0, 1), result.stderr
    sarif = json.loads((repository.folder / uploaded).read_text("utf-8"))
    assert sarif["version"] == "2.1.0"
    assert len(sarif["runs"][0]["results"]) == 1
    assert "file=data/a.jsonl,line=1" in result.stdout
    assert "demo" in (tmp_path / "summary.md").read_text("utf-8")
