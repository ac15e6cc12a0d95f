"""A name in a run leads back to its file, though it be no UTF-8."""

from __future__ import annotations

import os
from pathlib import Path

from leakcheck.corpus import find_files
from leakcheck.run.files import file_of


def test_a_backslash_in_a_name_stays(tmp_path):
    odd = tmp_path / "a\\xe9.jsonl"
    odd.write_text("{}")
    assert file_of(str(odd)) == odd


def test_the_bytes_of_a_name_that_is_not_utf8_are_put_back(tmp_path):
    raw = os.fsencode(tmp_path) + b"/caf\xe9.jsonl"
    Path(os.fsdecode(raw)).write_text('{"text": "tea"}')
    [file], _ = find_files([tmp_path])
    assert file.name.endswith("caf\\xe9.jsonl")
    assert os.fsencode(file_of(file.name)) == raw


def test_what_is_gone_keeps_its_name():
    assert file_of("corpus/gone.jsonl") == Path("corpus/gone.jsonl")
