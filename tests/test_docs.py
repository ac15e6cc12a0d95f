"""The docs tell the truth: docs/cli.md has every command's help, and commands in docs exist.

With UPDATE_GOLDEN=1 docs/cli.md is written anew.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from leakcheck.cli import leakcheck

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "cli.md"
WIDTH = 80

TASKS: dict[str, tuple[str, ...]] = {
    "Scan": ("scan", "compare-presets", "selftest"),
    "Look at what was found": ("explain", "report", "compare"),
    "Act on it": ("clean", "impact", "verify-audit"),
    "Index a corpus": ("index", "near", "proximity", "sql"),
    "Benchmarks": ("bench",),
    "Your shell": ("completion",),
}

OPENING = """\
# Commands

Every command's help, as its `--help` prints it.

| to ... | |
|---|---|
| see whether a benchmark leaked into a corpus | `leakcheck scan corpus/ --bench gsm8k` |
| see what published criteria flag | `leakcheck compare-presets corpus/ --bench gsm8k` |
| see what a "clean" is worth on your data | `leakcheck selftest --corpus corpus/` |
| look at one finding closely | `leakcheck explain gsm8k:test/3` |
| write the last scan's report in another format | `leakcheck report -o report.html` |
| see what changed since another scan | `leakcheck compare before/ after/` |
| take what leaks out of a corpus | `leakcheck clean corpus/ --bench gsm8k -o clean/` |
| see what a leak does to a score | `leakcheck impact RUN --results samples.jsonl` |
| check later that the files are those scanned | `leakcheck verify-audit corpus.audit.json` |
| ask a large corpus again and again | `leakcheck index corpus/ -o corpus.lki` |
| find near-duplicates of items or texts | `leakcheck near corpus.lki --bench gsm8k` |
| see how close a corpus comes to a test | `leakcheck proximity corpus.lki --bench gsm8k` |
| ask anything else of an index | `leakcheck sql corpus.lki "SELECT ..."` |
| name the benchmarks there are, or add one | `leakcheck bench list` |
| complete all of these in your shell | `leakcheck completion bash` |

Exit codes are the same everywhere: 0 nothing to fail on, 1 what the command fails on, 2 a usage,
input or internal error, 130 interrupted. The environment: `LEAKCHECK_CACHE_DIR` is where packs, the
last run and what a scan lays out of its benchmarks (up to 256 MB) are kept; `LEAKCHECK_KEY` is the
key of a private benchmark; `NO_COLOR` and `FORCE_COLOR` turn colours off and on.
[Formats](formats.md) says what `-f` and `-o` can name, [After a
scan](audit.md) more of `explain`, `report`, `compare` and `verify-audit`.
"""


def commands(
    command: click.Command = leakcheck, name: str = "leakcheck", above: click.Context | None = None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield a command and all below it, with their names and contexts."""
    context = command.context_class(
        command,
        info_name=name if above is None else name.rpartition(" ")[2],
        parent=above,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **(command.context_settings if above is None else {}),
    )
    yield name, command, context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            assert below is not None
            yield from commands(below, f"{name} {each}", context)


ALL = {name: (command, context) for name, command, context in commands()}


def generated() -> str:
    parts = [OPENING]
    for task, verbs in TASKS.items():
        parts.append(f"## {task}\n")
        for verb in verbs:
            of_verb = [name for name in ALL if f"{name} ".startswith(f"leakcheck {verb} ")]
            for name in of_verb:
                command, context = ALL[name]
                level = "###" if name == of_verb[0] else "####"
                parts.append(f"{level} {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def test_the_page_of_commands_has_the_help_as_it_is():
    text = generated()
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, "UPDATE_GOLDEN=1 writes docs/cli.md anew"


def test_every_verb_belongs_to_one_task():
    named = [verb for verbs in TASKS.values() for verb in verbs]
    assert sorted(named) == sorted(leakcheck.list_commands(click.Context(leakcheck)))


@pytest.mark.parametrize("name", [name for name in ALL if name != "leakcheck"])
def test_every_command_says_what_it_does_and_stands_in_the_page(name):
    command, context = ALL[name]
    assert (command.help or "").strip()
    assert f"# {name}\n" in PAGE.read_text(encoding="utf-8")
    assert "-h, --help" in command.get_help(context)


@pytest.mark.parametrize(
    ("name", "option"),
    [
        pytest.param(name, option, id=f"{name} {option.opts[-1]}")
        for name, (command, _) in ALL.items()
        for option in command.params
        if isinstance(option, click.Option)
    ],
)
def test_every_option_is_explained(name, option):
    assert option.help or isinstance(option.type, click.Choice)


def commands_in(text: str) -> Iterator[list[str]]:
    """Yield the calls of leakcheck in a page, in shell blocks and in line, each as its words."""
    for call in re.findall(r"`leakcheck ([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)):
        yield shlex.split(call)
    for block in re.findall(r"```(?:sh|bash|console)\n(.*?)```", text, re.S):
        for line in block.replace("\\\n", " ").splitlines():
            call = re.search(r"(?:^|[|&;$]\s*)leakcheck ([a-z-].*)", line)
            if call:
                words = shlex.split(call[1], comments=True)
                ends = [n for n, word in enumerate(words) if word in ("|", ">", "<", "&&", ";")]
                yield words[: ends[0]] if ends else words


CALLS = [
    pytest.param(call, id=f"{path.name}: {' '.join(call)}")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for call in commands_in(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("call", CALLS)
def test_commands_in_the_docs_exist_with_their_options(call):
    if call[0].startswith("-"):  # an option of leakcheck itself
        return
    command: click.Command = leakcheck
    words = list(call)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        below = command.get_command(click.Context(command), words[0])
        if below is None and command.name == "index":  # `index corpus/` builds
            below = command.get_command(click.Context(command), "build")
        else:
            words.pop(0)
        assert below is not None, f"there is no command {call}"
        command = below
    known = {opt for option in command.params for opt in (*option.opts, *option.secondary_opts)}
    known |= {"-h", "--help"}
    asked = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert asked <= known


def test_the_docs_have_commands_to_check():
    assert len(CALLS) > 20
