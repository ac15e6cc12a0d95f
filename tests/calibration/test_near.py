"""Near findings: what background text nearly says, and how much it lacks of saying it."""

from __future__ import annotations

import pytest

from leakcheck.calibration.near import DOCUMENT_BYTES, LOWERED_BITS, near_findings

ORCHARD = "Grandmother Ottilie stacks 230 jars of quince jelly on the cellar shelf by the window."
HARBOUR = "The harbour master of Saxcombe counts 41 herring boats and 17 copper lanterns at dusk."
# Says most of the orchard in its own words.
ECHO = "Grandmother Ottilie stacks no jars of quince jelly on the shelf; her window is bare."
OTHER = "It was nine o'clock and nobody came."


@pytest.fixture(scope="module")
def riddles(make_benchmark):
    return make_benchmark({"test/0": ORCHARD, "test/1": HARBOUR})


def look(documents, riddles):
    return near_findings(documents, riddles, riddles)


def test_text_that_has_nothing_of_an_item_is_not_near(riddles):
    assert look([OTHER] * 5, riddles) == ([], 5.0)


def test_no_documents_are_none(riddles):
    assert look([], riddles) == ([], 0.0)


def test_a_copy_lacks_nothing(riddles):
    (found,) = look([OTHER, ORCHARD], riddles).findings
    assert (found.item, found.verbatim, found.lacking_bits) == ("test/0", True, 0.0)
    assert found.bits > 70


def test_an_echo_lacks_something(riddles):
    (found,) = look([ECHO], riddles).findings
    assert (found.item, found.verbatim) == ("test/0", False)
    assert 0 < found.lacking_bits <= LOWERED_BITS


def test_of_one_item_the_nearest_counts_whatever_the_order(riddles):
    copy = look([ORCHARD], riddles)
    for documents in ([ECHO, ORCHARD, ORCHARD], [ORCHARD, ECHO, OTHER]):
        found = look(documents, riddles).findings
        assert [each for each in found if each.verbatim] == copy.findings
        assert len(found) == 2  # and the echo, which is not verbatim


def test_each_half_is_looked_through_with_nulls_of_its_own(riddles, make_benchmark):
    unheard = make_benchmark({"test/0": ORCHARD, "test/1": HARBOUR}, null_bits=500.0)
    assert near_findings([ECHO, OTHER], riddles, unheard).findings
    assert not near_findings([OTHER, ECHO], riddles, unheard).findings


def test_a_long_document_counts_as_several(riddles):
    assert look(["x" * 3 * DOCUMENT_BYTES, "x"], riddles).documents == 4.0
