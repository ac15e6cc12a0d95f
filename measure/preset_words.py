"""What leakcheck's tokens change: presets beside the same criteria on words as published.

Each criterion is written here once more, from its paper or script, on the words that it says: lower
case, split at white space, punctuation kept, deleted or parting. For marin case is kept too, and
the blank lines of questions; the phrases that corpus-assay rejects are left in. Both decide the
same items on the same documents, and the table has how many each flags and how many both.

    python measure/preset_words.py gsm8k BENCHMARKS/gsm8k CORPUS...

BENCHMARKS/gsm8k has the publisher's files. Prints a table in Markdown.
"""

from __future__ import annotations

import re
import string
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

import msgspec
from pages import table

from leakcheck.benchmark.card import load_card
from leakcheck.benchmark.items import Item, read_items
from leakcheck.corpus import PassageBatch, find_files, read_file
from leakcheck.presets.criteria.corpus_assay import STOP_WORDS
from leakcheck.presets.reporting import scan_with_preset

Words = Callable[[str], list[str]]
Gram = tuple[str, ...]

_JANITOR = str.maketrans(string.ascii_uppercase, string.ascii_lowercase, string.punctuation)
_PERCENTILE = 20


def collapsed(text: str) -> list[str]:
    """Words as open-r1 has them: lower case, split at white space."""
    return text.lower().split()


def deleted(text: str) -> list[str]:
    """Words as the janitor of lm-evaluation-harness has them: punctuation deleted."""
    return text.translate(_JANITOR).split()


def parted(text: str) -> list[str]:
    """Words without punctuation, which parts them."""
    return re.sub(r"[^\w\s]", " ", text.lower()).split()


def grams(words: Sequence[str], n: int) -> list[Gram]:
    """Return the n-grams of words, in order."""
    return [tuple(words[at : at + n]) for at in range(len(words) - n + 1)]


def any_gram(words: Words, n: int) -> Callable[[Sequence[Item], Sequence[str]], set[str]]:
    """Return the criterion of one shared n-gram of the question."""

    def flagged(items: Sequence[Item], documents: Sequence[str]) -> set[str]:
        seen = {gram for document in documents for gram in grams(words(document), n)}
        return {
            item.item
            for item in items
            if not seen.isdisjoint(grams(words(item.fields["question"]), n))
        }

    return flagged


def gpt3(items: Sequence[Item], documents: Sequence[str]) -> set[str]:
    """One N-gram of the question; N the 5th percentile of lengths, from 8 to 13."""
    lengths = sorted(len(parted(item.fields["question"])) for item in items)
    n = min(13, max(8, lengths[len(lengths) // _PERCENTILE]))
    return any_gram(parted, n)(items, documents)


def palm(items: Sequence[Item], documents: Sequence[str]) -> set[str]:
    """70 % of the 8-grams of question or answer."""
    seen = {gram for document in documents for gram in grams(parted(document), 8)}

    def share(text: str) -> float:
        own = grams(parted(text), 8)
        return sum(gram in seen for gram in own) / len(own) if own else 0.0

    parts = ("question", "answer")
    return {
        item.item
        for item in items
        if max(share(item.fields.get(part, "")) for part in parts) >= 0.7  # type: ignore[call-overload]
    }


def tulu3(items: Sequence[Item], documents: Sequence[str]) -> set[str]:
    """Over half of the question's words in 8-grams of one document."""
    holders: dict[Gram, set[int]] = defaultdict(set)
    for number, document in enumerate(documents):
        for gram in grams(parted(document), 8):
            holders[gram].add(number)
    flagged = set()
    for item in items:
        words = parted(item.fields["question"])
        covered: dict[int, set[int]] = defaultdict(set)
        for place, gram in enumerate(grams(words, 8)):
            for number in holders.get(gram, ()):
                covered[number].update(range(place, place + 8))
        if max(map(len, covered.values()), default=0) > 0.5 * len(words):
            flagged.add(item.item)
    return flagged


def marin(items: Sequence[Item], documents: Sequence[str]) -> set[str]:
    """A 13-gram in a document of which a paragraph has half of its 13-grams among all questions."""
    owners: dict[Gram, set[str]] = defaultdict(set)
    for item in items:
        for paragraph in item.fields["question"].split("\n\n"):
            for gram in _features(paragraph):
                owners[gram].add(item.item)
    flagged: set[str] = set()
    for document in documents:
        paragraphs = [list(_features(each)) for each in document.split("\n\n")]
        held = [[gram for gram in each if gram in owners] for each in paragraphs]
        shares = (len(own) / max(1, len(all_)) for own, all_ in zip(held, paragraphs, strict=True))
        if max(shares) >= 0.5:
            flagged.update(*(owners[gram] for each in held for gram in each))
    return flagged


def _features(paragraph: str) -> Iterator[Gram]:
    """Yield the 13-grams with a letter of a paragraph, or all of it if it has 3 to 12 words."""
    words = paragraph.split()
    for gram in [tuple(words)] if 3 <= len(words) < 13 else grams(words, 13):
        if any(map(str.isalpha, "".join(gram))):
            yield gram


def corpus_assay(items: Sequence[Item], documents: Sequence[str]) -> set[str]:
    """Three different 13-grams without stop words in one document, a thousandth of its own."""
    owners: dict[Gram, set[str]] = defaultdict(set)
    for item in items:
        for field in ("question", "answer"):
            for gram in grams(_assayed(item.fields.get(field, "")), 13):
                owners[gram].add(item.item)
    flagged: set[str] = set()
    for document in documents:
        own = set(grams(_assayed(document), 13))
        counts = Counter(item for gram in own for item in owners.get(gram, ()))
        flagged |= {item for item, hits in counts.items() if hits >= max(3, 0.001 * len(own))}
    return flagged


def _assayed(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)?", normalize("NFKC", text).lower())
    return [word for word in words if word not in STOP_WORDS]


CRITERIA = {
    "gpt3": gpt3,
    "palm": palm,
    "tulu3": tulu3,
    "s1": any_gram(collapsed, 8),
    "lm-eval": any_gram(deleted, 13),
    "marin": marin,
    "corpus-assay": corpus_assay,
}


def documents_of(corpus: str) -> Iterator[str]:
    """Yield the texts of documents, their fields in lines."""
    files, _ = find_files([corpus])
    for file in files:
        for batch in read_file(file):
            if isinstance(batch, PassageBatch):
                texts: dict[int, list[str]] = defaultdict(list)
                for row, text in zip(batch.rows.tolist(), batch.texts.to_pylist(), strict=True):
                    texts[row].append(text)
                yield from map("\n".join, texts.values())


def main(bench: str, folder: str, corpora: Sequence[str]) -> None:
    """Compare all criteria on all corpora, by the test items of a benchmark."""
    card = load_card(bench)
    test = [split for split in card.splits if split.role == "test"]
    items = read_items(msgspec.structs.replace(card, splits=test), Path(folder))
    rows = []
    for corpus in corpora:
        documents = list(documents_of(corpus))
        for name, criterion in CRITERIA.items():
            theirs = criterion(items, documents)
            report = scan_with_preset([corpus], bench, name)
            ours = set(report.flagged["item"].to_pylist()) & {item.item for item in items}
            both = len(ours & theirs)
            rows.append([Path(corpus).name, f"`{name}`", len(theirs), len(ours), both])
    print(table(["corpus", "preset", "on words", "on tokens", "both"], rows, "llrrr"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
