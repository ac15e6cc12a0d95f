"""Entries that allow findings: each names what it means, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.accepted.allow import Allowed, read_allowed
from leakcheck.errors import UsageError

CONFIG = Path("leakcheck.toml")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        pytest.param({"bench": "riddles", "item": "test/3"}, "`reason`", id="no reason"),
        pytest.param({"reason": " ", "fingerprint": "c0ffee"}, "reason is empty", id="empty"),
        pytest.param(
            {"reason": "so", "bench": "riddles"}, "item or split", id="all of a benchmark"
        ),
        pytest.param({"reason": "so", "item": "test/3"}, "item or split", id="of which benchmark"),
        pytest.param({"reason": "so", "path": "a.jsonl"}, "path", id="a place"),
        pytest.param({"reason": 3, "fingerprint": "c0ffee"}, "reason", id="no text"),
        pytest.param("c0ffee", "Expected `object`".lower(), id="no table"),
    ],
)
def test_an_entry_that_makes_no_sense_is_told_with_its_place(entry, message):
    good = {"reason": "so", "fingerprint": "c0ffee"}
    with pytest.raises(UsageError, match=r"^leakcheck\.toml: allow\[1\]: ") as raised:
        read_allowed([good, entry], CONFIG)
    assert message in str(raised.value)


def test_a_table_in_place_of_a_list_is_an_error():
    with pytest.raises(UsageError, match="a list of tables is expected"):
        read_allowed({"reason": "so"}, CONFIG)


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        pytest.param({"fingerprint": "00c0ffee"}, True, id="fingerprint"),
        pytest.param({"bench": "riddles", "item": "test/3"}, True, id="item"),
        pytest.param({"bench": "riddles", "item": "test/8"}, True, id="twin"),
        pytest.param({"bench": "riddles", "split": "test"}, True, id="split"),
        pytest.param({"fingerprint": "00c0ffee", "bench": "sums"}, False, id="other benchmark"),
        pytest.param({"fingerprint": "11c0ffee"}, False, id="other text"),
        pytest.param({"bench": "riddles", "item": "test/4"}, False, id="other item"),
        pytest.param({"bench": "riddles", "split": "train"}, False, id="other split"),
        pytest.param({"bench": "sums", "split": "test"}, False, id="split of another"),
    ],
)
def test_what_an_entry_fits(finding, entry, fits):
    (allowed,) = read_allowed([{"reason": "licensed", **entry}], CONFIG)
    assert allowed.fits(finding("test/3", fingerprint="00c0ffee", also=["test/8"])) is fits


def test_an_entry_is_told_with_its_reason():
    allowed = Allowed("licensed", bench="riddles", item="test/3")
    assert allowed.told == "allow: riddles test/3 (licensed)"
