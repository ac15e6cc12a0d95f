"""Build the background table that ships with leakcheck from documents and a word-frequency list.

    python measure/background/build_table.py background.jsonl.zst

The documents are those of `collect.py`; the list is the large English one of wordfreq 3.1.1 (data
CC BY-SA 4.0, see NOTICE). A token's share of ordinary text is the mean of its shares in the two;
wordfreq folds digits, so numbers are counted in the documents alone. Tokens rarer than the table's
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
_NUMBERS = np.uint32(1 << 31)


def documents(path: Path) -> Iterator[str]:
    """Yield the texts that `collect.py` wrote."""
    with pa.input_stream(str(path), compression="zstd") as stream:
        rest = b""
        while block := stream.read(1 << 24):
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                yield json.loads(line)["text"]


def count_documents(texts: Iterator[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float64]]:
    """Return the distinct tokens and the share of all tokens that each makes up."""
    hashes = np.concatenate([tokenise(text).hashes for text in texts])
    tokens, counts = np.unique(hashes, return_counts=True)
    return tokens, counts / len(hashes)


def word_list() -> dict[int, float]:
    """Return the shares of the word-frequency list, by token."""
    shares: dict[int, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict("en", "large").items():
        for token in tokenise(word).hashes:
            if token < _NUMBERS:
                shares[int(token)] += share
    return shares


def main() -> None:
    """Build the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path, help="the file that collect.py wrote")
    tokens, shares = count_documents(documents(parser.parse_args().documents))
    listed = word_list()
    mean: dict[int, float] = {}
    for token, share in zip(tokens.tolist(), shares.tolist(), strict=True):
        mean[token] = share if token >= _NUMBERS else (share + listed.get(token, 0.0)) / 2
    for token, share in listed.items():
        mean.setdefault(token, share / 2)
    kept = sorted(token for token, share in mean.items() if share > 2.0**-MOST_BITS)
    bits = -np.log2([mean[token] for token in kept])
    np.savez_compressed(
        TABLE,
        hashes=np.array(kept, np.uint32),
        steps=np.round(bits * STEPS_PER_BIT).astype(np.uint8),
    )
    print(f"{len(kept)} tokens, {TABLE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
