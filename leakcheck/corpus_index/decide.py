"""Deciding from fingerprints: whether an item stands in a document whose text is gone.

Of such a document its rare tokens are known, all of them, and the tokens of those triples that the
index kept. They are put in their places, the others are left blank, and what comes of it is scored
by the scan's own code. At a scale above 1 most triples were not kept: only what could have been
seen of an item counts, its score is taken to stand for the rest, and more of it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.calibration import VERBATIM_BITS
from leakcheck.benchmark.card import FIELDS, Field
from leakcheck.compiled import kernel
from leakcheck.corpus_index.candidates import Candidates, RareTokens
from leakcheck.corpus_index.fingerprints import fingerprint_limit, fingerprints_of
from leakcheck.corpus_index.hits import Hits
from leakcheck.detection.alignment import Alignment, order_of
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Finding, Kind
from leakcheck.detection.kernel import Lookups, Scratch, new_scratch, score_candidate
from leakcheck.detection.kinds import kind_of
from leakcheck.detection.matches import RawMatches, new_matches
from leakcheck.detection.score import FIELD_SHARE, all_bits
from leakcheck.index.item_table import QUESTION, ItemTable, damp_repeats
from leakcheck.index.shingles import RARE_ITEM_BITS, triple

__all__ = ["Decider", "Sketch", "observable"]

LEAST_SEEN = 0.35
"""The part of an item's evidence that an index must be able to see, or nothing is said of it."""
SMALL_OVERLAP = 0.2
"""Two matches may share this part of the shorter one and still both stand."""


class Sketch(NamedTuple):
    """What is known of one document, and what may be in it."""

    hits: Hits
    rare: RareTokens
    candidates: Candidates


def observable(lookups: Lookups, scale: int) -> Lookups:
    """Return lookups in which the tokens of items that an index cannot show weigh nothing.

    Rare tokens are always shown, others if a triple they are in is kept at this scale.
    """
    items = lookups.items
    shown = np.asarray(items.bits >= RARE_ITEM_BITS)
    _show_sampled(items, np.uint64(fingerprint_limit(scale)), shown)
    table = items._replace(
        bits=np.where(shown, items.bits, np.float32(0)),
        damped_bits=np.zeros_like(items.damped_bits),
        word_bits=np.zeros_like(items.word_bits),
        number_bits=np.zeros_like(items.number_bits),
    )
    damp_repeats(table)
    return lookups._replace(items=table)


@kernel
def _show_sampled(items: ItemTable, limit: np.uint64, shown: npt.NDArray[np.bool_]) -> None:
    codes = items.codes
    for item in range(items.starts.shape[0]):
        for field in range(items.starts.shape[1]):
            for place in range(items.starts[item, field], items.ends[item, field] - 2):
                value = np.empty(1, np.uint64)
                value[0] = triple(codes[place], codes[place + 1], codes[place + 2])
                if fingerprints_of(value)[0] < limit:
                    shown[place : place + 3] = True


class Decider:
    """Decides documents one after the other."""

    def __init__(self, catalogue: Catalogue, scale: int) -> None:
        self._catalogue = catalogue
        self._seen = observable(catalogue.lookups, scale)
        items = self._seen.items
        self._numbers = np.zeros(1 << 16, np.bool_)
        self._numbers[items.codes[items.numbers]] = True
        self._scratch = new_scratch(len(items.starts), 1)

    def decide(self, sketch: Sketch) -> Iterator[Finding]:
        """Yield the findings of one document, their path and row left empty."""
        document = self._document(sketch)
        matches = self._scored(document, sketch.candidates)
        ordered = np.argsort(-matches.scores, kind="stable").tolist()
        taken: list[int] = []
        for row in ordered:
            if any(_overlap(matches, one, row, self._catalogue) for one in taken):
                continue
            taken.append(row)
            finding = _finding(document, matches, row, ordered, self._catalogue, self._seen)
            if finding is not None:
                yield finding

    def _document(self, sketch: Sketch) -> _Document:
        """Put the tokens of a sketch in their places."""
        ends = [column.max(initial=0) for column in (sketch.hits.positions, sketch.rare.positions)]
        length = int(max(ends)) + 1
        codes, known = np.zeros(length, np.uint16), np.zeros(length, np.bool_)
        triples = sketch.hits.triples
        for back in range(3):
            at = sketch.hits.positions.astype(np.int64) - back
            codes[at] = (triples >> np.uint64(16 * back) & np.uint64(0xFFFF)).astype(np.uint16)
            known[at] = True
        codes[sketch.rare.positions] = sketch.rare.codes
        known[sketch.rare.positions] = True
        return _Document(codes, known, known & self._numbers[codes])

    def _scored(self, document: _Document, candidates: Candidates) -> RawMatches:
        """Score the candidates; offsets are numbers of tokens."""
        tokens = len(document.codes)
        if tokens >= len(self._scratch.document.hashes):
            self._scratch = new_scratch(len(self._seen.reach), 2 * tokens + 2)
            room = len(self._scratch.document.hashes)
            self._scratch.document.starts[:] = np.arange(room)
            self._scratch.document.ends[:] = np.arange(room) + 1
        blank = _unused_code(self._seen.items, candidates.items)
        codes = np.where(document.known, document.codes, blank).astype(np.uint32)
        self._scratch.document.hashes[:tokens] = codes | document.numbers.astype(np.uint32) << 31
        matches = new_matches(len(candidates.items), len(FIELDS))
        _score(candidates, tokens, self._seen, self._scratch, matches)
        return matches


