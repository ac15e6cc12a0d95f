"""The kernel: every copy of an item is matched, wherever it is and whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.detection.catalogue import load_catalogue
from leakcheck.index.item_table import QUESTION
from leakcheck.text.background import background_bits, load_background
from leakcheck.text.tokens import tokenise

from .conftest import FILLER, sentence
from .naive import Token, naive_score

QUESTIONS = [sentence(seed, words=12 + seed % 20) for seed in range(20)]
ASIDE = "Bartholomew wrote 4096 letters to Penelope about orchids and Byzantine telescopes."
OTHERS = [sentence(1000 + seed, words=30) for seed in range(8)]


@pytest.fixture(scope="module")
def riddles(make_benchmark):
    return make_benchmark({f"test/{n}": text for n, text in enumerate(QUESTIONS)})


@pytest.fixture(scope="module")
def lookups(riddles):
    return load_catalogue([riddles]).lookups


def rows(matches) -> list[tuple]:
    """Return what can be compared: (document, item, start, end, score)."""
    return sorted(
        zip(
            matches.documents.tolist(),
            matches.items.tolist(),
            matches.starts.tolist(),
            matches.ends.tolist(),
            matches.scores.tolist(),
            strict=True,
        )
    )


def pairs(matches) -> set[tuple[int, int]]:
    return set(zip(matches.documents.tolist(), matches.items.tolist(), strict=True))


def tokens_of(text: str) -> list[Token]:
    hashes = tokenise(text).hashes
    bits = background_bits(load_background(), hashes).tolist()
    return [
        Token(token_hash & 0xFFFF, weight, token_hash >= 1 << 31)
        for token_hash, weight in zip(hashes.tolist(), bits, strict=True)
    ]


def question_of(lookups, item: int) -> list[Token]:
    table = lookups.items
    place = slice(table.starts[item, QUESTION], table.ends[item, QUESTION])
    columns = (table.codes[place], table.bits[place], table.numbers[place])
    return [Token(*each) for each in zip(*(column.tolist() for column in columns), strict=True)]


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param([], id="no-document"),
        pytest.param([[]], id="document-without-passages"),
        pytest.param([""], id="empty-document"),
        pytest.param(["", "?!", "..."], id="no-tokens"),
        pytest.param(["amber"], id="one-token"),
        pytest.param(["amber anchor"], id="two-tokens"),
        pytest.param([FILLER * 50], id="ordinary-words"),
        pytest.param(OTHERS, id="other-texts-of-the-same-words"),
        pytest.param([" ".join(OTHERS)], id="one-long-other-text"),
        pytest.param([QUESTIONS[0][:20]], id="the-start-of-an-item"),
    ],
)
def test_matches_nothing_in(match, lookups, documents):
    matches = match(documents, lookups)
    assert rows(matches) == []
    assert matches.field_scores.shape == matches.contained.shape == (0, 5)


@pytest.mark.parametrize("item", range(len(QUESTIONS)))
def test_matches_every_item_in_a_copy_of_it(match, lookups, item):
    matches = match([FILLER + QUESTIONS[item] + " " + FILLER], lookups)
    (row,) = np.flatnonzero(matches.items == item)
    whole = lookups.items.word_bits[item, QUESTION] + lookups.items.number_bits[item, QUESTION]
    assert matches.scores[row] == pytest.approx(whole, abs=0.01)
    assert matches.contained[row, QUESTION] == pytest.approx(1.0)
    assert matches.starts[row] == len(FILLER)
    assert matches.ends[row] == len(FILLER + QUESTIONS[item]) - 1  # without the full stop


STRETCHES = st.lists(
    st.one_of(
        st.integers(0, len(QUESTIONS) - 1).map(QUESTIONS.__getitem__),
        st.sampled_from([*OTHERS, FILLER, "Ärger?", "灯台 ", ""]),
    ),
    max_size=5,
)


def borders(passages) -> list[int]:
    """Return where the passages of a document end, in bytes."""
    return np.cumsum([len(passage.encode()) for passage in passages]).tolist()


@given(st.lists(STRETCHES, max_size=4))
@settings(deadline=None, max_examples=60)
def test_misses_no_copy_and_believes_no_more_than_the_plain_twin(match, lookups, documents):
    matches = match(documents, lookups)
    expected = {
        (number, QUESTIONS.index(passage))
        for number, passages in enumerate(documents)
        for passage in passages
        if passage in QUESTIONS
    }
    assert expected <= pairs(matches)
    for row in range(len(matches.items)):
        text = "".join(documents[matches.documents[row]]).encode()
        before = len("".join(map("".join, documents[: matches.documents[row]])).encode())
        start, end = int(matches.starts[row]) - before, int(matches.ends[row]) - before
        if any(start < border < end for border in borders(documents[matches.documents[row]])):
            continue  # the texts of two passages, put together here, would make other tokens
        tokens = tokens_of(text[start:end].decode())
        found = naive_score(tokens, 0, len(tokens), question_of(lookups, int(matches.items[row])))
        assert matches.field_scores[row, QUESTION] <= found.score + 0.01


@given(st.lists(STRETCHES, min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_a_document_is_matched_the_same_alone_and_among_others(match, lookups, documents):
    together = rows(match(documents, lookups))
    alone = []
    shift = 0
    for number, document in enumerate(documents):
        alone += [
            (number, item, start + shift, end + shift, score)
            for _, item, start, end, score in rows(match([document], lookups))
        ]
        shift += len("".join(document).encode())
    assert together == sorted(alone)


def test_more_matches_than_there_was_room_for_are_all_kept(match, lookups):
    matches = match(QUESTIONS * 150, lookups)
    once = rows(match(QUESTIONS, lookups))
    assert len(matches.items) == 150 * len(once) > 2048
    assert np.all(np.diff(matches.documents) >= 0)
    assert matches.scores[-len(once) :].tolist() == matches.scores[: len(once)].tolist()


def test_one_document_may_hold_more_items_than_there_was_room_for(match, make_benchmark):
    questions = [sentence(seed, words=15) for seed in range(5000, 6200)]
    made = make_benchmark({f"test/{n}": text for n, text in enumerate(questions)})
    matches = match([FILLER.join(questions)], load_catalogue([made]).lookups)
    assert set(matches.items.tolist()) == set(range(1200))


def test_an_item_is_found_in_the_middle_of_a_very_long_document(match, lookups):
    before, between = FILLER * 300, FILLER * 400
    document = before + QUESTIONS[3] + " " + between + QUESTIONS[7] + " " + between + QUESTIONS[3]
    matches = match([document], lookups)
    starts = [(item, start) for _, item, start, _, _ in rows(matches)]
    assert starts == [
        (3, len(before)),
        (3, len(document) - len(QUESTIONS[3])),
        (7, document.index(QUESTIONS[7])),
    ]


def test_an_item_across_two_passages_pays_for_the_border(match, lookups):
    cut = QUESTIONS[4].index(" ", len(QUESTIONS[4]) // 2)
    halves = [QUESTIONS[4][:cut], QUESTIONS[4][cut:]]
    one, two = match([QUESTIONS[4], halves], lookups).scores.tolist()
    assert one - two == pytest.approx(6.0, abs=0.01)


def test_no_item_is_found_across_two_documents(match, lookups):
    cut = QUESTIONS[4].index(" ", len(QUESTIONS[4]) // 2)
    whole = match([QUESTIONS[4]], lookups).scores.max()
    apart = match([QUESTIONS[4][:cut], QUESTIONS[4][cut:]], lookups)
    assert apart.scores.max(initial=0) < 0.8 * whole


@pytest.mark.parametrize("field", ["choices", "answer", "code"])
def test_other_fields_count_beside_the_question(match, make_benchmark, field):
    question, other = QUESTIONS[0], ASIDE
    made = make_benchmark({"test/0": {"question": question, field: other}})
    lookups = load_catalogue([made]).lookups
    documents = [question, f"{question} {other}", f"{other} {question}", f"{question} {OTHERS[1]}"]
    alone, behind, before, without = match(documents, lookups).scores.tolist()
    assert behind == before > alone + 50
    assert without == alone


def test_context_adds_nothing(match, make_benchmark):
    made = make_benchmark({"test/0": {"question": QUESTIONS[0], "context": ASIDE}})
    lookups = load_catalogue([made]).lookups
    alone, beside = match([QUESTIONS[0], f"{ASIDE} {QUESTIONS[0]}"], lookups).scores.tolist()
    assert alone == beside


@pytest.mark.parametrize("field", ["answer", "code", "context"])
def test_another_field_alone_is_no_match(match, make_benchmark, field):
    made = make_benchmark({"test/0": {"question": QUESTIONS[0], field: ASIDE}})
    assert rows(match([ASIDE], load_catalogue([made]).lookups)) == []


def test_choices_without_a_question_are_no_match(match, make_benchmark):
    made = make_benchmark({"test/0": {"question": "", "choices": OTHERS[0]}})
    assert rows(match([OTHERS[0]], load_catalogue([made]).lookups)) == []


def test_a_benchmark_is_told_the_same_whatever_else_is_looked_for(match, make_benchmark):
    wording = "house people world high local black white"
    template = {f"test/{n}": f"{wording} {word}" for n, word in enumerate(["again", "daily"] * 14)}
    first = make_benchmark(template, name="template")
    second = make_benchmark({"test/0": wording}, name="riddles")
    alone = match([wording], load_catalogue([second]).lookups)
    both = match([wording], load_catalogue([first, second]).lookups)
    assert alone.scores.tolist() == both.scores[both.items == len(template)].tolist() != []
