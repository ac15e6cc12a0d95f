"""ConTAM: four measures of how much of an item stands in the corpus.

Source: Singh et al. 2024, "Evaluation data contamination in LLMs: how do we measure it and (when)
does it matter?", arXiv 2411.03923. TOKEN-MATCH is the share of an item's tokens in a matched
n-gram; NGRAM-MATCH the share of its n-grams that match; TOKEN-EXTEND the share of its tokens in
matched spans, which grow from n-grams and may skip; LONGEST-MATCH the longest such span alone, as a
share of the item's tokens. n = 8, matches in one document enough (mincount 1) and no token skipped
(skip budget 0) is what the paper finds best. An item is contaminated above a threshold.

Deviations: the paper chooses the threshold for each model and benchmark, where the estimated gain
is largest (GSM8K .10 to .12 and MMLU .08 to .09 with LONGEST-MATCH, HellaSwag .24 to .26 with
TOKEN-EXTEND); here it is .1 everywhere. The paper folds case and drops punctuation for the first
two and takes the raw tokens of the model for the others; these are leakcheck's tokens for all four,
so that without skipping TOKEN-EXTEND is the same as TOKEN-MATCH. The whole item is taken, answer
and all; the paper's prompts are those of its evaluation.
"""

from __future__ import annotations

from collections.abc import Callable

from leakcheck.presets.parts import WHOLE
from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["LONGEST_MATCH", "NGRAM_MATCH", "TOKEN_EXTEND", "TOKEN_MATCH"]

GRAM = 8
THRESHOLD = 0.1


def _tokens(seen: SeenPart) -> float:
    return float(seen.tokens(GRAM).mean())


def _grams(seen: SeenPart) -> float:
    grams = seen.grams(GRAM)
    return float(grams.mean()) if len(grams) else 0.0


def _longest(seen: SeenPart) -> float:
    longest = seen.longest()
    return longest / seen.length if longest >= GRAM else 0.0


def _preset(name: str, criterion: str, measure: Callable[[SeenPart], float]) -> Preset:
    return Preset(
        name=name,
        title=f"ConTAM {name.removeprefix('contam-').upper()}",
        criterion=f"{criterion}, n = 8, over .1",
        source="Singh et al. 2024, arXiv 2411.03923",
        deviations=(
            "threshold .1 everywhere; the paper has one a model and benchmark, .04 to .40",
            "leakcheck's tokens for all four measures",
        ),
        parts=(WHOLE,),
        gram=GRAM,
        rule=CorpusRule(measure),
        threshold=THRESHOLD,
        strict=True,
    )


TOKEN_MATCH = _preset("contam-token-match", "share of tokens in a matched n-gram", _tokens)
NGRAM_MATCH = _preset("contam-ngram-match", "share of n-grams matched", _grams)
TOKEN_EXTEND = _preset("contam-token-extend", "share of tokens in matched spans", _tokens)
LONGEST_MATCH = _preset("contam-longest-match", "longest matched span as a share", _longest)
