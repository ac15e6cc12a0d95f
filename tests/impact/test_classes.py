"""Classes: what the run found of an item, and whether that makes it a leaked one."""

from __future__ import annotations

import pyarrow as pa
import pytest

from leakcheck.impact.classes import LEAKED, class_of, classes_of_items
from leakcheck.verdict.records import ITEM_SCHEMA, CorpusReport, Report, SettingsReport


@pytest.mark.parametrize(
    ("row", "expected", "leaked"),
    [
        pytest.param(("", False, "", True), "not_found", False, id="nothing found"),
        pytest.param(("", False, "", False), "untestable", False, id="cannot be found"),
        pytest.param(("variant", False, "", True), "variant", False, id="other numbers"),
        pytest.param(("verbatim", True, "", True), "shared", False, id="in train too"),
        pytest.param(("near", False, "allow: ours", True), "allowed", False, id="allowed"),
        pytest.param(("near", False, "chance", True), "not_found", False, id="by chance"),
        pytest.param(("near", False, "baseline", True), "near", True, id="known already"),
        pytest.param(("verbatim", False, "", True), "verbatim", True, id="verbatim"),
        pytest.param(("rewritten", False, "", False), "rewritten", True, id="found all the same"),
    ],
)
def test_an_item_has_one_class(row, expected, leaked):
    assert class_of(*row) == expected
    assert (class_of(*row) in LEAKED) is leaked


def test_the_items_of_one_benchmark_are_taken_in_order():
    rows = [("other", "test", "test/0"), ("demo", "test", "test/1"), ("demo", "test", "test/0")]
    columns = [*zip(*rows, strict=True), [""] * 3, [False] * 3, [""] * 3, [True] * 3]
    items = pa.table([pa.array(each) for each in columns], names=ITEM_SCHEMA.names)
    report = Report(
        "1", SettingsReport([], None, 1, []), CorpusReport(0, 0, 0, 0, []), (), pa.table({}),
        items=items,
    )  # fmt: skip
    assert list(classes_of_items(report, "demo")) == ["test/1", "test/0"]
