"""Tulu 3: half of a prompt's tokens in 8-grams shared with one and the same training prompt.

Source: Lambert et al. 2024, arXiv 2411.15124, section 3.2, and the scripts of it,
allenai/open-instruct decontamination/search.py at 06472ae7945 and README.md at 308f2a81666. A token
of a test instance matches a training document if an 8-gram around it stands in that document; the
document that covers most tokens counts; over 50 % is a match. The question is the field searched
for (of DROP and AGIEval passage and question, their scores averaged).

Deviations: leakcheck's tokens in place of spaCy's (which keep punctuation and case apart; the
search engine that looks them up then drops both). A document is a whole record, its answer and all
turns included; the scripts index each user turn alone. Only the question is taken, also where there
is a passage. All documents are looked at, the scripts see at most as many hits as one page of
results. A dataset is contaminated by the paper if over 2 % of an evaluation's items match, which is
left to the reader.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.presets.parts import QUESTION
from leakcheck.presets.record import DocumentRule, Preset
from leakcheck.presets.seen import Sight, Sights

__all__ = ["PRESET"]

GRAM = 8


def _covered(sight: Sight) -> float:
    first, last = _question(sight)
    covered = np.zeros(last - first, np.bool_)
    for start, end in zip(sight.starts.tolist(), sight.ends.tolist(), strict=True):
        covered[start - first : end - first] = True
    return float(covered.mean())


def _question(sight: Sight) -> tuple[int, int]:
    return int(sight.bounds[1]), int(sight.bounds[2])


def _ceiling(sights: Sights) -> npt.NDArray[np.float64]:
    tokens = np.add.reduceat(sights.ends - sights.starts, sights.firsts)
    return np.minimum(1.0, tokens / sights.lengths)


PRESET = Preset(
    name="tulu3",
    title="Tulu 3",
    criterion="over half of the question's tokens in 8-grams of one document",
    source="Lambert et al. 2024, arXiv 2411.15124; allenai/open-instruct decontamination",
    deviations=(
        "leakcheck's tokens, not spaCy's",
        "a document is a whole record, not a user turn",
        "the question alone, also where there is a passage",
    ),
    parts=(QUESTION,),
    gram=GRAM,
    rule=DocumentRule(_covered, _ceiling),
    threshold=0.5,
    strict=True,
)
