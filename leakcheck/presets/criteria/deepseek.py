"""DeepSeek: any 10-gram of an item; what is shorter, down to three, as a whole.

Source: Guo et al. 2024 (DeepSeek-Coder), arXiv 2401.14196, section 2, and Shao et al. 2024
(DeepSeekMath), arXiv 2402.03300, section 2.1: training text is removed if it holds a 10-gram of a
benchmark's text; a benchmark's text of less than 10 and at least 3 grams is matched exactly.

Deviations: a gram is not said to be a word; leakcheck's tokens are taken. The texts of an item are
its question and its answer or code, each for itself; the short ones are looked for among questions
only, as a short answer stands in any text. The papers remove training text; here the item is
flagged.
"""

from __future__ import annotations

from leakcheck.presets.parts import QUESTION, TARGET
from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET"]

GRAM, LEAST = 10, 3


def _any_gram(seen: SeenPart) -> float:
    if seen.length < GRAM:
        is_question = seen.target == seen.length > 0
        return float(is_question and LEAST <= seen.length == seen.longest())
    return float(seen.grams(GRAM).any())


PRESET = Preset(
    name="deepseek",
    title="DeepSeek-Coder, DeepSeekMath",
    criterion="any 10-gram; texts of 3 to 9 as a whole",
    source="Guo et al. 2024, arXiv 2401.14196; Shao et al. 2024, arXiv 2402.03300",
    deviations=(
        "grams are leakcheck's tokens (the papers do not name the unit)",
        "question and answer are looked at apart; of short texts questions only",
    ),
    parts=(QUESTION, TARGET),
    gram=GRAM,
    rule=CorpusRule(_any_gram),
    threshold=1.0,
    least_tokens=LEAST,
    whole_from=LEAST,
)
