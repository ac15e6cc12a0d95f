"""Build the background table that ships with leakcheck from documents and word-frequency lists.

    python measure/background/build_table.py background.jsonl.zst languages.jsonl.zst

The documents are those of `collect.py` and `languages.py`; the lists are those of wordfreq 3.1.1
(data CC BY-SA 4.0, see NOTICE). A token's share of ordinary English is the mean of its shares in
the documents and the large English list; wordfreq folds digits, so numbers are counted in the
documents alone. In another language it has its share there. The table holds the greatest share of
all languages, but a common word of English keeps its English one. Tokens rarer than the table's
limit are left out: they carry the most bits anyway.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import wordfreq

from leakcheck.text.background import MOST_BITS, STEPS_PER_BIT
from leakcheck.text.tokens import tokenise

TABLE = Path(__file__).parents[2] / "leakcheck" / "text" / "background.npz"
LISTED = ("ar", "bn", "de", "es", "fi", "fr", "id", "ja", "ko", "ru", "zh")
COUNTED = ("sw", "te", "th")
"""The other languages of mgsm and tydiqa; wordfreq has lists of the former ones."""
MOST_FOREIGN_BITS = 15.0
"""Rarer words of other languages are left out, for the size of the table."""
LEAST_SHARE = 1e-6
"""Words of other languages that are rarer still are not read."""
COMMON_BITS = 14.0
"""A word of English that carries less is English first of all."""
_NUMBERS = np.uint32(1 << 31)


def lines(path: Path) -> Iterator[dict[str, str]]:
    """Yield what `collect.py` or `languages.py` wrote."""
    with pa.input_stream(str(path), compression="zstd") as stream:
        rest = b""
        while block := stream.read(1 << 24):
            *whole, rest = (rest + block).split(b"\n")
            yield from map(json.loads, whole)


def count_documents(texts: Iterator[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float64]]:
    """Return the distinct tokens and the share of all tokens that each makes up."""
    hashes = np.concatenate([tokenise(text).hashes for text in texts])
    tokens, counts = np.unique(hashes, return_counts=True)
    return tokens, counts / len(hashes)


def word_list(language: str, least: float) -> dict[int, float]:
    """Return the shares of a word-frequency list, by token, but for words of less than `least`."""
    shares: dict[int, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict(language, "best").items():
        if share < least:
            continue
        for token in tokenise(word).hashes:
            if token < _NUMBERS:
                shares[int(token)] += share
    return shares


def english(path: Path) -> dict[int, float]:
    """Return the share of each token in English."""
    tokens, shares = count_documents(line["text"] for line in lines(path))
    listed = word_list("en", 0.0)
    mean: dict[int, float] = {}
    for token, share in zip(tokens.tolist(), shares.tolist(), strict=True):
        mean[token] = share if token >= _NUMBERS else (share + listed.get(token, 0.0)) / 2
    for token, share in listed.items():
        mean.setdefault(token, share / 2)
    return mean


def other_languages(path: Path) -> dict[int, float]:
    """Return the greatest share of each token in any other language."""
    greatest: dict[int, float] = defaultdict(float)
    for language in LISTED:
        shares = word_list(language, LEAST_SHARE)
        total = sum(shares.values())
        for token, share in shares.items():
            greatest[token] = max(greatest[token], share / total)
    for language in COUNTED:
        texts = (line["text"] for line in lines(path) if line["language"] == language)
        tokens, counted = count_documents(texts)
        for token, share in zip(tokens.tolist(), counted.tolist(), strict=True):
            if token < _NUMBERS:
                greatest[token] = max(greatest[token], share)
    return greatest


def main() -> None:
    """Build the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path, help="the file that collect.py wrote")
    parser.add_argument("languages", type=Path, help="the file that languages.py wrote")
    arguments = parser.parse_args()
    own = english(arguments.documents)
    shares = {token: share for token, share in own.items() if share > 2.0**-MOST_BITS}
    foreign = {}
    for token, share in other_languages(arguments.languages).items():
        if share > 2.0**-MOST_FOREIGN_BITS and shares.get(token, 0.0) < 2.0**-COMMON_BITS:
            foreign[token] = max(share, shares.pop(token, 0.0))
    hashes = [*sorted(shares), *sorted(foreign)]
    kept = {**shares, **foreign}
    bits = -np.log2([kept[token] for token in hashes])
    np.savez_compressed(
        TABLE,
        hashes=np.array(hashes, np.uint32),
        steps=np.round(bits * STEPS_PER_BIT).astype(np.uint8),
        english=np.int64(len(shares)),
    )
    print(
        f"{len(shares)} tokens of English, {len(foreign)} of other languages, "
        f"{TABLE.stat().st_size / 1e6:.2f} MB"
    )


if __name__ == "__main__":
    main()