class _Document(NamedTuple):
    """The known tokens of a document in their places."""

    codes: npt.NDArray[np.uint16]
    """Shape (tokens,)."""
    known: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]


def _unused_code(items: ItemTable, among: npt.NDArray[np.int32]) -> int:
    """Return a code that none of some items has, to stand for a token that is not known."""
    used = np.zeros(1 << 16, np.bool_)
    for item in np.unique(among).tolist():
        for start, end in zip(items.starts[item], items.ends[item], strict=True):
            used[items.codes[start:end]] = True
    return int(np.argmin(used))


@kernel
def _score(
    candidates: Candidates, tokens: int, seen: Lookups, scratch: Scratch, matches: RawMatches
) -> None:
    """Fill `matches`, one row a candidate."""
    hits = scratch.hits
    for row in range(len(candidates.items)):
        item = candidates.items[row]
        hits.first[item], hits.last[item] = candidates.firsts[row], candidates.lasts[row]
        score_candidate(item, tokens, seen, scratch, matches, row)


def _overlap(matches: RawMatches, first: int, second: int, catalogue: Catalogue) -> bool:
    one, other = catalogue.benchmark_of(matches.items[first]), int(matches.items[second])
    if one != catalogue.benchmark_of(other):
        return False
    starts, ends = matches.starts[[first, second]], matches.ends[[first, second]]
    shared = float((ends.min() - starts.max()) / max(1, (ends - starts).min()))
    return shared > SMALL_OVERLAP


def _finding(
    document: _Document,
    matches: RawMatches,
    row: int,
    rows: Sequence[int],
    catalogue: Catalogue,
    seen: Lookups,
) -> Finding | None:
    """Make a finding, or nothing if its evidence does not reach the threshold of its kind."""
    item = int(matches.items[row])
    whole = float(all_bits(catalogue.lookups.items, item, QUESTION))
    part = float(all_bits(seen.items, item, QUESTION))
    if part < LEAST_SEEN * whole:
        return None
    kind = _kind(document, matches, row, catalogue, seen)
    if kind is None:
        return None
    bits = _bits(matches, row, kind, catalogue, seen)
    if bits < (VERBATIM_BITS if kind == "verbatim" else catalogue.threshold_bits(item)):
        return None
    benchmark = catalogue.benchmarks[catalogue.benchmark_of(item)]
    twins = _twins(matches, row, rows, catalogue)
    roles = {catalogue.role(each) for each in (item, *twins)}
    item = min((item, *twins), key=lambda each: catalogue.role(each) != "test")
    return Finding(
        bench=benchmark.card.name,
        split=catalogue.split(item),
        role=catalogue.role(item),
        item=catalogue.name(item),
        kind=kind,
        score=round(min(1.0, float(matches.contained[row, QUESTION])), 4),
        bits=round(bits, 1),
        e_value=benchmark.calibration.rate(bits, verbatim=kind == "verbatim"),
        p_value=benchmark.calibration.by_item.rate(bits),
        fields=_fields(matches, row),
        path="",
        row=0,
        source="",
        start=int(matches.starts[row]),
        end=int(matches.ends[row]),
        also=[catalogue.name(each) for each in (int(matches.items[row]), *twins) if each != item],
        shared="test" in roles and len(roles) > 1,
        excerpt="",
        basis="fingerprints",
    )


def _kind(
    document: _Document, matches: RawMatches, row: int, catalogue: Catalogue, seen: Lookups
) -> Kind | None:
    """Tell the kind by the tokens of the question that the index can show."""
    place = catalogue.question_tokens(int(matches.items[row]))
    shown = seen.items.bits[place] > 0
    codes = seen.items.codes[place][shown]
    window = slice(int(matches.starts[row]), int(matches.ends[row]))
    known = document.known[window] & np.isin(document.codes[window], codes)
    passage = document.codes[window][known]
    return kind_of(
        codes,
        seen.items.numbers[place][shown],
        seen.items.bits[place][shown],
        Alignment(
            order_of(codes, passage), 0, 0, passage, document.numbers[window][known]
        ),
    )


def _bits(
    matches: RawMatches, row: int, kind: Kind, catalogue: Catalogue, seen: Lookups
) -> float:
    """Sum the fields that count for a kind, each taken to be as good where it was not seen."""
    item = int(matches.items[row])
    counted = {"question", "choices"} | ({"answer", "code"} if kind == "verbatim" else set())
    total = 0.0
    for number, field in enumerate(FIELDS):
        beside = number == QUESTION or matches.contained[row, number] >= FIELD_SHARE
        part = float(all_bits(seen.items, item, number))
        if field in counted and beside and part > 0:
            whole = float(all_bits(catalogue.lookups.items, item, number))
            total += float(matches.field_scores[row, number]) * whole / part
    return total


def _fields(matches: RawMatches, row: int) -> list[Field]:
    contained = matches.contained[row]
    return [
        field
        for number, field in enumerate(FIELDS)
        if number == QUESTION or contained[number] >= FIELD_SHARE
    ]


def _twins(
    matches: RawMatches, row: int, rows: Sequence[int], catalogue: Catalogue
) -> list[int]:
    """Return the items of the same benchmark and tokens in the same place."""
    item = int(matches.items[row])
    codes = catalogue.question_codes(item)
    return [
        int(matches.items[other])
        for other in rows
        if other != row
        and _overlap(matches, row, other, catalogue)
        and np.array_equal(catalogue.question_codes(int(matches.items[other])), codes)
    ]
