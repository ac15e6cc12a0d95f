"""PaLM: 70 % of the 8-grams of an item.

Source: Chowdhery et al. 2022, arXiv 2204.02311, section 8: an item is contaminated if at least 70 %
of the 8-grams in its question, prompt or target were seen at least once in the training data.

Deviations: the unit is not said to be a word or a token; leakcheck's tokens are taken. "Question,
prompt or target" is read as three texts of which one is enough: the question alone; all that is put
before the model (passage, question, choices); the answer or the code. The 8-grams may come from
different documents, as in the paper. A text of less than 8 tokens has none and decides nothing.
"""

from __future__ import annotations

from leakcheck.presets.parts import PROMPT, QUESTION, TARGET
from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET"]

GRAM = 8


def _share(seen: SeenPart) -> float:
    grams = seen.grams(GRAM)
    return float(grams.mean()) if len(grams) else 0.0


PRESET = Preset(
    name="palm",
    title="PaLM",
    criterion="70 % of the 8-grams of question, prompt or target",
    source="Chowdhery et al. 2022, arXiv 2204.02311, section 8",
    deviations=(
        "leakcheck's tokens; the paper does not name its unit",
        "one of question, prompt and target is enough (the paper leaves it open)",
    ),
    parts=(QUESTION, PROMPT, TARGET),
    gram=GRAM,
    rule=CorpusRule(_share),
    threshold=0.7,
)
