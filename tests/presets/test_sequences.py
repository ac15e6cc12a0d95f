"""Items as sequences: the fields in the order in which a model gets them."""

from __future__ import annotations

import numpy as np

from leakcheck.presets.parts import PROMPT, QUESTION, WHOLE
from leakcheck.presets.sequences import sequences_of, stretches_of, usual_lengths
from leakcheck.text.tokens import tokenise

FIELDS = {
    "answer": "seven red kites",
    "question": "how many kites fly",
    "choices": "four five",
    "context": "many kites fly here",
}


def codes_of(text: str) -> list[int]:
    return (tokenise(text).hashes & 0xFFFF).tolist()


def part_of(items, part, item: int) -> list[int]:
    starts, ends = stretches_of(items, part)
    return items.codes[starts[item] : ends[item]].tolist()


def test_an_item_is_its_passage_question_choices_and_answer(make_benchmark):
    items = sequences_of([make_benchmark({"test/0": FIELDS, "test/1": "who sails boats"})])
    whole = "many kites fly here how many kites fly four five seven red kites"
    assert part_of(items, WHOLE, 0) == codes_of(whole)
    assert part_of(items, PROMPT, 0) == codes_of(whole.partition(" seven")[0])
    assert part_of(items, QUESTION, 0) == codes_of("how many kites fly")
    assert part_of(items, WHOLE, 1) == codes_of("who sails boats")


def test_the_tests_of_code_are_no_part_of_an_item(make_benchmark):
    fields = {
        "question": "add two numbers",
        "code": "return first + second",
        "context": "assert it",
    }
    items = sequences_of([make_benchmark({"test/0": fields})])
    assert part_of(items, WHOLE, 0) == codes_of("add two numbers return first + second")


def test_benchmarks_stand_one_after_the_other(make_benchmark):
    first = make_benchmark({"test/0": "who sails boats", "test/1": FIELDS})
    second = make_benchmark({"test/0": "who flies kites"}, name="others")
    items = sequences_of([first, second])
    assert items.bench_starts.tolist() == [0, 2, 3]
    assert part_of(items, QUESTION, 2) == codes_of("who flies kites")


def test_the_usual_length_is_of_test_items_where_there_are_any():
    lengths, test = np.array([2, 2, 40, 40]), np.array([False, False, True, True])
    assert usual_lengths(lengths, test, [0, 4]) == [40]
    assert usual_lengths(lengths, np.zeros(4, np.bool_), [0, 2, 4]) == [2, 40]
