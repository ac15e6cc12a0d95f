"""HELM: any 13-gram of the input, or of the references.

Source: stanford-crfm/data-overlap (Liang et al. 2022, arXiv 2211.09110): lower case, split at white
space and punctuation, n = 13; the input and the references of an instance are looked at apart. This
is the binary metric of three; the others, a Jaccard and a token overlap, have no threshold.

Deviations: words are leakcheck's tokens. The input is passage, question and choices joined; the
references are the answer or the code.
"""

from __future__ import annotations

from leakcheck.presets.parts import PROMPT, TARGET
from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET"]

GRAM = 13


def _any_gram(seen: SeenPart) -> float:
    return float(seen.grams(GRAM).any())


PRESET = Preset(
    name="helm",
    title="HELM",
    criterion="any 13-gram of the input or of the references",
    source="stanford-crfm/data-overlap; Liang et al. 2022, arXiv 2211.09110",
    deviations=("words are leakcheck's tokens",),
    parts=(PROMPT, TARGET),
    gram=GRAM,
    rule=CorpusRule(_any_gram),
    threshold=1.0,
)
