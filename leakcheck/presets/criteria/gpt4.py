"""GPT-4: any of three random substrings of 50 characters.

Source: OpenAI 2023, arXiv 2303.08774, appendix C: all spaces and symbols are removed from item and
training text, letters and digits kept; of each item three substrings of 50 characters are drawn,
or the whole of it if it is shorter; one that stands in a training example is a match. The question
or what corresponds to it is taken, not the answer.

Deviations: the draw is not published; here it is fixed by the item's name, so that it is the same
in every run. The choices of a question are left out, which the paper says of some evaluations. An
item of less than 16 characters is not decided. The passages of a record are joined into one
example. Case is kept, as the paper says nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from leakcheck.benchmark.card import Field
from leakcheck.presets.parts import QUESTION
from leakcheck.presets.record import CharacterRule, Preset

__all__ = ["PRESET", "bare", "needles_of"]

LENGTH, DRAWN = 50, 3
SEED = "leakcheck"
_NEITHER = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Keep letters and digits.

    >>> bare("It's 3 o'clock, isn't it?")
    'Its3oclockisntit'
    """
    return _NEITHER.sub("", text)


def needles_of(name: str, fields: Mapping[Field, str]) -> list[str]:
    """Draw the substrings of an item.

    >>> [len(needle) for needle in needles_of("test/0", {"question": "who " * 40})]
    [50, 50, 50]
    >>> needles_of("test/0", {"question": "Who flies?"})
    ['Whoflies']
    """
    text = bare(fields.get("context", "") + fields.get("question", ""))
    if len(text) <= LENGTH:
        return [text] if text else []
    random = Random(f"{SEED}:{name}")
    starts = [random.randrange(len(text) - LENGTH + 1) for _ in range(DRAWN)]
    return [text[start : start + LENGTH] for start in starts]


PRESET = Preset(
    name="gpt4",
    title="GPT-4",
    criterion="one of three random substrings of 50 letters and digits",
    source="OpenAI 2023, arXiv 2303.08774, appendix C",
    deviations=(
        "the draw is fixed by the item's name (not published)",
        "choices are left out",
        "items of less than 16 characters are not decided",
    ),
    parts=(QUESTION,),
    gram=1,
    rule=CharacterRule(bare, needles_of),
    threshold=1.0,
)
