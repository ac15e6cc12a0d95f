"""The page's colours: all text can be read, by day and by night."""

from __future__ import annotations

import re
from importlib.resources import files as resources

import pytest


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    style = (resources("leakcheck.report.formats.html") / "report.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return {
        name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", rules))
        for name, rules in (("light", light), ("dark", dark))
    }


SURFACES = ("page", "sheet", "shade", "overlap-tint", "leak-tint")
INKS = ("text", "quiet", "link", "leak", "overlap", "clean", "inconclusive", "aside")


def test_contrast_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "surface"),
    [(ink, surface) for ink in INKS for surface in SURFACES]
    + [("leak-text", "leak"), ("mark-text", "mark"), ("changed-text", "changed")],
)
def test_text_can_be_read(theme, ink, surface):
    palette = palettes()[theme]
    assert contrast(palette[ink], palette[surface]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["leak-verbatim", "overlap-verbatim", "control"])
def test_pictures_and_edges_of_controls_can_be_seen(theme, ink):
    palette = palettes()[theme]
    assert contrast(palette[ink], palette["sheet"]) >= 3


def test_both_themes_have_the_same_colours():
    light, dark = palettes().values()
    assert light.keys() == dark.keys()
