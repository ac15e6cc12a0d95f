"""corpus-assay: three 13-grams without stop words, and a thousandth of the document's.

Source: mrcabbage972/corpus-assay at 6d516eef531 (0.1.0): src/scan.rs, src/text.rs,
ngram_config.json, docs/how-it-works.md. Text is NFKC in lower case, words of Latin letters and
digits, 40 stop words left out; 13-grams do not reach over the end of a field, and those with the
phrases of multiple choice and of exercises are rejected. A document is flagged if it has three
different 13-grams of the index and they are .001 of its own; the items that reach both by
themselves are named with it. An item is flagged here if a document names it so.

Deviations: words are leakcheck's tokens, of all scripts. Packs keep 16 bits of a word, so that
about one other word in 1,600 is taken for a stop word, in items and documents alike. Phrases are
rejected as far as they can occur in text without stop words and punctuation. Rejected 13-grams
still count among the document's own. A document is a whole record, also where a separator
packs several into one. Stop-grams of a background corpus, subtraction of a train split and spaced
seeds, all off by default, are not here.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from leakcheck.presets.grams import gram_hashes
from leakcheck.presets.parts import WHOLE
from leakcheck.presets.record import DocumentRule, Preset
from leakcheck.presets.seen import Sight, Sights
from leakcheck.text.tokens import tokenise

__all__ = ["PRESET", "STOP_WORDS", "is_rejected"]

GRAM, LEAST_GRAMS, LEAST_SHARE = 13, 3, 0.001
_STOP = """
a an and are as at be by for from has he in is it its of on that the to was were will with
what which who when where why how this these those or if then else not
"""
STOP_WORDS = tuple(_STOP.split())
REJECTED = re.compile(
    r"\bi{1,4} only\b|\boption [b-d]\b|\bselect (\w+ ){0,2}(answer|option)\b"
    r"|\b(none|all) (\w+ ){0,2}above\b|\bboth [b-d] [b-d]\b|\b(true|false)( (true|false)){2}"
    r"|\b[b-d] (i{1,4}|[1-4]) (only|true|false)\b|\blogically equivalent\b.*\bcontradictory\b"
    r"|\bneither\b.*\bnor\b.*\bconsistent\b|\bfind value x\b|\bsolve x\b|\bsimplify expression\b"
    r"|\bremainder (\w+ )?divided\b|\bcompute (sum|product|difference|quotient)\b"
    r"|\bequation (line|circle|parabola)\b|\bstatement\b.*\b(true|false)\b"
    r"|\baccording (\w+ ){0,2}passage\b"
)
"""The phrases that are left of those rejected: in singular, between single spaces."""
_IN_PHRASES = """
i ii iii iiii only option b c d select answer none all above both true false 1 2 3 4 logically
equivalent contradictory neither nor consistent find value x solve simplify expression remainder
divided compute sum product difference quotient equation line circle parabola statement according
passage
"""
_WORD_OF_CODE = {int(tokenise(word).hashes[0]) & 0xFFFF: word for word in _IN_PHRASES.split()}


def is_rejected(codes: npt.NDArray[np.uint16]) -> bool:
    """Tell if a phrase that says nothing stands among some tokens.

    >>> is_rejected(tokenise("all answers above").hashes.astype(np.uint16))
    True
    >>> is_rejected(tokenise("all kites fly high above").hashes.astype(np.uint16))
    False
    """
    words = (_WORD_OF_CODE.get(code, "other") for code in codes.tolist())
    return REJECTED.search(" ".join(words)) is not None


def _hits(sight: Sight) -> float:
    """Count the different 13-grams of an item; 0 if they are too small a share."""
    fields = sight.bounds
    hashes = gram_hashes(sight.item, GRAM)
    found: dict[int, int] = {}
    for start, end in zip(sight.starts.tolist(), sight.ends.tolist(), strict=True):
        for at in range(start, end - GRAM + 1):
            if np.searchsorted(fields, at, "right") == np.searchsorted(fields, at + GRAM, "left"):
                found.setdefault(int(hashes[at]), at)
    hits = sum(not is_rejected(sight.item[at : at + GRAM]) for at in found.values())
    own = len(np.unique(gram_hashes(sight.document, GRAM)))
    return float(hits) if hits >= LEAST_SHARE * own else 0.0


def _ceiling(sights: Sights) -> npt.NDArray[np.float64]:
    return np.add.reduceat(sights.ends - sights.starts - GRAM + 1.0, sights.firsts)


PRESET = Preset(
    name="corpus-assay",
    title="corpus-assay",
    criterion="three 13-grams without stop words in one document, .1 % of its own",
    source="mrcabbage972/corpus-assay src/scan.rs, docs/how-it-works.md",
    deviations=(
        "words are leakcheck's tokens, of all scripts",
        "one other word in 1,600 is taken for a stop word (packs keep 16 bits of a word)",
        "an item is flagged by its own 13-grams, as the tool names items in flagged documents",
        "no stop-grams, no subtraction of a train split, no spaced seeds (off by default)",
    ),
    parts=(WHOLE,),
    gram=GRAM,
    rule=DocumentRule(_hits, _ceiling),
    threshold=float(LEAST_GRAMS),
    least_tokens=GRAM + LEAST_GRAMS - 1,
    left_out=STOP_WORDS,
)
