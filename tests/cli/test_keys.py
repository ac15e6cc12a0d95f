"""Keys: those that protect nothing are refused, and where they are taken from."""

from __future__ import annotations

import pytest

from leakcheck.cli.keys import read_keys
from leakcheck.errors import UsageError


@pytest.mark.parametrize("content", [b"", b"  \n", b"short"])
def test_a_key_that_is_too_short_is_refused(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(UsageError, match="at least 8 characters"):
        read_keys([tmp_path / "key"], {})


def test_a_short_key_in_the_environment_is_refused_without_being_shown():
    with pytest.raises(UsageError) as error:
        read_keys([], {"LEAKCHECK_KEY": "tide"})
    assert "LEAKCHECK_KEY" in str(error.value)
    assert "tide" not in str(error.value)


def test_keys_are_those_of_the_files_and_of_the_environment(tmp_path):
    (tmp_path / "key").write_bytes(b"a tide of paper boats\n")
    keys = read_keys([tmp_path / "key"], {"LEAKCHECK_KEY": "the old lighthouse"})
    assert keys == [b"a tide of paper boats", b"the old lighthouse"]


def test_no_key_is_no_error():
    assert read_keys([], {"LEAKCHECK_KEY": ""}) == []
