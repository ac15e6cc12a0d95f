"""decon: the rarity of the question's 5-grams in one place, its answer behind and passage before.

Source: allenai/decon, doc/simple-details.md at bf5c82d38df, src/detect/detection.rs at 6badeb4bed5
and contamination_entry.rs; used for OLMo 3 (arXiv 2512.13961). The question's 5-grams in a document
form clusters, which end after 11 misses. O is the share that the matched ones have of the idf of
the question's 5-grams, each taken once. The answer is looked for behind the cluster: one of up to
three tokens exactly, within 50; a longer one by the idf of its 3-grams, within max(100, twice its
length); the passage before it by the idf of its 4-grams. Weights .7, .2, .1 for question, answer
and passage; .75 and .25 without a passage; .85 and .15 without an answer. A question of under 20
5-grams has .5 + n/40 of its weight, the rest goes to the others. Flagged from .8 on; from 50 tokens
of the whole item down to 20 that rises to 1. The question alone must reach (.8 - .3) / .7, which
rises likewise.

Deviations: leakcheck's tokens in place of cl100k's, which are more. Every token is looked at, not
one in ten; the known blind spot of that is not copied. idf is within one benchmark, so that no
other one that is asked for changes a score. A question of multiple choice is one item with its
right answer, not four. The passage is looked for in the 100 tokens, or twice its length, before the
cluster, without the limit of two misses. Items of under 20 tokens are not decided, as decon drops
them, nor are those that have no question of five; the minimum of four different words is left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.presets.parts import CONTEXT, ORDER, QUESTION, TARGET, WHOLE
from leakcheck.presets.record import DocumentRule, Preset
from leakcheck.presets.seen import Sight, Sights

__all__ = ["PRESET", "component_weights", "required_score"]

GRAM, ANSWER_GRAM, PASSAGE_GRAM = 5, 3, 4
THRESHOLD = 0.8
LEAST_QUESTION = (THRESHOLD - 0.3) / 0.7
SHORT, LONG = 20, 50
MOST_MISSES = 11
SHORT_ANSWER, SHORT_ANSWER_WINDOW, LEAST_WINDOW = 3, 50, 100
INFORMATIVE_GRAMS, INFORMATIVE_ANSWER = 20, 4
WEIGHS = ((GRAM, QUESTION), (ANSWER_GRAM, TARGET), (PASSAGE_GRAM, CONTEXT))


def required_score(tokens: int, base: float = THRESHOLD) -> float:
    """Return what an item of so many tokens must score.

    >>> [round(required_score(tokens), 3) for tokens in (20, 35, 50)]
    [1.0, 0.9, 0.8]
    """
    along = min(1.0, max(0.0, (tokens - SHORT) / (LONG - SHORT)))
    return 1.0 - (1.0 - base) * along


def component_weights(
    question_grams: int, answer_tokens: int, passage_tokens: int
) -> tuple[float, float, float]:
    """Return the weights of question, answer and passage; those of what an item lacks are 0.

    Args:
        question_grams: different 5-grams of the question.
        answer_tokens: different tokens of the answer.
        passage_tokens: of the passage.

    >>> component_weights(40, 9, 0)
    (0.75, 0.25, 0.0)
    >>> component_weights(10, 9, 0)
    (0.5625, 0.4375, 0.0)
    """
    confidence = min(1.0, 0.5 + 0.5 * question_grams / INFORMATIVE_GRAMS)
    if answer_tokens and passage_tokens:
        lost = 0.7 * (1 - confidence)
        sure = min(1.0, 0.5 + 0.5 * answer_tokens / INFORMATIVE_ANSWER)
        answer = 0.2 + lost / 2
        return 0.7 * confidence, answer * sure, 0.1 + lost / 2 + answer * (1 - sure)
    if answer_tokens:
        return 0.75 * confidence, 1 - 0.75 * confidence, 0.0
    if passage_tokens:
        return 0.85 * confidence, 0.0, 1 - 0.85 * confidence
    return 1.0, 0.0, 0.0


def _score(sight: Sight) -> float:
    """Return the best score of any cluster, scaled so that .8 is what the item requires."""
    return max(_cluster_score(sight, cluster) for cluster in _clusters(sight))


def _clusters(sight: Sight) -> list[npt.NDArray[np.int64]]:
    """Part the runs, in the order of the document, where too many of its 5-grams are missed."""
    order = np.argsort(sight.places, kind="stable")
    last_grams = sight.places + sight.ends - sight.starts - GRAM
    furthest = np.maximum.accumulate(last_grams[order])
    misses = sight.places[order][1:] - furthest[:-1] - 1
    return np.split(order, np.flatnonzero(misses >= MOST_MISSES) + 1)


def _cluster_score(sight: Sight, cluster: npt.NDArray[np.int64]) -> float:
    begin, end = _bounds(sight, "question")
    matched = np.zeros(end - begin, np.bool_)
    for start, stop in zip(sight.starts[cluster], sight.ends[cluster], strict=True):
        matched[start - begin : stop - begin - GRAM + 1] = True
    weights = sight.weights[GRAM][begin:end]
    total = float(weights.sum())
    question = float(weights[matched].sum()) / total if total else 0.0
    if question < required_score(end - begin, LEAST_QUESTION) - 1e-9:
        return 0.0
    first = int(sight.places[cluster].min())
    last = int((sight.places + sight.ends - sight.starts)[cluster].max())
    excess = max(0, last - first - (end - begin))
    answers, passages = _bounds(sight, "answer"), _bounds(sight, "context")
    if answers[0] == answers[1]:
        answers = _bounds(sight, "code")
    shares = component_weights(
        int((weights > 0).sum()),
        len(np.unique(sight.item[slice(*answers)])),
        passages[1] - passages[0],
    )
    found = (
        question,
        _answer(sight, answers, last - excess) if shares[1] else 0.0,
        _passage(sight, passages, first) if shares[2] else 0.0,
    )
    score = sum(share * part for share, part in zip(shares, found, strict=True))
    tokens = end - begin + answers[1] - answers[0] + passages[1] - passages[0]
    return min(1.0, (score + 1e-9) * THRESHOLD / required_score(tokens))


def _bounds(sight: Sight, field: str) -> tuple[int, int]:
    number = [*ORDER].index(field)  # type: ignore[arg-type]
    return int(sight.bounds[number]), int(sight.bounds[number + 1])


def _answer(sight: Sight, bounds: tuple[int, int], behind: int) -> float:
    codes = sight.item[slice(*bounds)]
    if len(codes) > SHORT_ANSWER:
        window = max(LEAST_WINDOW, 2 * len(codes))
        return _overlap(sight, bounds, ANSWER_GRAM, sight.document[behind : behind + window])
    near = sight.document[behind : behind + SHORT_ANSWER_WINDOW]
    places = len(near) - len(codes) + 1
    return float(any((near[at : at + len(codes)] == codes).all() for at in range(places)))


def _passage(sight: Sight, bounds: tuple[int, int], before: int) -> float:
    window = max(LEAST_WINDOW, 2 * (bounds[1] - bounds[0]))
    near = sight.document[max(0, before - window) : before]
    return _overlap(sight, bounds, PASSAGE_GRAM, near)


def _overlap(sight: Sight, bounds: tuple[int, int], n: int, near: npt.NDArray[np.uint16]) -> float:
    """Return the share of a field's n-grams, by idf, that stand in a stretch of the document."""
    weights = sight.weights[n][slice(*bounds)]
    total = float(weights.sum())
    if not total:
        return 0.0
    codes, there = sight.item[slice(*bounds)].tolist(), near.tolist()
    grams = {tuple(there[at : at + n]) for at in range(len(there) - n + 1)}
    held = (at for at in range(len(codes) - n + 1) if tuple(codes[at : at + n]) in grams)
    return sum(float(weights[at]) for at in held) / total


def _ceiling(sights: Sights) -> npt.NDArray[np.float64]:
    """Let through what may reach the least that a question must have; rounding aside."""
    shares = np.add.reduceat(sights.weighed, sights.firsts) / np.maximum(1e-9, sights.weights)
    return np.where(shares >= LEAST_QUESTION - 1e-6, 1.0, 0.0)


PRESET = Preset(
    name="decon",
    title="decon (OLMo 3)",
    criterion="idf of 5-grams, question .75 and answer .25, from .8 on",
    source="allenai/decon doc/simple-details.md and src/detect; arXiv 2512.13961",
    deviations=(
        "leakcheck's tokens, not cl100k's",
        "every token is looked at, not one in ten",
        "idf within one benchmark, not over all that are loaded",
        "a question of multiple choice is one item, with its right answer",
    ),
    parts=(QUESTION,),
    gram=GRAM,
    rule=DocumentRule(_score, _ceiling, weighs=WEIGHS),
    threshold=THRESHOLD,
    least_tokens=SHORT,
    counted=WHOLE,
)
