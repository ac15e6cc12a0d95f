"""The page's pictures: true to the counts, and told to those who do not see them."""

from __future__ import annotations

import re

import pytest

from leakcheck.report.formats.html.charts import LEAST, Part, histogram, length_bar, share_bar


def widths(svg: str, style: str) -> list[float]:
    return [float(each) for each in re.findall(f'class="{style}" [^>]*width="([0-9.]+)"', svg)]


def label(svg: str) -> str:
    return re.findall('aria-label="([^"]*)"', svg)[0]


def test_of_nothing_there_is_no_histogram():
    assert histogram("Scores", "leakage", []) == ""


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ([0.97], "Scores: it lies from 0.95 to 1."),
        ([0.51, 0.52, 0.53], "Scores: all 3 lie from 0.5 to 0.55."),
    ],
)
def test_scores_that_lie_together_are_told_in_a_sentence(scores, told):
    assert histogram("Scores", "leakage", scores) == f'<p class="note">{told}</p>'


def test_a_histogram_tells_how_many_lie_in_its_upper_half():
    drawn = histogram("Scores", "leakage", [0.1, 0.5, 1.0, 1.0])
    assert label(drawn) == "Scores: 3 of 4 are 0.5 or more"
    assert len(widths(drawn, "leakage")) == 3


def test_the_highest_column_is_the_fullest_bin():
    drawn = histogram("Scores", "leakage", [0.1, 1.0, 1.0])
    heights = re.findall(r'class="leakage" [^>]*height="([0-9.]+)"', drawn)
    assert heights == ["35", "70"]


def test_a_share_of_nothing_is_an_empty_bar():
    drawn = share_bar("Items", [Part("near", 0, "leakage-near")], 40)
    assert label(drawn) == "Items: none"
    assert widths(drawn, "leakage-near") == []
    assert "legend" not in drawn


def test_parts_of_a_share_are_as_wide_as_they_are_many():
    parts = [Part("verbatim", 10, "leakage-verbatim"), Part("near", 5, "leakage-near")]
    drawn = share_bar("Items", parts, 40)
    assert widths(drawn, "leakage-verbatim") == [250]
    assert widths(drawn, "leakage-near") == [125]
    assert label(drawn) == "Items: 10 of 40 verbatim; 5 of 40 near"


def test_what_was_found_can_always_be_seen():
    drawn = share_bar("Items", [Part("near", 1, "leakage-near")], 1_000_000)
    assert widths(drawn, "leakage-near") == [LEAST]


def test_names_are_escaped():
    assert "<b>" not in label(length_bar("<b>", [Part("<b>", 1, "leakage")], 1))
