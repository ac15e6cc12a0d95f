"""Llama 3: the share of an item's tokens in 8-grams of the corpus; any share at all, and how much.

Source: Dubey et al. 2024, arXiv 2407.21783, section 5.1.4. An example of a dataset D is
contaminated if a share T_D of its tokens is part of an 8-gram that stands at least once in the
pre-training corpus. T_D is chosen for each dataset: the value of the largest significant gain that
is estimated from the scores of three models on all examples and on the clean ones. It follows Singh
et al. 2024 (`contam`), whose TOKEN-MATCH is this measure.

Deviations: no T_D is published, table 15 has the shares of items alone (98 % of AGIEval, 41 % of
GSM8K, 1 % of MATH), and to choose one takes the scores of a model. So an item is flagged here with
any 8-gram, which no T_D can exceed: the number of flagged items is the upper bound of what the
paper would have reported. The classes say how many are left at other values. leakcheck's tokens in
place of Llama's, which are more. The whole item is taken, answer and all. For several datasets
(MMLU, HumanEval, MBPP among them) the paper gives no number, as nearly all of their items have such
8-grams in a web-scale corpus. The exact match of prompts by which post-training data was cleaned is
not this preset.
"""

from __future__ import annotations

from leakcheck.presets.parts import WHOLE
from leakcheck.presets.record import CorpusRule, Grade, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET"]

GRAM = 8
SHARES = (0.2, 0.4, 0.6, 0.8)


def _share(seen: SeenPart) -> float:
    return float(seen.tokens(GRAM).mean())


PRESET = Preset(
    name="llama3",
    title="Llama 3",
    criterion="any 8-gram; by class, 20 to 80 % of the tokens in 8-grams",
    source="Dubey et al. 2024, arXiv 2407.21783, section 5.1.4",
    deviations=(
        "the thresholds, one a benchmark, are not published: any share flags, an upper bound, "
        "and the classes say how many have more",
        "leakcheck's tokens, not Llama's",
        "the whole item, answer and all (the paper does not say)",
    ),
    parts=(WHOLE,),
    gram=GRAM,
    rule=CorpusRule(_share),
    threshold=0.0,
    strict=True,
    grades=tuple(Grade(f"at T = {share:.1f}", share, float("inf")) for share in SHARES),
)
