"""Joining: by hash, by id so far as the texts agree, else by text."""

from __future__ import annotations

import pytest

from leakcheck.errors import ResultsError
from leakcheck.impact.joining import join
from leakcheck.impact.results import Document

ITEMS = [f"test/{n}" for n in range(40)]
SUBSETS = [f"test/{subset}/{n}" for subset in ("law", "art") for n in range(3)]
TEXT = (("question", "Why?"),)


def joined(documents, found=None, items=ITEMS, **options):
    return join(documents, found, items, where="a.jsonl", **options)


def test_an_id_is_the_place_in_the_split():
    told = joined([Document("0"), Document("39")], first_id=0)
    assert told.items == ["test/0", "test/39"]
    assert told.by == {"id": 2}


@pytest.mark.parametrize("name", ["40", "-1", "1.5", "test/99", "train/1", ""])
def test_an_id_of_no_item_is_joined_to_nothing(name):
    assert joined([Document("0"), Document(name)], first_id=0).items == ["test/0", None]


def test_an_item_may_be_called_by_its_name():
    assert joined([Document("test/7"), Document("3")], first_id=0).items == ["test/7", "test/3"]


def test_ids_that_begin_with_1_count_from_1_where_the_format_does_not_say():
    assert joined([Document("1"), Document("40")]).items == ["test/0", "test/39"]
    assert joined([Document("0"), Document("39")]).items == ["test/0", "test/39"]


def test_texts_say_from_where_ids_count():
    documents = [Document(str(n), TEXT) for n in range(1, 30)]
    from_zero = [[f"test/{n}"] for n in range(1, 30)]
    told = joined(documents, from_zero)
    assert told.items == [own[0] for own in from_zero]
    assert told.by == {"id": 29}


def test_the_name_of_the_task_tells_the_subset():
    told = joined([Document("2")], items=SUBSETS, task="quiz_art", first_id=0)
    assert told.items == ["test/art/2"]


def test_without_a_subset_numbers_are_no_places():
    assert joined([Document("2")], items=SUBSETS, task="quiz", first_id=0).items == [None]


def test_where_texts_disagree_with_ids_they_decide():
    documents = [Document(str(n), TEXT) for n in range(30)]
    found = [[f"test/{39 - n}"] for n in range(29)] + [[]]
    told = joined(documents, found, first_id=0)
    assert told.items == [*(own[0] for own in found[:29]), None]
    assert told.by == {"text": 29}
    assert told.contradicted == 0


def test_a_few_documents_that_are_other_items_are_joined_by_text_and_told():
    documents = [Document(str(n), TEXT) for n in range(30)]
    found = [[f"test/{n}"] for n in range(29)] + [["test/35"]]
    told = joined(documents, found, first_id=0)
    assert told.items[-1] == "test/35"
    assert (told.by, told.contradicted) == ({"id": 29, "text": 1}, 1)


def test_a_text_that_is_not_known_is_joined_by_an_id_that_others_confirm():
    documents = [Document(str(n), TEXT) for n in range(30)]
    told = joined(documents, [["test/0"], *([] for _ in range(29))], first_id=0)
    assert told.items == ITEMS[:30]
    assert (told.recognised, told.with_text) == (1, 30)


def test_documents_of_another_benchmark_are_refused_where_texts_were_looked_at():
    documents = [Document(str(n), TEXT) for n in range(30)]
    assert joined(documents, None, first_id=0).by == {"id": 30}
    with pytest.raises(ResultsError, match=r"a\.jsonl: none of the 30 documents is a test item"):
        joined(documents, [[] for _ in documents], first_id=0)


def test_a_hash_comes_first():
    documents = [Document("0", TEXT, "aa"), Document("1", TEXT, "bb")]
    told = joined(documents, [["test/0"], ["test/1"]], first_id=0, hashes={"aa": ["test/9"]})
    assert told.items == ["test/9", "test/1"]
    assert told.by == {"hash": 1, "id": 1}


def test_of_items_that_are_alike_each_document_gets_its_own():
    twins = ["test/3", "test/5"]
    told = joined([Document("x", TEXT), Document("y", TEXT)], [twins, twins])
    assert told.items == twins
    told = joined([Document("5", TEXT), Document("3", TEXT)], [twins, twins], first_id=0)
    assert told.items == ["test/5", "test/3"]
