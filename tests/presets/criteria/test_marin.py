"""Marin: half of the 13-grams of a paragraph, by the questions of a split together."""

from __future__ import annotations

import pytest

from ..conftest import text, words

ITEM = words(30)
OTHER = words(60, 600)


def test_fewer_than_half_of_a_paragraph_are_clean(flagged):
    document = text(OTHER[:20], ITEM[:25], OTHER[20:40])  # 13 of 53 13-grams
    assert flagged("marin", {"test/0": text(ITEM)}, [document]) == []


def test_twelve_words_in_a_row_are_clean(flagged):
    assert flagged("marin", {"test/0": text(ITEM)}, [text(ITEM[3:15])]) == []


def test_the_worked_example(scores):
    """A paragraph of 13 + 12 + 12 words has 25 13-grams; 13 of them are the item's."""
    paragraph = text(ITEM[:25], OTHER[:12])
    document = f"{text(OTHER)}\n\n{paragraph}\n\n{text(OTHER)}"
    found = scores("marin", {"test/0": text(ITEM)}, [document])
    assert found["test/0"] == pytest.approx(13 / 25)


def test_a_blank_line_parts_paragraphs_and_a_line_end_does_not(flagged):
    for end, expected in (("\n\n", ["test/0"]), ("\n", [])):
        document = f"{text(OTHER)}{end}{text(ITEM)}"
        assert flagged("marin", {"test/0": text(ITEM)}, [document]) == expected, end


def test_a_13_gram_over_a_blank_line_is_none(flagged):
    document = f"{text(ITEM[:12])}\n\n{text(ITEM[12:24])}"
    assert flagged("marin", {"test/0": text(ITEM)}, [document]) == []


def test_questions_of_one_split_count_together(flagged):
    items = {"test/0": text(words(17)), "test/1": text(words(17, 100))}
    document = text(words(17), words(3, 700), words(17, 100))  # 10 of 25
    assert flagged("marin", items, [document]) == []
    assert flagged("marin", items, [text(words(17), words(17, 100))]) == []  # 10 of 22
    longer = {"test/0": text(words(20)), "test/1": text(words(20, 100))}
    assert flagged("marin", longer, [text(words(20), words(20, 100))]) == ["test/0", "test/1"]


def test_questions_of_two_splits_do_not(flagged):
    items = {"test/0": text(words(20)), "train/0": text(words(20, 100))}
    assert flagged("marin", items, [text(words(20), words(20, 100))]) == []


def test_an_item_is_flagged_by_one_13_gram_in_a_contaminated_record(flagged):
    items = {"test/0": text(ITEM), "test/1": text(words(30, 100))}
    document = f"{text(ITEM)}\n\n{text(OTHER, words(13, 105), OTHER)}"
    assert flagged("marin", items, [document]) == ["test/0", "test/1"]
    assert flagged("marin", items, [text(OTHER, words(13, 105), OTHER)]) == []


@pytest.mark.parametrize("length", [3, 12])
def test_a_short_question_is_matched_as_a_whole_paragraph(length, flagged):
    item = {"test/0": text(words(length))}
    paragraph = f"{text(OTHER)}\n\n{text(words(length))}\n\n{text(OTHER)}"
    assert flagged("marin", item, [paragraph]) == ["test/0"]
    assert flagged("marin", item, [text(OTHER, words(length))]) == []


def test_two_words_are_too_few(flagged):
    assert flagged("marin", {"test/0": text(words(2))}, [text(words(2))]) == []


def test_numbers_alone_are_nothing(flagged):
    numbers = " ".join(str(number) for number in range(100, 130))
    assert flagged("marin", {"test/0": numbers}, [numbers]) == []
    assert flagged("marin", {"test/0": f"{numbers} kites"}, [f"{numbers} kites"]) == ["test/0"]


def test_an_answer_is_not_looked_at(flagged):
    item = {"question": text(ITEM), "answer": text(words(30, 100))}
    assert flagged("marin", {"test/0": item}, [text(words(30, 100))]) == []


def test_fields_of_a_record_are_paragraphs(flagged):
    record = {"instruction": text(OTHER), "output": text(ITEM)}
    assert flagged("marin", {"test/0": text(ITEM)}, [record]) == ["test/0"]
