"""Nulls: what other text matches an item with, its family and itself aside."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.calibration.nulls import background_scores, calibration_lookups, own_nulls

HARBOUR = "The harbour master of Saxcombe counts 41 herring boats and 17 copper lanterns at dusk."
ORCHARD = "Grandmother Ottilie stacks 230 jars of quince jelly on the cellar shelf by the window."
TEMPLATE = (
    "The beacon of {} burns {} barrels of walnut oil a night until the last of the frigates has "
    "come home from the whaling grounds, and the warden then snuffs each wick with a brass thimble."
)
KIN = [TEMPLATE.format("Tarbrook", 31), TEMPLATE.format("Ulverdale", 77)]
# Half of what the orchard says, in another story.
ECHO = "Grandmother Ottilie sold 230 jars of quince jelly to a tinker who came by on a mule."
QUESTIONS = [HARBOUR, ORCHARD, *KIN, ECHO]


@pytest.fixture(scope="module")
def lookups(make_benchmark):
    made = make_benchmark({f"test/{n}": text for n, text in enumerate(QUESTIONS)})
    return calibration_lookups(made.pack)


def test_an_item_does_not_match_itself(lookups):
    nulls, _ = own_nulls(QUESTIONS, lookups)
    assert nulls[0] == 0.0


def test_items_of_one_template_are_a_family_and_no_null_of_each_other(lookups):
    nulls, families = own_nulls(QUESTIONS, lookups)
    assert families.tolist() == [0, 1, 2, 2, 4]
    assert nulls[2] == nulls[3] == 0.0


def test_another_item_that_says_much_of_the_same_is_a_null(lookups):
    nulls, _ = own_nulls(QUESTIONS, lookups)
    whole = lookups.items.word_bits[:, 0] + lookups.items.number_bits[:, 0]
    assert 20 <= nulls[1] < 0.6 * whole[1]
    assert 20 <= nulls[4] < 0.6 * whole[4]


def test_background_without_any_match_scores_nothing(lookups):
    scores = background_scores(["Nothing of the kind.", "", "Nor here."], lookups)
    assert (scores.trials, len(scores.items)) == (3, 0)


def test_background_that_quotes_an_item_scores_all_of_it(lookups):
    scores = background_scores(["Nothing.", f"As it says: {ORCHARD}", "Nothing."], lookups)
    assert scores.trials == 3
    assert set(scores.documents.tolist()) == {1}
    whole = lookups.items.word_bits[1, 0] + lookups.items.number_bits[1, 0]
    assert scores.scores[scores.items == 1] == pytest.approx([whole], abs=0.01)


def test_documents_are_numbered_through_all_batches(lookups, monkeypatch):
    monkeypatch.setattr("leakcheck.calibration.nulls._BATCH_DOCUMENTS", 2)
    texts = ["Nothing.", ORCHARD, "Nothing.", "Nothing.", HARBOUR]
    scores = background_scores(iter(texts), lookups)
    matched = {1: 1, 4: 0}
    assert scores.trials == 5
    assert {
        document: item for document, item, score in zip(*scores[:3], strict=True) if score > 100
    } == matched
    assert np.all(np.diff(scores.documents) >= 0)
