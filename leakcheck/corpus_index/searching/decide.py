"""Deciding from fingerprints: whether an item stands in a document whose text is gone.

The evidence of a question is that of the scan: what its tokens gain, less what is missing and what
is extra. Tokens that an index cannot show are expected to be there as often as those it can.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from msgspec import structs

from leakcheck.benchmark.calibration import QUESTION_BITS, VERBATIM_BITS
from leakcheck.benchmark.card import FIELDS, Field
from leakcheck.corpus_index.searching.differing import changes_from
from leakcheck.corpus_index.searching.gains import WindowGains
from leakcheck.corpus_index.searching.hits import Hits
from leakcheck.corpus_index.searching.likeness import Question, Window, kind_from
from leakcheck.corpus_index.searching.replay import Candidates
from leakcheck.corpus_index.searching.scored import Scored, Scorer
from leakcheck.corpus_index.searching.sketch import KnownTokens, Sketch, known_tokens
from leakcheck.corpus_index.searching.visible import visible_of
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Finding, Kind
from leakcheck.detection.matches import RawMatches
from leakcheck.detection.score import FIELD_SHARE, MISSING_NUMBER, MISSING_WORD, TESTS_SHARE
from leakcheck.index.item_table import CHOICES, CONTEXT, QUESTION, ItemTable

__all__ = ["Decider"]

LEAST_SEEN = 0.35
"""The part of an item's evidence that an index must be able to show, or nothing is said of it."""
Counts = npt.NDArray[np.int64]

DOUBT_BITS = np.float32(60.0)
"""So much more of an item is taken to be missing."""
DOUBT_TRIPLES = np.float32(0.3)
"""Of one more triple, so much is taken to be there."""
SMALL_OVERLAP = 0.2
"""Two matches may share this part of the shorter one and still both stand."""


