"""Names of files that are not UTF-8."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from leakcheck.corpus import PassageBatch, find_files, read_file


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_name_that_is_not_utf_8_is_read_and_shown_escaped(tmp_path: Path):
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text("Two goats and a boat.")
    files, skipped = find_files([tmp_path])
    assert [file.name.rpartition("/")[2] for file in files] == ["caf\\xe9.txt"]
    assert not skipped
    (batch,) = read_file(files[0])
    assert isinstance(batch, PassageBatch)
    assert batch.texts.to_pylist() == ["Two goats and a boat."]
