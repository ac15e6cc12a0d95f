"""Llama 2: the share of an item's tokens that stand in runs of more than 10, four of them skipped.

Source: Touvron et al. 2023, arXiv 2307.09288, appendix A.6. A token is contaminated if it is in a
token n-gram longer than 10 tokens that the sample and the training set have in common; a matched
span may differ in at most four positions, none of the first 10 and not at its end. Four classes,
not disjoint: clean under 20 % of the tokens, not clean from 20 % on, not dirty under 80 %, dirty
from 80 % on. Flagged here are the dirty ones; the table counts all four.

Deviations: leakcheck's tokens in place of the model's, on the item's fields joined in place of a
verbalised prompt. The tokens that differ inside a span do not count as contaminated (the paper
leaves that open). The analysis is the one for L = 10; the paper repeats it for 20, 30, 40 and 50,
and calls a benchmark affected only if the scores of a model differ with |Z| > 2 on all four
subsets, which takes scores.
"""

from __future__ import annotations

from leakcheck.presets.parts import WHOLE
from leakcheck.presets.record import CorpusRule, Grade, Preset, SkipRule
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET", "SKIPS"]

CLEAN, DIRTY = 0.2, 0.8
SKIPS = SkipRule(exact=10, longer_than=10, budget=4)


def _share(seen: SeenPart) -> float:
    return float(seen.skipping.mean())


PRESET = Preset(
    name="llama2",
    title="Llama 2",
    criterion="80 % of the tokens in runs of more than 10, up to four skipped (dirty)",
    source="Touvron et al. 2023, arXiv 2307.09288, appendix A.6",
    deviations=(
        "leakcheck's tokens, not the model's",
        "fields joined, not a verbalised prompt",
        "skipped tokens do not count as contaminated (the paper leaves it open)",
        "L = 10 only; no test of a model's scores",
    ),
    parts=(WHOLE,),
    gram=SKIPS.exact,
    rule=CorpusRule(_share),
    threshold=DIRTY,
    least_tokens=SKIPS.longer_than + 1,
    grades=(
        Grade("clean", 0.0, CLEAN),
        Grade("not clean", CLEAN, 2.0),
        Grade("not dirty", 0.0, DIRTY),
        Grade("dirty", DIRTY, 2.0),
    ),
    skips=SKIPS,
)
