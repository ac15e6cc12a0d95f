"""GPT-3: any N-gram of an item, N by the length of the benchmark's items.

Source: Brown et al. 2020, arXiv 2005.14165, appendix C, "Overlap methodology" and table C.1. An
example is dirty if it has a single N-gram collision with any document of the training corpus; N is
the 5th percentile of the examples' lengths in words, punctuation, white space and case ignored, at
least 8 on tasks that are not synthetic, and at most 13.

Deviations: words are leakcheck's tokens (`10kg` is two, a plural is its singular). What of an
example counts towards its length is not said; the passage and the question do here, as the values
of table C.1 suggest (OpenBookQA 8, DROP dirty by its passages alone). N is taken from the items of
the test splits, and is the same for the others. The filter of the same appendix, which cuts
13-grams out of the training text unless more than 10 documents have them, is another thing.
"""

from __future__ import annotations

from leakcheck.presets.record import CorpusRule, Preset
from leakcheck.presets.seen import SeenPart

__all__ = ["PRESET", "gram_length"]

LEAST, MOST = 8, 13


def gram_length(usual_length: int) -> int:
    """Return N for a benchmark whose items have this 5th percentile of words.

    >>> [gram_length(words) for words in (4, 9, 25)]
    [8, 9, 13]
    """
    return min(MOST, max(LEAST, usual_length))


def _any_gram(seen: SeenPart) -> float:
    return float(seen.grams(gram_length(seen.usual_length)).any())


PRESET = Preset(
    name="gpt3",
    title="GPT-3",
    criterion="any N-gram; N the 5th percentile of item lengths, 8 to 13",
    source="Brown et al. 2020, arXiv 2005.14165, appendix C",
    deviations=(
        "words are leakcheck's tokens",
        "the length of an example is that of its passage and question (not said in the paper)",
        "the filter with its 10 documents and 200 characters is not this preset",
    ),
    parts=(("context", "question"),),
    gram=LEAST,
    rule=CorpusRule(_any_gram),
    threshold=1.0,
)
