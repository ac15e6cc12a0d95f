"""lm-evaluation-harness: any 13-gram of the question.

Source: EleutherAI/lm-evaluation-harness lm_eval/decontamination/janitor.py and decontaminate.py at
121b7096ab6: lower case, punctuation deleted, split at white space; an item overlaps if any 13-gram
of it stands in a training document.

Deviations: deleting punctuation joins what leakcheck parts (`don't` is `dont` there, `don` and `t`
here). What of an item is looked up is said by each task (`doc_to_decontamination_query`), most
often the question, which is taken here. The janitor's other work, cutting such passages out of a
training document with 200 characters around them, is not this preset.
"""

from __future__ import annotations

from leakcheck.presets.parts import QUESTION
from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET"]

GRAM = 13


def _any_gram(seen: SeenPart) -> float:
    return float(seen.grams(GRAM).any())


PRESET = Preset(
    name="lm-eval",
    title="lm-evaluation-harness",
    criterion="any 13-gram of the question",
    source="EleutherAI/lm-evaluation-harness lm_eval/decontamination",
    deviations=(
        "punctuation parts words, it does not join them",
        "the question is looked up, whatever the task names",
    ),
    parts=(QUESTION,),
    gram=GRAM,
    rule=CorpusRule(_any_gram),
    threshold=1.0,
)
