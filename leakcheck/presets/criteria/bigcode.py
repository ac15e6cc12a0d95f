"""BigCode: the whole prompt, docstring or solution as a substring.

Source: bigcode-project/bigcode-dataset decontamination/find_substrings.py; Li et al. 2023
(StarCoder), arXiv 2305.06161: a training file that holds a benchmark's docstring, solution or
question is removed, both in lower case.

Deviations: prompts and solutions are the fields of leakcheck's cards; the scripts cut the docstring
out of a HumanEval prompt, and leave four trivial solutions out. White space must be the same, as
there. A text of less than 16 characters is not decided. The second filter of the project, MinHash
with a Jaccard similarity of .58, is not this preset. Files are removed there; here the item is
flagged.
"""

from __future__ import annotations

from collections.abc import Mapping

from leakcheck.benchmark.card import Field
from leakcheck.presets.parts import QUESTION, TARGET
from leakcheck.presets.record import CharacterRule, Preset

__all__ = ["PRESET"]


def _needles(name: str, fields: Mapping[Field, str]) -> list[str]:
    """Return the question and the solution, the white space at their ends left out."""
    texts = [fields.get("question", ""), fields.get("code", "")]
    return [text.strip().lower() for text in texts if text.strip()]


PRESET = Preset(
    name="bigcode",
    title="BigCode (StarCoder)",
    criterion="the whole prompt or solution, in lower case",
    source="bigcode-project/bigcode-dataset decontamination; arXiv 2305.06161",
    deviations=(
        "whole prompts, not the docstrings cut out of them",
        "texts of less than 16 characters are not decided",
        "no MinHash filter",
    ),
    parts=(QUESTION, TARGET),
    gram=1,
    rule=CharacterRule(str.lower, _needles),
    threshold=1.0,
)
