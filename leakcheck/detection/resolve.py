"""Resolving: from the raw matches of a batch to findings that a person can look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import FIELDS, Field
from leakcheck.corpus.records import PassageBatch
from leakcheck.detection.alignment import Alignment, tokens_between
from leakcheck.detection.attribution import DocumentMatches, Owner, attribute
from leakcheck.detection.batch_text import BatchText, document_passages_of
from leakcheck.detection.candidates import BESIDE_TOKENS
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.deciding import decide, may_be_decided, question_of
from leakcheck.detection.differences import capitals_of, changes_of, fingerprint_of, matched_spans
from leakcheck.detection.finding import Change, Finding, Kind
from leakcheck.detection.kernel import find_matches
from leakcheck.detection.kinds import kind_of
from leakcheck.detection.matches import RawMatches
from leakcheck.detection.score import FIELD_SHARE, TESTS_SHARE, all_bits
from leakcheck.detection.surroundings import is_answered_otherwise, is_translated
from leakcheck.index.item_table import ANSWER, CHOICES, CODE, CONTEXT, QUESTION

__all__ = ["find_in_batch"]

EXCERPT_CHARACTERS = 400
AFTER_BYTES = 2000
"""How far after a passage its code or its answer is looked for."""
WHOLE_ORDER = 0.999
BYTES_A_TOKEN = 6
"""With the space behind it, in English."""


def find_in_batch(batch: PassageBatch, catalogue: Catalogue) -> list[Finding]:
    """Find the items in a batch, in the order of its documents.

    The `e_value` of these findings is still for a corpus of one document.
    """
    _, offsets_buffer, data_buffer = batch.texts.buffers()
    first = batch.texts.offset
    offsets = np.frombuffer(offsets_buffer, np.int64)[first : first + len(batch.texts) + 1]
    data = np.frombuffer(data_buffer or b"", np.uint8)
    document_passages = document_passages_of(batch.rows)
    matches = find_matches(data, offsets, document_passages, catalogue.lookups)
    text = BatchText(batch, offsets, document_passages, memoryview(data_buffer or b""))
    return list(_findings(matches, text, catalogue))


def _findings(matches: RawMatches, text: BatchText, catalogue: Catalogue) -> Iterator[Finding]:
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, number in enumerate(matches.documents.tolist()):
        rows_of[number].append(row)
    for number, rows in rows_of.items():
        if not any(_may_be_decided(matches, row, catalogue) for row in rows):
            continue  # or time would be spent on whose passages these are
        document = DocumentMatches(matches, rows, text.data, text.borders(number), {}, [])
        owners = attribute(document, catalogue)
        for owner in owners:
            finding = _finding(matches, owner, owners, text, catalogue)
            if finding is not None:
                yield finding


def _may_be_decided(matches: RawMatches, row: int, catalogue: Catalogue) -> bool:
    scores, contained = matches.field_scores[row].tolist(), float(matches.contained[row, QUESTION])
    return may_be_decided(int(matches.items[row]), scores, contained, catalogue)


def _finding(
    matches: RawMatches,
    owner: Owner,
    owners: list[Owner],
    text: BatchText,
    catalogue: Catalogue,
) -> Finding | None:
    """Make a finding, or nothing if its evidence does not reach the threshold of its kind."""
    row, item = owner.row, int(matches.items[owner.row])
    kind = _kind(item, owner.passage, catalogue)
    tested = bool(catalogue.lookups.tested[item])
    beside = _beside(matches.contained[row], tested)
    bits = _bits(matches.field_scores[row], beside & _counted(kind, tested))
    if kind == "verbatim":  # in order, nothing was lost to words around it
        whole = float(all_bits(catalogue.lookups.items, item, QUESTION))
        bits += max(0.0, owner.passage.order * whole - float(matches.field_scores[row, QUESTION]))
    fields = _fields(beside, item, owner.passage, text, catalogue)
    kind = decide(item, kind, bits, fields, owner.passage, catalogue)
    if kind is None:
        return None
    benchmark = catalogue.benchmarks[catalogue.benchmark_of(item)]
    question = catalogue.question_codes(item)
    passage, start, end = text.place(owner.passage.start, owner.passage.end)
    begin = len(text.decode(int(text.offsets[passage]), start))
    found = text.decode(start, end)
    return Finding(
        bench=benchmark.card.name,
        split=catalogue.split(item),
        role=catalogue.role(item),
        item=catalogue.name(item),
        kind=kind,
        score=round(min(1.0, float(matches.contained[row, QUESTION])), 4),  # sums round
        bits=round(bits, 1),
        e_value=benchmark.calibration.rate(bits, verbatim=kind == "verbatim"),
        p_value=benchmark.calibration.by_item.rate(bits),
        fields=fields,
        path=text.batch.file.name,
        row=int(text.batch.rows[passage]),
        source=text.batch.sources[passage],
        start=begin,
        end=begin + len(found),
        also=_also(matches, owner, owners, catalogue),
        shared=owner.shared,
        excerpt=found[:EXCERPT_CHARACTERS],
        fingerprint=fingerprint_of(
            benchmark.card.name, catalogue.name(item), owner.passage.codes.astype("<u2").tobytes()
        ),
        changes=_changes(item, kind, owner.passage, text, catalogue),
        matched=_in_characters(matched_spans(question, owner.passage, start, end), start, text),
    )


def _changes(
    item: int, kind: Kind, passage: Alignment, text: BatchText, catalogue: Catalogue
) -> list[Change]:
    """Name what differs from the item, in the passage and after it."""
    changes = changes_of(
        question_of(item, catalogue),
        passage,
        capitals_of(passage, text.data),
        verbatim=kind == "verbatim",
    )
    after = text.after(passage.end, AFTER_BYTES)
    if is_translated(catalogue.codes(item, CODE), after):
        changes.append("translated")
    if len(catalogue.codes(item, CHOICES)) == 0 and is_answered_otherwise(
        catalogue.codes(item, ANSWER), after
    ):
        changes.append("answer")
    return changes


def _in_characters(spans: Sequence[tuple[int, int]], start: int, text: BatchText) -> list[int]:
    """Turn ranges of bytes into characters of the excerpt that begins at `start`, one flat list."""
    borders: list[int] = []
    character, byte = 0, start
    for border in chain.from_iterable(spans):
        character += len(text.decode(byte, border))
        byte = border
        borders.append(min(character, EXCERPT_CHARACTERS))
        if len(borders) % 2 == 0 and borders[-1] == borders[-2]:
            return borders[:-2]  # what follows is not in the excerpt
    return borders


def _kind(item: int, passage: Alignment, catalogue: Catalogue) -> Kind | None:
    place = catalogue.question_tokens(item)
    items = catalogue.lookups.items
    kind = kind_of(items.codes[place], items.numbers[place], items.bits[place], passage)
    # What differs from an item made by a rule is another one that the rule makes.
    differs = kind is not None and passage.order < WHOLE_ORDER and catalogue.is_templated(item)
    return "variant" if differs else kind


def _beside(contained: npt.NDArray[np.float32], tested: bool) -> set[Field]:
    """Return the fields that stand there; the tests of code may have lost more than others."""
    beside = {field for n, field in enumerate(FIELDS) if contained[n] >= FIELD_SHARE}
    if tested and contained[[QUESTION, CONTEXT]].min() >= TESTS_SHARE:
        beside.add("context")
    return {*beside, "question"}


def _counted(kind: Kind | None, tested: bool) -> set[Field]:
    """Return the fields whose evidence counts for a kind.

    Choices always do, and the tests of code. A task solved twice gives much the same answer or
    code, so these say something of a question only where it stands there word by word. A context
    that is to be read never does.
    """
    counted: set[Field] = {"question", "choices"}
    if kind == "verbatim":
        counted |= {"answer", "code"}
    return counted | {"context"} if tested else counted


def _bits(field_scores: npt.NDArray[np.float32], counted: set[Field]) -> float:
    """Sum the evidence of fields; an answer that is one of the choices beside it says nothing."""
    if "choices" in counted:
        counted = counted - {"answer"}
    return sum(float(field_scores[n]) for n, field in enumerate(FIELDS) if field in counted)


def _fields(
    beside: set[Field],
    item: int,
    passage: Alignment,
    text: BatchText,
    catalogue: Catalogue,
) -> list[Field]:
    """Name the fields that stand there; an answer that is a choice must stand there once more."""
    if {"choices", "answer"} <= beside and not _is_answered(item, passage, text, catalogue):
        beside = beside - {"answer"}
    return [field for field in FIELDS if field in beside]


def _is_answered(item: int, passage: Alignment, text: BatchText, catalogue: Catalogue) -> bool:
    """Tell whether an answer stands near its question more often than among the choices."""
    answer, choices = catalogue.codes(item, ANSWER), catalogue.codes(item, CHOICES)
    reach = BYTES_A_TOKEN * (len(choices) + len(answer) + BESIDE_TOKENS)
    borders = text.borders(text.document_at(passage.start))
    low = max(int(borders[0]), passage.start - reach)
    high = min(int(borders[-1]), passage.end + reach)
    hashes = tokens_between(text.data, low, high, borders).hashes
    codes = (hashes & np.uint32(0xFFFF)).astype(np.uint16)
    return _occurrences(answer, codes) > _occurrences(answer, choices)


def _occurrences(wanted: npt.NDArray[np.uint16], codes: npt.NDArray[np.uint16]) -> int:
    """Count where a row of codes stands in a longer one."""
    if not 0 < len(wanted) <= len(codes):
        return 0
    windows = np.lib.stride_tricks.sliding_window_view(codes, len(wanted))
    return int((windows == wanted).all(axis=1).sum())


def _also(
    matches: RawMatches, owner: Owner, owners: list[Owner], catalogue: Catalogue
) -> list[str]:
    """Name the twins, and the items of other benchmarks that have the passage's text too."""
    names = [catalogue.name(int(matches.items[twin])) for twin in owner.twins]
    item = int(matches.items[owner.row])
    codes = catalogue.question_codes(item)
    for other in owners:
        for row in (other.row, *other.twins):
            twin = int(matches.items[row])
            if catalogue.benchmark_of(twin) != catalogue.benchmark_of(item) and np.array_equal(
                catalogue.question_codes(twin), codes
            ):
                bench = catalogue.benchmarks[catalogue.benchmark_of(twin)].card.name
                names.append(f"{bench}:{catalogue.name(twin)}")
    return names
