"""Differences: what a person sees who lays a passage beside its item.

With `order` as in `kinds`, and `common` the tokens of question and passage that pair off in any
order, both as a share of the longer of the two:

- `numbers`: a number of the question gave way to another one;
- `names`: a word of the question, of 10 bits or more, that the passage has nowhere gave way to one
  other word that the question has nowhere, each time it stood there, and that one has a capital
  letter inside a sentence (of a passage in which at most a quarter of the words have one);
- `reordered`: common exceeds order by at least 0.15: the same words stand in another order;
- `reworded`: less than 0.95 of the question's words, numbers aside, are there;
- `extended`, `shortened`: the passage has a fifth more tokens than the question, or a fifth less.

What is not verbatim differs in something: where nothing of the above holds, it is `reordered` if
all tokens are the same, and `reworded` if they are not. `surroundings` has `translated` and
`answer`, which are told by what stands after the passage.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from leakcheck.detection.alignment import Alignment
from leakcheck.detection.finding import Change
from leakcheck.detection.odds import Question
from leakcheck.text.spans import Span, joined_spans

__all__ = ["capitals_of", "changes_of", "fingerprint_of", "matched_spans"]

REORDERED = 0.15
KEPT_WORDS = 0.95
LONGER, SHORTER = 1.2, 0.8
NAME_BITS = 10.0
MOST_CAPITALS = 0.25
"""Where more words have a capital letter, as in German or in a headline, it tells nothing."""

_SENTENCE_ENDS = ".!?:"


def changes_of(
    question: Question, passage: Alignment, capitals: npt.NDArray[np.bool_], *, verbatim: bool
) -> list[Change]:
    """Name what differs between a question and the passage that holds it.

    Args:
        question: its tokens.
        passage: what the question was laid against.
        capitals: which of the passage's tokens have a capital inside a sentence, shape (tokens,).
        verbatim: whether the passage is the question word by word, as far as kinds go.
    """
    codes, numbers = question.codes, question.numbers
    if np.array_equal(codes, passage.codes):
        return []
    wanted, found = Counter(codes.tolist()), Counter(passage.codes.tolist())
    longer = max(1, len(codes), len(passage.codes))
    words = Counter(codes[~numbers].tolist())
    own = Counter(codes[numbers].tolist())
    there = Counter(passage.codes[passage.numbers].tolist())
    ratio = len(passage.codes) / max(1, len(codes))
    told: dict[Change, bool] = {
        "numbers": bool(own - there) and bool(there - own),
        "names": _has_other_names(question, passage, capitals),
        "reordered": (wanted & found).total() / longer - passage.order >= REORDERED,
        "reworded": (words & found).total() < KEPT_WORDS * words.total(),
        "extended": ratio > LONGER,
        "shortened": ratio < SHORTER,
    }
    changes = [change for change, holds in told.items() if holds]
    if changes or verbatim:
        return changes
    return ["reordered" if wanted == found else "reworded"]


def _has_other_names(
    question: Question, passage: Alignment, capitals: npt.NDArray[np.bool_]
) -> bool:
    """Tell whether a rare word gave way to another one that stands for it like a name."""
    from rapidfuzz.distance import Levenshtein

    own, there = question.codes.tolist(), passage.codes.tolist()
    gone, come = set(own) - set(there), set(there) - set(own)
    pairs: Counter[tuple[int, int]] = Counter()
    names = set()
    for step in Levenshtein.opcodes(own, there):
        if (
            step.tag != "replace"
            or step.src_end - step.src_start != step.dest_end - step.dest_start
        ):
            continue
        for place, other in zip(
            range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
        ):
            pair = own[place], there[other]
            pairs[pair] += 1
            is_rare = question.bits[place] >= NAME_BITS and not question.numbers[place]
            if is_rare and capitals[other] and pair[0] in gone and pair[1] in come:
                names.add(pair)
    wanted = Counter(own)
    return any(pairs[pair] == wanted[pair[0]] for pair in names)


def capitals_of(passage: Alignment, data: memoryview) -> npt.NDArray[np.bool_]:
    """Tell which tokens of a passage have a capital inside a sentence, shape (tokens,).

    Args:
        passage: a question was laid against it.
        data: the text as UTF-8.
    """
    capitals = np.zeros(len(passage.codes), np.bool_)
    for number, (start, end) in enumerate(
        zip(passage.token_starts.tolist(), passage.token_ends.tolist(), strict=True)
    ):
        before = bytes(data[max(0, start - 40) : start]).decode("utf-8", "ignore")
        written = before.rstrip(" \"'([*")
        is_inside = bool(written) and written[-1] not in _SENTENCE_ENDS and not before.isspace()
        first = bytes(data[start:end]).decode("utf-8", "ignore")[:1]
        capitals[number] = is_inside and first.isupper() and not written.endswith("\n")
    return capitals if capitals.mean() <= MOST_CAPITALS else np.zeros_like(capitals)


def matched_spans(
    codes: npt.NDArray[np.uint16], passage: Alignment, start: int, end: int
) -> list[Span]:
    """Return the bytes of a passage that are words of its question, neighbours joined.

    Args:
        codes: of the question's tokens, shape (tokens,).
        passage: what the question was laid against.
        start: the first byte that is wanted, as offsets of the alignment count.
        end: the byte after the last one.
    """
    is_inside = start <= passage.start and passage.end <= end
    if is_inside and len(codes) and np.array_equal(codes, passage.codes):
        return [(passage.start, passage.end)]
    words = set(codes.tolist())
    columns = (passage.codes, passage.token_starts, passage.token_ends)
    tokens = zip(*(column.tolist() for column in columns), strict=True)
    return joined_spans(
        (code in words and first >= start and last <= end, first, last)
        for code, first, last in tokens
    )


def fingerprint_of(bench: str, item: str, content: bytes) -> str:
    """Name a finding by what was found, not by where it stands: 16 hexadecimal digits.

    >>> fingerprint_of("demo", "test/3", b"tokens")
    '7298287c5e725e07'
    """
    digest = blake2b(digest_size=8)
    for part in (bench.encode(), item.encode(), content):
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()
