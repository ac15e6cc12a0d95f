"""A page of text: lines fit, and what is to be copied stays in one piece."""

from __future__ import annotations

from rich.text import Text

from leakcheck.report import Sheet
from leakcheck.report.console import labelled, rendered

LONG = "one two three four five six seven eight"


def page(texts, width=30, colour=False) -> str:
    return rendered(labelled("Label", texts, 10, width), Sheet(width, colour))


def test_texts_stand_below_each_other_with_the_label_at_the_first():
    assert page(["one", "two"]) == "  Label   one\n          two\n"


def test_a_long_text_is_broken_and_its_further_lines_are_indented():
    assert page([LONG]) == (
        "  Label   one two three four\n            five six seven\n            eight\n"
    )


def test_what_is_to_be_copied_is_not_broken():
    assert page(["    " + LONG]) == f"  Label       {LONG}\n"


def test_without_colour_there_are_no_codes():
    assert "\x1b" not in page(["one"])
    assert "\x1b[1m" in page(["one"], colour=True)


def test_nothing_is_taken_for_markup():
    assert rendered([Text("[bold]:smile:"), "[red]x"], Sheet()) == "[bold]:smile:\n[red]x\n"
