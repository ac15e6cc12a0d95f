"""The baseline file: small changes of what is known are small changes of the file."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.accepted.baseline import (
    Baseline,
    Known,
    PackUsed,
    Params,
    read_baseline,
    write_baseline,
)
from leakcheck.errors import UsageError

KNOWN = Known("00c0ffee00c0ffee", "riddles", "test", "test/3", "verbatim")
WRITTEN = """\
{
  "version": 1,
  "tool_version": "1.2.3",
  "indexes": [
    {"bench": "riddles", "revision": "7", "checksum": "c0ffee"}
  ],
  "params": {"text_field": null, "tokeniser": 2, "fail_on": "leak"},
  "findings": [
    {"fingerprint": "00c0ffee00c0ffee", "bench": "riddles", "split": "test", "item_id": "test/3", \
"kind": "verbatim", "reason": "quoted in a paper – on purpose", "label": ""}
  ]
}
"""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "damaged", id="empty"),
        pytest.param(b'{"version": 1, "findings": [', "damaged", id="cut off"),
        pytest.param(b'{"findings": [{"bench": "riddles"}]}', "fingerprint", id="field missing"),
        pytest.param(b'{"findings": 3}', r"\$\.findings", id="wrong type"),
        pytest.param(b"[]", "damaged", id="another file"),
        pytest.param(b'{\n<<<<<<< HEAD\n"version": 1\n', "marks of a merge", id="merge"),
        pytest.param(b'{"version": 2}', "version 2", id="another version"),
        pytest.param(b'"\xff"', "damaged", id="not text"),
    ],
)
def test_what_is_no_baseline_is_an_error_that_names_it(tmp_path, data, message):
    path = tmp_path / "known.json"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=message) as raised:
        read_baseline(path)
    assert str(path) in str(raised.value)
    assert "--update-baseline" in str(raised.value)


def test_a_baseline_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(UsageError, match="no such baseline; --update-baseline writes one"):
        read_baseline(tmp_path / "known.json")


def test_a_place_that_cannot_be_written_to_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        write_baseline(Baseline(), tmp_path / "file" / "known.json")


def test_every_finding_has_a_line(tmp_path):
    known = msgspec.structs.replace(KNOWN, reason="quoted in a paper – on purpose")
    packs, params = (PackUsed("riddles", "7", "c0ffee"),), Params(None, 2, "leak")
    baseline = Baseline(1, "1.2.3", packs, params, (known,))
    write_baseline(baseline, tmp_path / "known.json")
    assert (tmp_path / "known.json").read_text("utf-8") == WRITTEN


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@given(known=st.lists(st.builds(Known, *[TEXT] * 5, reason=TEXT, label=TEXT), max_size=4))
def test_what_is_written_is_read(tmp_path_factory, known):
    path = tmp_path_factory.getbasetemp() / "round.json"
    baseline = Baseline(tool_version="1", findings=tuple(known))
    write_baseline(baseline, path)
    assert read_baseline(path) == baseline
    assert path.read_text("utf-8").count('"fingerprint": ') == len(known)
