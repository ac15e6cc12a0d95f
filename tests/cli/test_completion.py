"""`leakcheck completion`: the script works in the shell it is for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import click
import pytest
from click.shell_completion import BashComplete

from leakcheck.cli import leakcheck
from leakcheck.cli.completion import complete_benchmarks

ASK = """
source {script}
COMP_WORDS=({words})
COMP_CWORD={place}
_leakcheck_completion leakcheck
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def bash(run, tmp_path):
    """Ask a bash that has read the script for completions of words."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    script = tmp_path / "leakcheck.bash"
    script.write_text(run("completion", "bash").stdout)
    program = tmp_path / "leakcheck"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m leakcheck "$@"\n')
    program.chmod(0o755)

    def ask(*words: str) -> list[str]:
        asked = ASK.format(
            script=script, words=" ".join(words) + ' ""' * (words[-1] == ""), place=len(words) - 1
        )
        environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
        answer = subprocess.run(
            ["bash", "-c", asked],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        assert answer.stderr == ""
        return answer.stdout.split()

    return ask


def test_an_unknown_shell_is_an_error(run):
    result = run("completion", "tcsh")
    assert result.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_the_command(run, shell):
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_LEAKCHECK_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.parametrize(
    ("words", "some"),
    [
        pytest.param(["leakcheck", "expl"], {"explain"}, id="a command"),
        pytest.param(["leakcheck", "verify-"], {"verify-audit"}, id="one with a hyphen"),
        pytest.param(["leakcheck", "index", "ver"], {"verify"}, id="one of a group"),
        pytest.param(["leakcheck", "scan", "--fail"], {"--fail-on"}, id="an option"),
        pytest.param(["leakcheck", "scan", "--fail-on", "n"], {"never"}, id="a choice"),
        pytest.param(["leakcheck", "completion", "z"], {"zsh"}, id="a shell"),
    ],
)
def test_bash_completes(bash, words, some):
    assert some <= set(bash(*words))


@pytest.mark.parametrize("verb", ["scan", "clean", "near", "proximity"])
def test_every_verb_that_looks_for_benchmarks_completes_them(verb):
    shell = BashComplete(leakcheck, {}, "leakcheck", "_LEAKCHECK_COMPLETE")
    found = shell.get_completions([verb, "corpus", "--bench"], "demo,gsm8")
    assert [each.value for each in found] == ["demo,gsm8k"]


@pytest.mark.parametrize(
    ("begun", "some"),
    [
        ("gsm", ["gsm8k"]),
        ("math,gsm8", ["math,gsm8k"]),
        ("no_such", []),
        ("reas", ["reasoning"]),
        ("al", ["all"]),
    ],
)
def test_benchmarks_and_groups_are_completed_after_a_comma_too(begun, some):
    completed = complete_benchmarks(
        click.Context(click.Command("scan")), click.Option(["-b"]), begun
    )
    assert set(some) <= set(completed)
    assert all(name.startswith(begun) for name in completed)
