"""Qwen2: the longest common subsequence of an item and a document, of 13 tokens and 60 %.

Source: Yang et al. 2024, arXiv 2407.10671, section 5.2.6, repeated in Qwen2.5, arXiv 2412.15115,
section 5. A training sequence s is contaminated if there is a test sequence e with
|LCS(s, e)| >= 13 and |LCS(s, e)| >= 0.6 min(|s|, |e|), symbols and punctuation removed, then
tokenised; this is a constraint upon n-gram matching.

Deviations: leakcheck's tokens in place of Qwen's. The n of the n-gram matching is not published; an
item and a document are compared if they share a run of 8 tokens. A test sequence is the whole item,
answer and all, which the paper does not say. The share is of the shorter of the two, as published,
so that a long document has the words of a short item somewhere, in order. The paper removes
training sequences; here the item is flagged.
"""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from leakcheck.presets.parts import WHOLE
from leakcheck.presets.record import DocumentRule, Preset
from leakcheck.presets.seen import Sight, Sights

__all__ = ["PRESET"]

GRAM = 8
LEAST_TOKENS = 13
SHARE = 0.6


def _share(sight: Sight) -> float:
    item, document = array("H", sight.item.tobytes()), array("H", sight.document.tobytes())
    common = LCSseq.similarity(item, document)
    return common / min(len(item), len(document)) if common >= LEAST_TOKENS else 0.0


def _ceiling(sights: Sights) -> npt.NDArray[np.float64]:
    return np.ones(len(sights.firsts))


PRESET = Preset(
    name="qwen2",
    title="Qwen2, Qwen2.5",
    criterion="LCS of 13 tokens and 60 % of the shorter text",
    source="Yang et al. 2024, arXiv 2407.10671, section 5.2.6",
    deviations=(
        "leakcheck's tokens, not Qwen's",
        "compared only where 8 tokens in a row are shared (the paper's n is not published)",
        "the whole item, answer and all (the paper does not say)",
    ),
    parts=(WHOLE,),
    gram=GRAM,
    rule=DocumentRule(_share, _ceiling),
    threshold=SHARE,
    least_tokens=LEAST_TOKENS,
)
