"""datatrove: any 12-gram of the answer, or over the border of question and answer.

Source: huggingface/datatrove src/datatrove/pipeline/decont/n_grams.py at 17fe6e850f6, with its
defaults: 12 words, the n-grams of the question alone left out, those over the border taken; text
lower-cased, punctuation and accents removed, every number read as 0.

Deviations: words are leakcheck's tokens, not nltk's or spaCy's; a decimal is one number here (1.5
is two zeros there), and so is an English number word (`three`), which stays a word there. The query
is the question and its choices. A task of datatrove has a query as lighteval writes it, with its
instructions. datatrove removes training documents; here the item is flagged. An item without an
answer is never flagged.
"""

from __future__ import annotations

from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET"]

GRAM = 12


def _any_gram(seen: SeenPart) -> float:
    first = max(0, seen.target - GRAM + 1)
    return float(seen.grams(GRAM)[first:].any())


PRESET = Preset(
    name="datatrove",
    title="datatrove",
    criterion="any 12-gram with a word of the answer, numbers alike",
    source="huggingface/datatrove pipeline/decont/n_grams.py",
    deviations=(
        "words are leakcheck's tokens; number words are numbers too",
        "the query is question and choices, without a task's instructions",
        "items without an answer are never flagged",
    ),
    parts=(("question", "choices", "answer", "code"),),
    gram=GRAM,
    rule=CorpusRule(_any_gram),
    threshold=1.0,
    numbers_alike=True,
)
