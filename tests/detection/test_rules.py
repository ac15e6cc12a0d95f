"""Rules: what must stand beside a question, or be left of it, for its item to be found."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from leakcheck.benchmark.calibration import QUESTION_BITS, VERBATIM_BITS
from leakcheck.index.item_table import QUESTION, item_table

from .conftest import FILLER, WORDS, sentence

CHOICES = ["a spotted donkey", "a blind mastiff", "two oxen", "the miller's gelding"]
QUIZ = "Which animal pulled the thatcher's cart past the foundry on the morning of the walnut fair?"
REWORDED = QUIZ.replace("pulled", "drew").replace("Which", "What")
SUM = "The ferryman of Tarbrook sells 347 quinces at 19 groats each. How many groats does he get?"
SUM_REWORDED = "How many groats will the man with the boat earn for 347 quinces of 19 groats each?"
SHORT = "Who hid the thimble under the trellis?"


def lettered(choices, letters="ABCD") -> str:
    return "\n".join(
        f"({letter}) {choice}" for letter, choice in zip(letters, choices, strict=True)
    )


def told(findings) -> list[tuple[str, str, list[str]]]:
    return [(finding.item, finding.kind, finding.fields) for finding in findings]


def question_bits(benchmark, place: int = 0) -> float:
    items = item_table([benchmark.pack])
    return float(items.word_bits[place, QUESTION] + items.number_bits[place, QUESTION])


@pytest.fixture(scope="module")
def quiz(make_benchmark):
    """Make a benchmark whose item has choices, one of them its answer."""
    fields = {"question": QUIZ, "choices": "\n".join(CHOICES), "answer": CHOICES[1]}
    return make_benchmark({"test/0": fields, "train/0": sentence(31)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(REWORDED, [], id="in-other-words-without-choices"),
        pytest.param(lettered(CHOICES), [], id="the-choices-alone"),
        pytest.param(
            f"{REWORDED}\n{lettered(CHOICES)}",
            [("test/0", "near", ["question", "choices"])],
            id="in-other-words-with-choices",
        ),
        pytest.param(QUIZ, [("test/0", "verbatim", ["question"])], id="word-for-word-alone"),
    ],
)
def test_an_item_with_choices_is_found_in_other_words_beside_them_alone(find, quiz, text, expected):
    assert told(find([text], quiz)) == expected


@pytest.mark.parametrize(
    ("below", "fields"),
    [
        pytest.param("", ["question"], id="nothing"),
        pytest.param(f"Answer: {CHOICES[1]}", ["question", "answer"], id="the-answer"),
        pytest.param(f"Answer: {CHOICES[0]}", ["question"], id="a-wrong-answer"),
        pytest.param(lettered(CHOICES), ["question", "choices"], id="the-choices"),
        pytest.param(lettered(CHOICES[::-1]), ["question", "choices"], id="choices-shuffled"),
        pytest.param(lettered(CHOICES, "1234"), ["question", "choices"], id="choices-relettered"),
        pytest.param(
            f"{lettered(CHOICES)}\nAnswer: {CHOICES[1]}",
            ["question", "choices", "answer"],
            id="choices-and-the-answer",
        ),
        pytest.param(
            f"{lettered(CHOICES)}\nAnswer: {CHOICES[0]}",
            ["question", "choices"],
            id="choices-and-a-wrong-answer",
        ),
    ],
)
def test_an_answer_is_told_if_it_stands_there_once_more_than_among_the_choices(
    find, quiz, below, fields
):
    assert told(find([f"{QUIZ}\n{below}"], quiz)) == [("test/0", "verbatim", fields)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(SUM_REWORDED.replace("347 ", "").replace("19 ", ""), [], id="no-numbers"),
        pytest.param(SUM_REWORDED.replace("347", "52").replace("19", "8"), [], id="other-numbers"),
        pytest.param(SUM.replace("347", "52").replace("19", "8"), ["variant"], id="its-wording"),
        pytest.param(SUM_REWORDED, ["rewritten"], id="the-same-numbers"),
    ],
)
def test_a_problem_in_other_words_is_known_by_its_numbers(find, make_benchmark, text, kinds):
    sums = make_benchmark({"test/0": SUM}, threshold_bits=70.0)
    assert [finding.kind for finding in find([text], sums)] == kinds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(SHORT, [], id="question-alone"),
        pytest.param(f"{SHORT}\nNobody knows.", [], id="question-and-other-words"),
        pytest.param(f"{SHORT}\nA magpie.", ["test/0"], id="question-and-answer"),
    ],
)
def test_a_short_question_needs_its_answer_beside_it(find, make_benchmark, text, found):
    riddles = make_benchmark({"test/0": {"question": SHORT, "answer": "a magpie"}})
    assert VERBATIM_BITS <= question_bits(riddles) < QUESTION_BITS
    assert [finding.item for finding in find([text], riddles)] == found


def test_a_longer_question_does_not(find, make_benchmark):
    riddles = make_benchmark({"test/0": {"question": QUIZ, "answer": "a magpie"}})
    assert question_bits(riddles) >= QUESTION_BITS
    assert told(find([QUIZ], riddles)) == [("test/0", "verbatim", ["question"])]


def test_an_item_that_is_a_short_question_and_nothing_else_is_untestable(make_benchmark):
    riddles = make_benchmark({"test/0": SHORT, "test/1": {"question": SHORT, "code": sentence(3)}})
    assert riddles.testable.tolist() == [False, True]


def test_every_question_of_a_list_is_found(find, make_benchmark):
    questions = [f"How many thimbles does {sentence(n, 12).lower()}" for n in range(20)]
    riddles = make_benchmark({f"test/{n}": question for n, question in enumerate(questions)})
    text = "\n".join(f"{n}. {question}" for n, question in enumerate(questions, 1))
    assert [finding.item for finding in find([text], riddles)] == list(riddles.pack.items)


@pytest.mark.parametrize("turn", ["Which animal pulled", "fair?", FILLER])
def test_a_passage_does_not_reach_into_the_turns_around_it(find, quiz, turn):
    record = {"messages": [{"content": turn}, {"content": QUIZ}, {"content": turn}]}
    (finding,) = find([record], quiz)
    assert (finding.kind, finding.source) == ("verbatim", "messages[1].content")
    assert (finding.start, finding.end) == (0, len(QUIZ) - 1)


def test_twins_whose_choices_stand_in_another_order_are_named_together(find, make_benchmark):
    orders = {"test/0": CHOICES, "test/1": CHOICES[::-1]}
    twins = make_benchmark(
        {name: {"question": QUIZ, "choices": "\n".join(order)} for name, order in orders.items()}
    )
    (finding,) = find([f"{QUIZ}\n{lettered(CHOICES)}"], twins)
    assert {finding.item, *finding.also} == {"test/0", "test/1"}
    assert not finding.shared


PUZZLES = [
    f"{no}( {one} {way} {other} ) {way} ( {other} {end} not ( {one} {end} False ) ) is"
    for no, one, way, other, end in itertools.product(
        ("not ", ""), ("True", "False"), ("and", "or"), ("True", "not False"), ("and", "or")
    )
]


@pytest.fixture(scope="module")
def puzzles(make_benchmark):
    """Make a benchmark of many items made by one rule of the same few words."""
    made = make_benchmark({f"test/{n}": text for n, text in enumerate(PUZZLES)})
    of_one_family = np.zeros(len(PUZZLES), np.int32)
    return replace(made, pack=replace(made.pack, families=of_one_family))


@pytest.mark.parametrize("puzzle", [0, 7, 31])
def test_a_puzzle_is_known_by_its_characters(find, puzzles, puzzle):
    assert puzzles.puzzles.all()
    found = find([f"{FILLER}\n{PUZZLES[puzzle]}\n{FILLER}"], puzzles)
    assert [(finding.item, finding.also) for finding in found] == [(f"test/{puzzle}", [])]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("(", ""), id="no-opening-brackets"),
        pytest.param(("( ", "["), id="other-brackets"),
        pytest.param(("False )", "True )"), id="another-word"),
    ],
)
def test_no_puzzle_is_found_by_its_words_alone(find, puzzles, change):
    assert find([f"{FILLER}\n{PUZZLES[0].replace(*change)}\n{FILLER}"], puzzles) == []


RULE = "{} jumped over the fence of the mill. Is it plausible that a {} of the harbour did so?"


def test_what_differs_from_an_item_made_by_a_rule_is_a_variant(find, make_benchmark):
    pairs = list(itertools.combinations(WORDS[:9], 2))
    made = make_benchmark({f"test/{n}": RULE.format(*pair) for n, pair in enumerate(pairs)})
    rule = replace(made, pack=replace(made.pack, families=np.zeros(len(pairs), np.int32)))
    (own,) = find([RULE.format(*pairs[3])], rule)
    assert (own.item, own.kind) == ("test/3", "verbatim")
    others = find([RULE.format("The beadle", "verger")], rule)
    assert {finding.kind for finding in others} <= {"variant"}
