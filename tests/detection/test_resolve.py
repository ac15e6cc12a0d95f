"""Resolving: findings say where exactly in a record the passage is."""

from __future__ import annotations

import pytest

from leakcheck.benchmark.calibration import ChanceTail

from .conftest import FILLER, sentence

QUESTIONS = [sentence(100 + n) for n in range(4)]
ANSWER = "Beside the trellis, 57 paces from the windmill, under the third millstone."


@pytest.fixture(scope="module")
def riddles(make_benchmark):
    return make_benchmark(
        {
            "test/0": {"question": QUESTIONS[0], "answer": ANSWER},
            "test/1": QUESTIONS[1],
            "train/0": QUESTIONS[2],
            "test/2": "Who keeps it?",
        }
    )


def passage(record: object, finding) -> str:
    """Return the stretch of a record that a finding points to."""
    text = record
    for step in finding.source.replace("]", "").replace("[", ".").split("."):
        if step:
            text = text[int(step)] if isinstance(text, list) else text[step]
    return text[finding.start : finding.end]


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([], id="no-record"),
        pytest.param([{}], id="no-text"),
        pytest.param(["", {"text": ""}], id="empty-texts"),
        pytest.param([FILLER * 20], id="other-text"),
        pytest.param(["Who keeps it?"], id="too-little-evidence"),
        pytest.param([ANSWER], id="the-answer-alone"),
        pytest.param([sentence(900), sentence(901)], id="text-of-the-same-sort"),
    ],
)
def test_finds_nothing_in(find, riddles, records):
    assert find(records, riddles) == []


@pytest.mark.parametrize(
    ("record", "source"),
    [
        pytest.param(QUESTIONS[0], "", id="text"),
        pytest.param({"text": QUESTIONS[0]}, "text", id="field"),
        pytest.param({"text": f"{FILLER}\n\n{QUESTIONS[0]}\n"}, "text", id="inside-a-text"),
        pytest.param({"text": "Früh übt sich. " * 9 + QUESTIONS[0]}, "text", id="umlauts-before"),
        pytest.param(
            {"text": "灯台の鍵。😀 " * 30 + QUESTIONS[0]}, "text", id="wide-letters-before"
        ),
        pytest.param({"text": "e\u0301" * 20 + " " + QUESTIONS[0] + "é"}, "text", id="combining"),
        pytest.param(
            {"messages": [{"role": "user", "content": FILLER}, {"content": "é " + QUESTIONS[0]}]},
            "messages[1].content",
            id="second-turn",
        ),
        pytest.param({"a": "", "b": QUESTIONS[0], "c": ""}, "b", id="between-empty-texts"),
        pytest.param({"input": QUESTIONS[0], "output": FILLER}, "input", id="first-of-two"),
    ],
)
def test_tells_the_place_in_the_record_in_characters(find, riddles, record, source):
    (finding,) = find([record], riddles)
    assert (finding.item, finding.kind, finding.source) == ("test/0", "verbatim", source)
    assert passage(record, finding) == QUESTIONS[0].rstrip(".")
    assert finding.excerpt == QUESTIONS[0].rstrip(".")
    assert (finding.path, finding.row) == ("corpus.jsonl", 0)


def test_tells_the_row(find, riddles):
    records = [FILLER, {"text": QUESTIONS[1]}, {}, "", FILLER, [FILLER, QUESTIONS[0]]]
    findings = find(records, riddles)
    assert [(each.item, each.row, each.source) for each in findings] == [
        ("test/1", 1, "text"),
        ("test/0", 5, "[1]"),
    ]


def test_several_items_in_one_document_are_found_one_by_one(find, riddles):
    text = f"{QUESTIONS[2]}\n\n{FILLER}\n\n{QUESTIONS[0]} {QUESTIONS[1]}"
    findings = find([text], riddles)
    assert [each.item for each in findings] == ["train/0", "test/0", "test/1"]
    assert [passage(text, each) for each in findings] == [
        QUESTIONS[n].rstrip(".") for n in (2, 0, 1)
    ]


def test_the_same_item_twice_in_one_long_document_is_found_twice(find, riddles):
    text = QUESTIONS[1] + "\n\n" + FILLER * 90 + QUESTIONS[1]
    assert [each.item for each in find([text], riddles)] == ["test/1", "test/1"]


def test_an_item_in_two_records_is_found_in_both(find, riddles):
    assert [each.row for each in find([QUESTIONS[1], FILLER, QUESTIONS[1]], riddles)] == [0, 2]


