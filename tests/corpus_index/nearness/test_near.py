"""Near-duplicates of items and of given texts: which are found, and what is said of them."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.corpus_index.nearness.near import near_items, near_texts
from leakcheck.corpus_index.nearness.signed import signed_texts
from leakcheck.corpus_index.nearness.sought import (
    LEAST_TRIPLES,
    sign_codes,
    sought_items,
    sought_texts,
)
from leakcheck.corpus_index.sketching.fingerprints import fingerprint_batch
from leakcheck.errors import CorpusIndexError, InputError
from leakcheck.index.item_table import item_table
from leakcheck.text.tokens import tokenise

from ..near_corpus import changed, indexed, text

QUESTION, ANSWER, CODE = text(1, 50), text(2, 40), text(3, 40)
CHOICES = text(4, 30)


@pytest.fixture
def riddles(make_benchmark):
    """Make a benchmark of splits, with a field each for question, choices, answer and code."""
    fields = {name: [name] for name in ("question", "choices", "answer", "code")}
    return lambda items: make_benchmark(items, fields=fields)


def near_to(folder, benchmark, *documents, **options):
    return near_items(indexed(folder, documents), [benchmark], **options)


def codes(*texts: str) -> np.ndarray:
    return np.concatenate([tokenise(each).hashes & 0xFFFF for each in texts]).astype(np.uint16)


def far_copy(original: str) -> str:
    return changed(original, *range(1, len(original.split()), 3))


# Items


def test_other_texts_are_not_near(tmp_path, riddles):
    found = near_to(tmp_path, riddles({"test/0": QUESTION}), *(text(seed) for seed in range(9, 60)))
    assert (found.matches, found.near) == (0, [])
    assert [(split.items, split.near) for split in found.splits] == [(1, 0)]


def test_an_item_inside_a_much_longer_text_is_not_near(tmp_path, riddles):
    found = near_to(tmp_path, riddles({"test/0": QUESTION}), f"{text(8, 200)} {QUESTION}")
    assert found.matches == 0


def test_an_item_of_too_few_triples_is_left_out_and_counted(tmp_path, riddles):
    short, enough = text(5, LEAST_TRIPLES + 1), text(6, LEAST_TRIPLES + 2)
    benchmark = riddles({"test/0": short, "test/1": enough})
    found = near_to(tmp_path, benchmark, short, enough)
    assert [near.item for near in found.near] == ["test/1"]
    assert [(split.near, split.too_short) for split in found.splits] == [(1, 1)]


def test_a_document_below_the_threshold_is_not_near(tmp_path, riddles):
    found = near_to(tmp_path, riddles({"test/0": QUESTION}), far_copy(QUESTION))
    assert found.matches == 0


def test_an_empty_index_has_nothing_near(tmp_path, riddles):
    assert near_to(tmp_path, riddles({"test/0": QUESTION}), "-").matches == 0


def test_a_file_of_signatures_that_is_gone_is_named(tmp_path, riddles):
    index = indexed(tmp_path, [QUESTION])
    [path] = index.data_paths("signatures")
    path.unlink()
    with pytest.raises(CorpusIndexError, match=r"signatures\.parquet"):
        near_items(index, [riddles({"test/0": QUESTION})])


@pytest.mark.parametrize(
    ("document", "compared"),
    [
        pytest.param(f"{QUESTION} {CHOICES}", "question, choices", id="question"),
        pytest.param(f"{QUESTION} {CHOICES} {ANSWER}", "question, choices, answer", id="answered"),
        pytest.param(f"{QUESTION} {CHOICES} {CODE}", "question, choices, code", id="solved"),
    ],
)
def test_the_nearest_variant_of_an_item_counts(tmp_path, riddles, document, compared):
    item = {"question": QUESTION, "choices": CHOICES, "answer": ANSWER, "code": CODE}
    [near] = near_to(tmp_path, riddles({"test/0": item}), document).near
    assert (near.jaccard, near.compared) == (1.0, compared)


def test_a_match_says_all_of_item_and_document(tmp_path, riddles):
    benchmark = riddles({"train/0": text(6), "test/0": QUESTION})
    [near] = near_to(tmp_path, benchmark, text(7), changed(QUESTION, 20)).near
    assert (near.bench, near.item, near.split, near.role) == ("riddles", "test/0", "test", "test")
    assert (near.path, near.row) == (str(tmp_path / "corpus.jsonl"), 1)
    assert (near.passage, near.start, near.tokens) == (0, 0, 50)
    assert near.jaccard == pytest.approx(45 / 51, abs=0.12)


def test_of_a_long_document_the_nearest_passage_counts(tmp_path, riddles):
    long = text(8, 3000)
    index = indexed(tmp_path, [long])
    [texts] = signed_texts(index)
    passage = int(np.argmax(texts.tokens[1:])) + 1
    start, size = int(texts.starts[passage]), int(texts.tokens[passage])
    part = " ".join(long.split()[start : start + size])
    [near] = near_items(index, [riddles({"test/0": part})]).near
    assert (near.passage, near.start, near.tokens) == (passage, start, size)
    assert near.jaccard > 0.9


def test_the_nearest_come_first_and_test_items_before_their_equals(tmp_path, riddles):
    train, test = text(6), text(7)
    benchmark = riddles({"train/0": train, "test/0": test})
    found = near_to(tmp_path, benchmark, changed(test, 9), train, test, limit=2)
    assert [(near.item, near.row) for near in found.near] == [("test/0", 2), ("train/0", 1)]
    assert found.matches == 3


def test_splits_are_counted_benchmark_by_benchmark(tmp_path, riddles, make_benchmark):
    first = riddles({"train/0": text(6), "train/1": text(7), "test/0": QUESTION})
    second = make_benchmark({"test/0": text(9)}, name="sums")
    index = indexed(tmp_path, [text(6), text(6), text(9)])
    found = near_items(index, [first, second])
    counts = [(split.bench, split.split, split.items, split.near) for split in found.splits]
    assert counts == [("riddles", "train", 2, 1), ("riddles", "test", 1, 0), ("sums", "test", 1, 1)]


def test_an_item_has_the_signature_of_a_document_of_its_words(riddles):
    item = {"question": QUESTION, "choices": CHOICES, "answer": ANSWER}
    sought = sought_items(item_table([riddles({"test/0": item}).pack]))
    for signature, parts in zip(
        sought.signatures, ([QUESTION, CHOICES], [QUESTION, CHOICES, ANSWER]), strict=True
    ):
        assert np.array_equal(signature, sign_codes([codes(*parts)])[0])
        assert np.array_equal(signature, document_signature(" ".join(parts)))


def document_signature(document: str) -> np.ndarray:
    import pyarrow as pa

    texts = pa.array([document], pa.large_string())
    batch = PassageBatch(CorpusFile(None, "-", 0), texts, np.zeros(1, np.int64), ["text"], 1, 0)
    return fingerprint_batch(batch, 1).signatures[0]


def test_planted_copies_are_found(tmp_path, riddles):
    """Of 300 items, each with a copy that has two words changed, at most one in 50 is missed."""
    items = {f"test/{n}": text(1000 + n, 60) for n in range(300)}
    copies = [changed(each, 15, 40) for each in items.values()]
    found = near_to(tmp_path, riddles(items), *(text(seed) for seed in range(100)), *copies)
    assert {(near.item, near.row) for near in found.near} <= {
        (f"test/{n}", 100 + n) for n in range(300)
    }
    assert found.splits[0].near >= 294


# Given texts


def given(path, **options):
    return sought_texts(str(path), **options)


def test_a_file_without_text_is_refused(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(InputError, match="no text to look for"):
        given(tmp_path / "empty.txt")
    with pytest.raises(InputError, match="no text to look for"):
        given("-", standard_input=io.BytesIO(b" \n"))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        given(tmp_path / "nowhere.txt")


def test_records_that_cannot_be_read_are_told(tmp_path):
    path = tmp_path / "given.jsonl"
    path.write_text(f'{{"text": "{QUESTION}"}}\nbroken\n')
    _, places, skipped = given(path)
    assert [place.row for place in places] == [0]
    assert [each.row for each in skipped] == [1]


def test_short_texts_are_left_out_and_counted(tmp_path):
    path = tmp_path / "given.jsonl"
    path.write_text("".join(f'{{"text": "{each}"}}\n' for each in ("yes", QUESTION)))
    sought, places, _ = given(path)
    found = near_texts(indexed(tmp_path, ["yes", QUESTION]), sought, places)
    assert (found.texts, found.texts_near, found.too_short) == (2, 1, 1)
    [near] = found.near
    assert (near.given_path, near.given_row, near.row, near.jaccard) == (str(path), 1, 1, 1.0)


@pytest.mark.parametrize("name", ["given.txt", "given.md"])
def test_a_file_of_text_is_one_text(tmp_path, name):
    path = tmp_path / name
    path.write_text(QUESTION.replace(" ", "\n\n", 5))
    sought, places, _ = given(path)
    assert places == [(str(path), 0)]
    [near] = near_texts(indexed(tmp_path, [text(9), QUESTION]), sought, places).near
    assert (near.row, near.jaccard) == (1, 1.0)


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        pytest.param(QUESTION, 1, id="text"),
        pytest.param(
            "".join(json.dumps({"text": text(n)}) + "\n" for n in range(3)), 3, id="lines"
        ),
    ],
)
def test_standard_input_is_a_text_or_json_lines(data, texts):
    _, places, _ = given("-", standard_input=io.BytesIO(data.encode()))
    assert places == [("-", row) for row in range(texts)]


def test_a_field_can_be_chosen(tmp_path):
    path = tmp_path / "given.jsonl"
    path.write_text(json.dumps({"text": QUESTION, "note": text(9, 500)}) + "\n")
    sought, _, _ = given(path, text_field="text")
    assert np.array_equal(sought.signatures[0], document_signature(QUESTION))


def test_a_passage_that_two_long_texts_share_is_found(tmp_path):
    shared = text(5, 2000)
    path = tmp_path / "given.txt"
    path.write_text(f"{text(6, 4000)} {shared}")
    sought, places, _ = given(path)
    found = near_texts(indexed(tmp_path, [text(8), f"{text(7, 6000)} {shared}"]), sought, places)
    [near] = found.near
    assert near.row == 1
    assert near.given_passage > 0
    assert near.passage > 0
    assert near.jaccard == 1.0
