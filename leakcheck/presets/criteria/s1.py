"""s1 and open-r1: any 8-gram of the question.

Source: Muennighoff et al. 2025, arXiv 2501.19393 (8-grams); huggingface/open-r1
scripts/decontaminate.py at 0c68e8cbf00: case folded, white space collapsed, any 8-gram of words of
the training problem that is one of the test problem.

Deviations: the words of the scripts keep their punctuation (`dollars.` is not `dollars`); leakcheck
has no such tokens, so that this finds somewhat more. The scripts look at the column of problems
alone; here the whole record is looked at.
"""

from __future__ import annotations

from leakcheck.presets.parts import QUESTION
from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET"]

GRAM = 8


def _any_gram(seen: SeenPart) -> float:
    return float(seen.grams(GRAM).any())


PRESET = Preset(
    name="s1",
    title="s1, open-r1",
    criterion="any 8-gram of the question",
    source="Muennighoff et al. 2025, arXiv 2501.19393; huggingface/open-r1 decontaminate.py",
    deviations=(
        "punctuation is no part of a word, so that more is found",
        "the whole record is looked at, not its problem alone",
    ),
    parts=(QUESTION,),
    gram=GRAM,
    rule=CorpusRule(_any_gram),
    threshold=1.0,
)
