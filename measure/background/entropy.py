"""Measures how much less a character of an unspaced script tells than its frequency says.

    python measure/background/entropy.py languages.jsonl.zst background.jsonl.zst

Characters follow from those before them, much more than words do. Two measurements, both as shares
of the entropy of single characters:

- *words*: the entropy of single words by their characters, from the lists of wordfreq. A character
  weighted so makes a word of Chinese weigh what its frequency as a word says, as English ones do.
- *context*: the cross entropy of the tokens of a tenth of the text that `languages.py` collected,
  given the two tokens before each, estimated from the rest (Witten-Bell). The same for words of
  English, for comparison.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import wordfreq
from build_table import lines

from leakcheck.text.tokens import is_unspaced, tokenise

EACH = 10  # one document in ten is held out
MOST_TOKENS = 3_000_000


def entropy(shares: Sequence[float]) -> float:
    total = math.fsum(shares)
    return -math.fsum(share / total * math.log2(share / total) for share in shares if share)


def by_words(language: str) -> tuple[float, float]:
    """Return the entropy of characters, and that of words by their characters."""
    words = {
        word: (share, tokenise(word).hashes.tolist())
        for word, share in wordfreq.get_frequency_dict(language, "best").items()
    }
    unspaced = {
        word: (share, hashes)
        for word, (share, hashes) in words.items()
        if hashes and all(map(is_unspaced, hashes))
    }
    characters: dict[int, float] = defaultdict(float)
    for share, hashes in unspaced.values():
        for token in hashes:
            characters[token] += share
    length = math.fsum(share * len(hashes) for share, hashes in unspaced.values())
    total = math.fsum(share for share, _ in unspaced.values())
    of_words = entropy([share for share, _ in unspaced.values()])
    return entropy(list(characters.values())), of_words * total / length


def in_context(texts: Iterator[str], unspaced: bool) -> tuple[float, float]:
    """Return the cross entropy of single tokens and of tokens after two others."""
    parts: tuple[list[int], list[int]] = ([], [])
    for number, text in enumerate(texts):
        held_out = number % EACH == 0
        hashes = tokenise(text).hashes.tolist()
        parts[held_out].extend(each for each in hashes if not unspaced or is_unspaced(each))
        if len(parts[0]) > MOST_TOKENS:
            break
    train, test = parts
    counts = [Counter(zip(*(train[n:] for n in range(order)), strict=False)) for order in (1, 2, 3)]
    followers: list[Counter[tuple[int, ...]]] = [Counter(), Counter()]
    totals: list[Counter[tuple[int, ...]]] = [Counter(), Counter()]
    for order in (2, 3):
        for gram, count in counts[order - 1].items():
            followers[order - 2][gram[:-1]] += 1
            totals[order - 2][gram[:-1]] += count
    alone = after_two = 0.0
    kinds = len(counts[0])
    for first, second, token in zip(test, test[1:], test[2:], strict=False):
        share = (counts[0][(token,)] + kinds / 2**16) / (len(train) + kinds)
        alone -= math.log2(share)
        for order, context in ((2, (second,)), (3, (first, second))):
            new, total = followers[order - 2][context], totals[order - 2][context]
            if total:
                share = (counts[order - 1][(*context, token)] + new * share) / (total + new)
        after_two -= math.log2(share)
    return alone / (len(test) - 2), after_two / (len(test) - 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("languages", type=Path, help="the file that languages.py wrote")
    parser.add_argument("documents", type=Path, help="the file that collect.py wrote")
    arguments = parser.parse_args()
    rows = [(f"{language}, words", *by_words(language)) for language in ("zh", "ja")]
    for language in ("zh", "ja", "th"):
        texts = (
            line["text"] for line in lines(arguments.languages) if line["language"] == language
        )
        rows.append((f"{language}, context", *in_context(texts, unspaced=True)))
    english = (line["text"] for line in lines(arguments.documents))
    rows.append(("en, context", *in_context(english, unspaced=False)))
    print("| measurement | bits alone | bits dependent | share |\n|---|---:|---:|---:|")
    for name, alone, dependent in rows:
        print(f"| {name} | {alone:.2f} | {dependent:.2f} | {dependent / alone:.2f} |")


if __name__ == "__main__":
    main()
