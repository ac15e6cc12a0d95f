"""Dolma: a whole paragraph of an item, 13 words or more, as a paragraph of a document.

Source: allenai/dolma configs/dolma-v1_6/decontamination (README.md at 43f4cd921d3, step2 at
887a9b039bd) and src/deduper.rs at 0fe98f9dbed; Soldaini et al. 2024, arXiv 2402.00159; Magnusson et
al. 2023 (Paloma), arXiv 2312.10523. Text is split at line ends. The paragraphs of the evaluation
sets that have 13 words (as Unicode parts them, marks counted, white space not) and are not all
marks go to a Bloom filter; a document with a paragraph that stands in it, character for character,
is contaminated and left out.

Deviations: the filter is exact (theirs errs once in 1e15). Words are counted by a pattern that is
close to Unicode's word boundaries. The paragraphs of an item are the lines of its fields, each for
itself; tests are none. The project steps back to fewer evaluation sets if over .1 % of a source's
documents would go; all items are looked for here. The second filter, of whole documents, is not
this preset. Documents are removed there; here the item is flagged, by any of its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from leakcheck.benchmark.card import Field
from leakcheck.presets.parts import ORDER, WHOLE
from leakcheck.presets.record import CharacterRule, Preset

__all__ = ["PRESET", "count_words", "framed"]

LEAST_WORDS = 13
_SEPARATE = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u309f\u3400-\u9fff\uf900-\ufaff]"
"""Scripts in which every character is a word to Unicode's rules, which know no dictionary."""
_JOINED = r"(?<=\d)[.,;'’](?=\d)|(?<=[^\W\d_])[.:'’](?=[^\W\d_])"
"""What joins two digits, or two letters."""
_WORD = re.compile(rf"{_SEPARATE}|(?:(?!{_SEPARATE})\w|{_JOINED})+|[^\w\s]")


def count_words(paragraph: str) -> int:
    """Count words as Unicode parts them, marks included.

    >>> count_words("It's 1,250 kites, isn't it?")
    7
    """
    return len(_WORD.findall(paragraph))


def framed(text: str) -> str:
    """Put line ends around a text, so that whole paragraphs alone are found in it."""
    return f"\n{text}\n"


def _needles(name: str, fields: Mapping[Field, str]) -> list[str]:
    paragraphs = dict.fromkeys(_paragraphs(fields))
    return [framed(each) for each in paragraphs if count_words(each) >= LEAST_WORDS]


def _paragraphs(fields: Mapping[Field, str]) -> Iterator[str]:
    for field in ORDER:
        is_tests = field == "context" and fields.get("code")
        for paragraph in () if is_tests else fields.get(field, "").split("\n"):
            if any(map(str.isalnum, paragraph)):
                yield paragraph


PRESET = Preset(
    name="dolma",
    title="Dolma, Paloma",
    criterion="a whole paragraph of 13 words, character for character",
    source="allenai/dolma configs/dolma-v1_6/decontamination, src/deduper.rs; arXiv 2402.00159",
    deviations=(
        "an item's paragraphs are the lines of its fields",
        "words are counted by a pattern close to Unicode's boundaries",
        "no stepping back where much would be removed, and no filter of whole documents",
    ),
    parts=(WHOLE,),
    gram=1,
    rule=CharacterRule(framed, _needles),
    threshold=1.0,
)