def test_an_item_across_a_border_is_told_where_most_of_it_is(find, riddles):
    cut = QUESTIONS[0].index(" ", 2 * len(QUESTIONS[0]) // 3)
    record = {"head": f"{FILLER}é {QUESTIONS[0][:cut]}", "tail": QUESTIONS[0][cut:]}
    (finding,) = find([record], riddles)
    assert (finding.item, finding.source) == ("test/0", "head")
    assert passage(record, finding) == QUESTIONS[0][:cut]


@pytest.mark.parametrize("border", ["first", "last"])
def test_an_item_at_the_border_of_a_passage_is_not_taken_for_its_neighbours(find, riddles, border):
    before = {"first": {"a": FILLER, "b": QUESTIONS[0]}, "last": {"b": QUESTIONS[0], "c": FILLER}}
    (finding,) = find([before[border]], riddles)
    assert finding.source == "b"
    assert passage(before[border], finding) == QUESTIONS[0].rstrip(".")


def test_names_the_fields_that_stand_beside_the_question(find, riddles):
    (without,) = find([QUESTIONS[0]], riddles)
    (beside,) = find([{"question": QUESTIONS[0], "answer": ANSWER}], riddles)
    assert without.fields == ["question"]
    assert beside.fields == ["question", "answer"]
    assert beside.bits > without.bits + 50


def test_tells_split_role_and_how_much_of_the_question_is_there(find, riddles):
    (finding,) = find([QUESTIONS[2]], riddles)
    assert (finding.bench, finding.split, finding.role) == ("riddles", "train", "train")
    assert finding.score == pytest.approx(1.0)
    assert finding.shared is False


def test_a_long_passage_is_shortened_in_its_excerpt_alone(find, make_benchmark):
    long = sentence(500, 120)
    (finding,) = find([long], make_benchmark({"test/0": long}))
    assert finding.excerpt == long[:400]
    assert finding.end == len(long) - 1


def test_chance_is_told_for_one_document_by_the_tail_of_the_kind(find, make_benchmark):
    made = make_benchmark(
        {"test/0": QUESTIONS[0]},
        other_chance=ChanceTail(0.0, 65.0, 0.1),
        verbatim_chance=ChanceTail(-5.0, 70.0, 0.05),
    )
    (finding,) = find([QUESTIONS[0]], made)
    # To half a step of the rounding of the bits.
    assert finding.e_value == pytest.approx(2 ** (-5.0 - 0.05 * (finding.bits - 70)), rel=0.01)
    assert 0 < finding.p_value < 1


def with_two_words_changed(text: str) -> str:
    words = text.split()
    return " ".join([*words[:8], "whatever", *words[9:15], "somehow", *words[16:]])


@pytest.mark.parametrize(
    ("null_bits", "kinds"),
    [
        pytest.param(2000.0, [], id="below-its-null"),
        pytest.param(0.0, ["near"], id="far-above-its-null"),
    ],
)
def test_what_is_not_verbatim_must_score_above_the_null_of_its_item(
    find, make_benchmark, null_bits, kinds
):
    made = make_benchmark({"test/0": QUESTIONS[1]}, null_bits=null_bits)
    found = find([with_two_words_changed(QUESTIONS[1])], made)
    assert [each.kind for each in found] == kinds


@pytest.mark.parametrize(
    ("threshold_bits", "kinds"),
    [
        pytest.param(2000.0, [], id="not-reached"),
        pytest.param(80.0, ["variant"], id="reached"),
    ],
)
def test_a_variant_must_reach_the_threshold_of_its_item(
    find, make_benchmark, threshold_bits, kinds
):
    question = "The cooper of Tarbrook sells 31 barrels and 48 buckets to the brewery by the weir."
    made = make_benchmark({"test/0": question}, threshold_bits=threshold_bits)
    found = find([question.replace("31", "57").replace("48", "22")], made)
    assert [each.kind for each in found] == kinds


def test_what_is_not_verbatim_has_changes(find, make_benchmark):
    made = make_benchmark({"test/0": QUESTIONS[1]})
    (finding,) = find([with_two_words_changed(QUESTIONS[1])], made)
    assert finding.changes == ["reworded"]


def test_an_answer_that_is_not_the_item_s_is_a_change(find, riddles):
    (finding,) = find([f"{QUESTIONS[0]}\nThe answer is 7341."], riddles)
    assert (finding.kind, finding.changes) == ("verbatim", ["answer"])


def test_what_is_verbatim_need_not(find, make_benchmark):
    made = make_benchmark({"test/0": QUESTIONS[1]}, threshold_bits=2000.0)
    assert [each.kind for each in find([QUESTIONS[1]], made)] == ["verbatim"]