class Decider:
    """Decides documents one after the other."""

    def __init__(self, catalogue: Catalogue, scale: int) -> None:
        self._catalogue = catalogue
        self._visible = visible_of(catalogue.lookups, scale)
        self._scorer = Scorer(catalogue.lookups, self._visible)
        items, shown = catalogue.lookups.items, self._scorer.shown.items
        self._number_codes = np.zeros(1 << 16, np.bool_)
        self._number_codes[items.codes[items.numbers]] = True
        self._whole = items.word_bits + items.number_bits
        self._part = shown.word_bits + shown.number_bits
        self._hidden, self._edges = _hidden(items, self._visible.rare | self._visible.in_triple)
        self._missing = _missing(items)
        self._missing_shown = _missing(shown)

    def decide(self, sketch: Sketch) -> Iterator[Finding]:
        """Yield the findings of one document, their path and row left empty."""
        candidates = self._decidable(sketch.candidates)
        if not len(candidates.items):
            return
        tokens = known_tokens(sketch, self._number_codes)
        scored = self._scorer.score(tokens, sketch.hits, candidates)
        gains = self._gains(scored, tokens)
        bits = self._question_bits(scored, gains)
        taken: list[int] = []
        for row in np.argsort(-bits, kind="stable").tolist():
            if any(self._overlap(scored.matches, one, row) for one in taken):
                continue
            taken.append(row)
            seen = self._seen(scored.matches, row, tokens, sketch.hits)
            kind = kind_from(*seen)
            total = self._bits(scored.matches, row, float(bits[row]), kind)
            item = int(scored.matches.items[row])
            if kind is not None and total >= self._threshold(item, kind, scored.matches, row):
                changes = changes_from(*seen, kind)
                found = self._finding(scored.matches, row, kind, total, float(gains[row]))
                yield structs.replace(found, changes=changes)

    def _decidable(self, candidates: Candidates) -> Candidates:
        """Keep the candidates of whose question enough can be shown."""
        part, whole = self._part[:, QUESTION], self._whole[:, QUESTION]
        kept = (part > 0) & (part >= LEAST_SEEN * whole)
        return candidates.at(kept[candidates.items])

    def _gains(self, scored: Scored, tokens: KnownTokens) -> npt.NDArray[np.float32]:
        """Return what the candidates' questions gain, shape (candidates,)."""
        matches = scored.matches
        unknown = np.concatenate(([0], np.cumsum(~tokens.known)))
        places = unknown[matches.ends] - unknown[matches.starts]
        hidden, edges = (column[matches.items] for column in (self._hidden, self._edges))
        room = np.minimum(1, (places + edges) / np.maximum(1, hidden))
        return _sure_gain(WindowGains(*scored.gains.T), room.astype(np.float32))

    def _question_bits(
        self, scored: Scored, gains: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """Return the evidence of the candidates' questions, shape (candidates,)."""
        items, seen = scored.matches.items, WindowGains(*scored.gains.T)
        net = scored.matches.field_scores[:, QUESTION] + self._missing_shown[items]
        extra = np.maximum(np.float32(0), seen.rare_seen + seen.common_seen - net)
        return np.asarray(gains - self._missing[items] - extra)

    def _bits(self, matches: RawMatches, row: int, question: float, kind: Kind | None) -> float:
        """Add the fields that count for a kind, each taken to be as good where it is not seen."""
        item = int(matches.items[row])
        beside = self._beside(matches, row)
        counted = {"choices"} | ({"answer", "code"} if kind == "verbatim" else set())
        if self._catalogue.lookups.tested[item]:
            counted.add("context")  # the tests of code
        if "choices" in beside:
            counted.discard("answer")  # one of the choices says nothing new
        return question + sum(
            float(matches.field_scores[row, number] * self._whole[item, number])
            / float(self._part[item, number])
            for number, field in enumerate(FIELDS)
            if field in counted and field in beside and number != QUESTION
        )

    def _threshold(self, item: int, kind: Kind, matches: RawMatches, row: int) -> float:
        """Return the bits that a match needs; what a scan is in doubt about is none here."""
        beside = self._beside(matches, row)
        if kind == "verbatim":
            return VERBATIM_BITS if len(beside) > 1 else QUESTION_BITS
        if len(self._catalogue.codes(item, CHOICES)) and "choices" not in beside:
            return math.inf
        return self._catalogue.threshold_bits(item)

    def _seen(
        self, matches: RawMatches, row: int, tokens: KnownTokens, hits: Hits
    ) -> tuple[Question, Window]:
        """Return the question of a match, and the window it was found in, as far as seen."""
        place = self._catalogue.question_tokens(int(matches.items[row]))
        items, visible = self._catalogue.lookups.items, self._visible
        start, end = int(matches.starts[row]), int(matches.ends[row])
        inside = (hits.positions >= start + 2) & (hits.positions < end)
        codes = items.codes[place]
        question = Question(
            codes,
            items.bits[place],
            items.numbers[place],
            visible.rare[place],
            visible.postings[place] >= 0,
            (visible.postings[place] >= 0) & np.isin(_triples(codes), hits.triples[inside]),
        )
        known = tokens.known[start:end]
        return question, Window(tokens.codes[start:end][known], end - start)

    def _finding(
        self, matches: RawMatches, row: int, kind: Kind, bits: float, gain: float
    ) -> Finding:
        catalogue = self._catalogue
        twins = self._twins(matches, row)
        roles = {catalogue.role(each) for each in twins}
        item = min(twins, key=lambda each: catalogue.role(each) != "test")
        benchmark = catalogue.benchmarks[catalogue.benchmark_of(item)]
        most = float(self._missing[item] + self._whole[item, QUESTION])
        return Finding(
            bench=benchmark.card.name,
            split=catalogue.split(item),
            role=catalogue.role(item),
            item=catalogue.name(item),
            kind=kind,
            score=round(min(1.0, gain / most), 4),
            bits=round(bits, 1),
            e_value=benchmark.calibration.rate(bits, verbatim=kind == "verbatim"),
            p_value=benchmark.calibration.by_item.rate(bits),
            fields=[field for field in FIELDS if field in self._beside(matches, row)],
            path="",
            row=0,
            source="",
            start=int(matches.starts[row]),
            end=int(matches.ends[row]),
            also=[catalogue.name(each) for each in twins if each != item],
            shared="test" in roles and len(roles) > 1,
            excerpt="",
            basis="fingerprints",
        )

    def _beside(self, matches: RawMatches, row: int) -> set[Field]:
        """Return the question, and the fields that stand beside it."""
        contained = matches.contained[row]
        beside = {field for n, field in enumerate(FIELDS) if contained[n] >= FIELD_SHARE}
        tested = bool(self._catalogue.lookups.tested[int(matches.items[row])])
        if tested and contained[[QUESTION, CONTEXT]].min() >= TESTS_SHARE:
            beside.add("context")
        return {*beside, "question"}

    def _twins(self, matches: RawMatches, row: int) -> list[int]:
        """Return the items of the same benchmark and tokens in the same place, this one first."""
        codes = self._catalogue.question_codes(int(matches.items[row]))
        others = (
            int(matches.items[other])
            for other in range(len(matches.items))
            if other != row and self._overlap(matches, row, other)
        )
        same = (
            each for each in others if np.array_equal(self._catalogue.question_codes(each), codes)
        )
        return list(dict.fromkeys((int(matches.items[row]), *same)))

    def _overlap(self, matches: RawMatches, first: int, second: int) -> bool:
        """Tell whether two matches of one benchmark compete for a passage."""
        one, other = matches.items[[first, second]].tolist()
        if self._catalogue.benchmark_of(one) != self._catalogue.benchmark_of(other):
            return False
        starts, ends = matches.starts[[first, second]], matches.ends[[first, second]]
        shared = float((ends.min() - starts.max()) / max(1, (ends - starts).min()))
        return shared > SMALL_OVERLAP


def _hidden(items: ItemTable, shown: npt.NDArray[np.bool_]) -> tuple[Counts, Counts]:
    """Count the tokens of each question that cannot be shown, and those of them at its ends."""
    starts, ends = items.starts[:, QUESTION], items.ends[:, QUESTION]
    before = np.concatenate(([0], np.cumsum(shown)))
    hidden = ends - starts - (before[ends] - before[starts])
    places = np.flatnonzero(shown)
    first = np.searchsorted(places, starts)
    last = np.searchsorted(places, ends) - 1
    some = first <= last
    edges = hidden.copy()
    edges[some] = places[first[some]] - starts[some] + ends[some] - 1 - places[last[some]]
    return hidden, edges


def _sure_gain(gains: WindowGains, room: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return what a question gains: by what is seen, and with caution by what cannot be.

    Tokens that are in none of the triples an index keeps are taken to be there as often as the
    rare ones are, or as three in a row are if each is there by itself, whichever is less. Those of
    a triple that is not there count for nothing: one of the three has changed. `room` is the share
    of what cannot be seen that the window has places for.
    """
    rare = gains.rare_seen / (gains.rare_seen + gains.rare_missing + DOUBT_BITS)
    triples = np.cbrt((gains.triples_seen + DOUBT_TRIPLES) / (gains.triples + 1))
    return np.asarray(
        gains.rare_seen
        + gains.common_seen
        + np.minimum(room, np.minimum(rare, triples)) * gains.unknown
    )


def _missing(items: ItemTable) -> npt.NDArray[np.float32]:
    """Return what it costs to have nothing of a question, shape (items,)."""
    words, numbers = items.word_bits[:, QUESTION], items.number_bits[:, QUESTION]
    return np.asarray(MISSING_WORD * words + MISSING_NUMBER * numbers)


def _triples(codes: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint64]:
    """Return the triple that ends at each token, shape (tokens,); none at the first two."""
    wide = codes.astype(np.uint64)
    triples = np.full(len(codes), np.uint64(1 << 63))
    triples[2:] = wide[:-2] << np.uint64(32) | wide[1:-1] << np.uint64(16) | wide[2:]
    return triples
