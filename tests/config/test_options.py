"""What a configuration may say: known keys, with values of their kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.config import Config, Option, checked
from leakcheck.errors import UsageError

OPTIONS = {
    "bench": Option("texts"),
    "strict": Option("flag"),
    "threads": Option("number", least=1),
    "fail-on": Option("text", ("leak", "any", "never")),
    "baseline": Option("text", placed=lambda text, folder: f"{folder.as_posix()}/{text}"),
    "output": Option("texts", placed=lambda text, folder: f"{folder.as_posix()}/{text}"),
}


def check(table):
    return checked(Config(Path("there/leakcheck.toml"), table), OPTIONS)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param({"fail_on": "any"}, "did you mean 'fail-on'?", id="underscore"),
        pytest.param({"thread": 2}, "did you mean 'threads'?", id="nearly right"),
        pytest.param({"xyz": 2}, "there are baseline, bench, fail-on", id="unknown"),
        pytest.param({"strict": "yes"}, "strict: true or false is expected, not 'yes'", id="flag"),
        pytest.param({"strict": 1}, "strict: true or false is expected, not 1", id="flag, number"),
        pytest.param({"threads": 0}, "threads: a whole number from 1 on is expected", id="too few"),
        pytest.param({"threads": True}, "threads: a whole number", id="number, flag"),
        pytest.param({"threads": 1.5}, "threads: a whole number", id="number, part"),
        pytest.param({"fail-on": "leaks"}, "fail-on: one of leak, any, never", id="choice"),
        pytest.param({"bench": [1]}, "bench: text is expected, not 1", id="texts"),
        pytest.param({"bench": {"a": 1}}, "bench: text is expected", id="table"),
        pytest.param({"baseline": ["a"]}, "baseline: text is expected", id="list for a text"),
    ],
)
def test_what_makes_no_sense_is_told_with_the_file(table, message):
    with pytest.raises(UsageError, match=r"^there/leakcheck\.toml: ") as raised:
        check(table)
    assert message in str(raised.value)


def test_values_are_given_by_key():
    table = {"bench": ["a", "b"], "strict": False, "threads": 2, "fail-on": "any"}
    assert check(table) == table


def test_one_text_stands_for_a_list():
    assert check({"bench": "a"}) == {"bench": ["a"]}


def test_paths_start_from_the_folder_of_the_file():
    assert check({"baseline": "known.json", "output": ["a", "b"]}) == {
        "baseline": "there/known.json",
        "output": ["there/a", "there/b"],
    }
