"""decon: question, answer and passage by idf, in one place of a document."""

from __future__ import annotations

import pytest

from leakcheck.presets.criteria.decon import component_weights, required_score

from ..conftest import text, words

QUESTION, ANSWER = words(40), words(20, 100)  # 36 5-grams of the question, each in one item
ITEMS = {
    "test/0": {"question": text(QUESTION), "answer": text(ANSWER)},
    "test/1": {"question": text(words(40, 400)), "answer": text(words(20, 500))},
}
OTHER = words(60, 700)


@pytest.mark.parametrize(
    ("tokens", "score"), [(5, 1.0), (20, 1.0), (35, 0.9), (50, 0.8), (500, 0.8)]
)
def test_short_items_must_score_more(tokens, score):
    assert required_score(tokens) == pytest.approx(score)


@pytest.mark.parametrize(
    ("lengths", "weights"),
    [
        ((20, 4, 50), (0.7, 0.2, 0.1)),
        ((20, 4, 0), (0.75, 0.25, 0.0)),
        ((20, 0, 50), (0.85, 0.0, 0.15)),
        ((3, 0, 0), (1.0, 0.0, 0.0)),
        ((10, 4, 0), (0.75 * 0.75, 1 - 0.75 * 0.75, 0.0)),
        ((10, 4, 50), (0.525, 0.2875, 0.1875)),
        ((20, 2, 50), (0.7, 0.15, 0.15)),
    ],
    ids=["QAP", "QA", "QP", "Q", "short question", "short question, passage", "short answer"],
)
def test_the_weights_are_those_of_the_documentation(lengths, weights):
    assert component_weights(*lengths) == pytest.approx(weights)


def test_a_question_without_its_answer_is_not_found(scores, flagged):
    document = text(OTHER, QUESTION, OTHER)
    assert scores("decon", ITEMS, [document])["test/0"] == pytest.approx(0.75)
    assert flagged("decon", ITEMS, [document]) == []


def test_an_answer_before_its_question_is_none(flagged):
    assert flagged("decon", ITEMS, [text(ANSWER, QUESTION, OTHER)]) == []


def test_an_answer_too_far_behind_is_none(flagged):
    assert flagged("decon", ITEMS, [text(QUESTION, words(101, 700), ANSWER)]) == []


def test_a_question_with_its_answer_is_found(scores):
    found = scores("decon", ITEMS, [text(OTHER, QUESTION, words(5, 700), ANSWER)])
    assert found == {"test/0": pytest.approx(1.0), "test/1": 0.0}


def test_one_word_changed_costs_its_five_5_grams(scores):
    changed = [*QUESTION[:20], "altered", *QUESTION[21:]]
    found = scores("decon", ITEMS, [text(changed, ANSWER)])
    assert found["test/0"] == pytest.approx(0.75 * 31 / 36 + 0.25)


def test_eleven_misses_in_a_row_end_a_cluster(scores):
    # Between the last 5-gram before a gap and the first behind it, gap + 4 are missed.
    halves = (QUESTION[:20], QUESTION[20:])
    short = scores("decon", ITEMS, [text(halves[0], words(6, 700), halves[1], ANSWER)])
    assert short["test/0"] == pytest.approx(0.75 * 32 / 36 + 0.25)
    assert scores("decon", ITEMS, [text(halves[0], words(7, 700), halves[1], ANSWER)]) == {
        "test/0": 0.0,
        "test/1": 0.0,
    }


@pytest.mark.parametrize(("between", "items"), [(52, []), (47, ["test/0"])])
def test_a_short_answer_stands_within_fifty_tokens(between, items, flagged):
    short = {**ITEMS, "test/0": {"question": text(QUESTION), "answer": text(ANSWER[:2])}}
    document = text(QUESTION, words(between, 700), ANSWER[:2])
    assert flagged("decon", short, [document]) == items


def test_what_many_items_share_weighs_little(scores):
    template = words(20, 800)
    items = {
        f"test/{n}": {
            "question": text(template, words(20, 40 * n)),
            "answer": text(words(20, 40 * n + 20)),
        }
        for n in range(8)
    }
    found = scores("decon", items, [text(template, words(40))])
    assert found["test/0"] == pytest.approx(1.0)
    assert set(list(found.values())[1:]) == {0.0}
