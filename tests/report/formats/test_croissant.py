"""The Croissant fragment: JSON-LD whose names are those of the RAI vocabulary."""

from __future__ import annotations

import json

from leakcheck.report import Sheet
from leakcheck.report.formats import croissant


def test_every_prefix_is_in_the_context(five_benchmarks):
    fragment = json.loads(croissant.render(five_benchmarks, Sheet()))
    used = {key.partition(":")[0] for key in fragment if ":" in key}
    assert used | {fragment["@type"].partition(":")[0]} <= set(fragment["@context"])


def test_says_what_it_conforms_to(leaked):
    fragment = json.loads(croissant.render(leaked, Sheet()))
    assert fragment["conformsTo"] == [
        "http://mlcommons.org/croissant/1.1",
        "http://mlcommons.org/croissant/RAI/1.0",
    ]
    assert fragment["@context"]["rai"] == "http://mlcommons.org/croissant/RAI/"


def test_both_properties_are_lists_of_text(five_benchmarks):
    fragment = json.loads(croissant.render(five_benchmarks, Sheet()))
    for name in ("rai:dataLimitations", "rai:dataPreprocessingProtocol"):
        assert fragment[name]
        assert all(isinstance(text, str) and text for text in fragment[name])


def test_five_benchmarks_render_as_in_the_golden_file(five_benchmarks, matches_golden):
    matches_golden(croissant.render(five_benchmarks, Sheet()), "five_benchmarks.croissant.json")
