"""Proximity as page, JSON and picture."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import numpy as np
import pytest

from leakcheck.benchmark.closeness import Closeness, closeness_of
from leakcheck.corpus_index.closeness.proximity import Measured, Proximity
from leakcheck.report.pages import proximity as proximity_page
from leakcheck.report.pages import proximity_json, proximity_svg
from leakcheck.report.pages.proximity_words import notes_on

SVG = "{http://www.w3.org/2000/svg}"


def closeness(most: float, tokens: int = 65_600, items: int = 200) -> Closeness:
    return closeness_of(np.linspace(0, most, items, dtype=np.float32), tokens)


def proximity(*others: Measured, name: str = "corpus.lki", **changes) -> Proximity:
    measured = [Measured("corpus", name, closeness(0.4, 1_234_567), closeness(0.32), 0.25), *others]
    fields = {
        "bench": "riddles",
        "items": 200,
        "too_short": 0,
        "scale": 4,
        "sample_tokens": 65_536,
        "background_scales": [1, 4],
        "measured": measured,
    }
    return Proximity(**{**fields, **changes})


TRAIN = Measured("train", "", None, closeness(0.52), 0.6)
BACKGROUND = Measured("background", "", None, closeness(0.2), 0.1)
WHOLE = proximity(TRAIN, BACKGROUND)
NO_SAMPLES = proximity(
    sample_tokens=None, measured=[Measured("corpus", "c.lki", closeness(0.4, 99), None)]
)
NO_ITEMS = proximity(items=0, measured=[Measured("corpus", "c.lki", closeness(0, items=0), None)])


def page(*proximities: Proximity, width: int = 80) -> list[str]:
    return proximity_page.render(proximities, width).splitlines()


def last_lines(of: Proximity) -> str:
    return " ".join(page(of)[-4:])


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_page(width):
    long = proximity(TRAIN, BACKGROUND, name="deep/" * 40 + "corpus.lki")
    assert max(map(len, page(long, WHOLE, width=width))) <= width


def test_a_page_has_no_colours_and_no_characters_that_a_terminal_obeys():
    text = "\n".join(page(proximity(TRAIN, name="c\x1b[31m.lki")))
    assert "\x1b" not in text
    assert "c\\x1b[31m.lki" in text


def test_without_items_there_is_neither_table_nor_plot():
    assert page(NO_ITEMS)[0] == "riddles: the best similarity of 0 of 0 test items"
    assert not any("10 %" in line for line in page(NO_ITEMS))


def test_what_is_too_small_is_named():
    assert "too small to be compared" in last_lines(NO_SAMPLES)
    small = Measured("beside", "b.lki", None, None)
    assert "Too small to be compared: b.lki." in list(notes_on(proximity(small)))


@pytest.mark.parametrize(
    ("of", "note"),
    [
        (WHOLE, None),
        (proximity(BACKGROUND), "riddles has no train split to compare with."),
        (proximity(TRAIN, background_scales=[]), "No background text was measured for riddles"),
        (proximity(TRAIN, scale=8), "Background text was measured at scales 1 and 4"),
        (proximity(TRAIN, BACKGROUND, too_short=1), "Left out: 1 test item too short"),
    ],
    ids=["nothing", "no train", "no background", "other scale", "short items"],
)
def test_what_could_not_be_told_is_said(of, note):
    notes = list(notes_on(of))
    assert len(notes) == (note is not None)
    assert all(each.startswith(note) for each in notes)


def test_the_page_tells_quantiles_shares_and_one_sentence():
    lines = page(WHOLE)
    assert lines[0] == "riddles: the best similarity of 200 of 200 test items"
    for row in (
        "in all 1,234,567 tokens of",
        "  corpus.lki                  0.040 0.100 0.200 0.300 0.360 0.396              0",
        "in samples of 65,536 tokens of",
        "  corpus.lki                  0.032 0.080 0.160 0.240 0.288 0.317   25 %       0",
        "  its own train split         0.052 0.130 0.260 0.390 0.468 0.515   60 %       0",
        "  background text             0.020 0.050 0.100 0.150 0.180 0.198   10 %       0",
    ):
        assert row in lines
    assert lines[-2:] == [
        "25 % of the items are closer to corpus.lki than 90 % of them are to as much",
        "background text; 60 % are that close to riddles's train split.",
    ]


def test_the_document_holds_all_that_was_measured():
    document = json.loads(proximity_json.render([WHOLE, NO_SAMPLES]))
    assert document["schema"] == "leakcheck/proximity/1"
    first, second = document["benchmarks"]
    assert [each["text"] for each in first["measured"]] == ["corpus", "train", "background"]
    assert len(first["measured"][0]["sample"]["percentiles"]) == 101
    assert second["sample_tokens"] is None


def test_the_picture_needs_nothing_else_and_runs_nothing():
    text = proximity_svg.render([WHOLE])
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(text).iter()}
    assert tags == {"svg", "title", "style", "rect", "g", "text", "path", "polyline"}
    assert "url(" not in text
    assert "href" not in text


def test_names_cannot_break_the_picture():
    root = ElementTree.fromstring(proximity_svg.render([proximity(name='<&">\x1b.lki')]))
    titles = [each.text for each in root.iter(f"{SVG}title")]
    assert '<&">\\x1b.lki' in titles


@pytest.mark.parametrize("of", [NO_SAMPLES, NO_ITEMS], ids=["no samples", "no items"])
def test_a_picture_of_little_is_a_picture(of):
    curves = ElementTree.fromstring(proximity_svg.render([of])).iter(f"{SVG}polyline")
    assert len(list(curves)) == (of is NO_SAMPLES)


def test_the_picture_has_a_panel_for_each_benchmark_and_a_curve_for_each_text():
    root = ElementTree.fromstring(proximity_svg.render([WHOLE, WHOLE]))
    assert len(list(root.iter(f"{SVG}g"))) == 2
    curves = list(root.iter(f"{SVG}polyline"))
    assert len(curves) == 6
    for curve in curves:
        points = [tuple(map(float, pair.split(","))) for pair in curve.attrib["points"].split()]
        assert points == sorted(points)
