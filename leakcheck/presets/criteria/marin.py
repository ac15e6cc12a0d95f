"""Marin: half of the 13-grams of a paragraph of training text, by the questions of a split.

Source: marin-community/marin lib/marin/src/marin/datakit/decon.py at 031c515db52, settings of
experiments/decontamination/all_sources_decon.py at bc60caefd14, evaluation text as
transform/huggingface/dataset_to_eval.py at 0e0447b91d5 writes it: the question alone. The 13-grams
of words of all evaluation texts go to a Bloom filter. A training record is contaminated if half of
the 13-grams of one of its paragraphs, which blank lines part, stand in it. 13-grams without a
letter are left out. Paragraphs of 3 to 12 words match as a whole. A contaminated record is
attributed to every item that has one of the 13-grams that were matched in it.

Deviations: words are leakcheck's tokens, not what white space parts, case and punctuation kept.
A question is one paragraph, as packs do not keep its blank lines. The filter has the questions of
one split, not those of all benchmarks at once, and is exact (theirs errs once in 1e9). 13-grams
that are common in the training text itself are dropped by the project's later versions, from
counts over the whole corpus; they are not here. A record of which every paragraph is under three
words is not looked at as a whole. The fields of a record are paragraphs of their own.
"""

from __future__ import annotations

from leakcheck.presets.parts import QUESTION
from leakcheck.presets.record import ParagraphRule, Preset

__all__ = ["PRESET"]

GRAM, LEAST = 13, 3

PRESET = Preset(
    name="marin",
    title="Marin",
    criterion="half of the 13-grams of one of a document's paragraphs, by all questions together",
    source="marin-community/marin lib/marin/src/marin/datakit/decon.py",
    deviations=(
        "words are leakcheck's tokens",
        "a question is one paragraph",
        "all questions of a split together, not of all benchmarks",
        "13-grams common in the corpus are not dropped",
    ),
    parts=(QUESTION,),
    gram=GRAM,
    rule=ParagraphRule(b"\n\n"),
    threshold=0.5,
    least_tokens=LEAST,
    whole_from=LEAST,
)
