"""What a report says in plain sentences, for cards and for metadata: numbers with their totals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leakcheck.report.numbers import by_chance, byte_size, out_of, percent, several
from leakcheck.report.words import IN_DISTRIBUTION, VERDICT_WORDS, sentence

if TYPE_CHECKING:
    from leakcheck.verdict.records import BenchmarkReport, PackReport, Report, SplitReport

__all__ = [
    "LIMITS",
    "accepted_beside",
    "accepted_sentence",
    "chance_sentence",
    "counts_of_test",
    "coverage_sentences",
    "leakage_sentence",
    "notes_of",
    "overlap_sentence",
    "pack_sentence",
    "scanned_sentence",
    "verdict_sentence",
]

LIMITS = (
    "Translations of items are not seen.",
    "Items with too little text to be told from chance cannot be found.",
    "A few findings may be look-alikes; the number expected by chance says how many.",
    "What is not in the scanned files, such as a base model's own training data, is not covered.",
)
"""What no scan can promise."""


def counts_of_test(benchmark: BenchmarkReport) -> tuple[int, int]:
    """Return the matched items of the test splits, and all items of these."""
    test = [split for split in benchmark.splits.values() if split.role == "test"]
    return sum(split.matched for split in test), sum(split.items for split in test)


def verdict_sentence(benchmark: BenchmarkReport) -> str:
    """Say the verdict and what it stands on."""
    return f"{VERDICT_WORDS[benchmark.verdict]}: {sentence(benchmark.reason)}"


def leakage_sentence(benchmark: BenchmarkReport) -> str:
    """Say how many test items were found, and as what."""
    matched, items = counts_of_test(benchmark)
    found = "found and counted" if benchmark.accepted or benchmark.by_chance else "found"
    if not matched:
        return f"0 of {items:,} test items were {found}."
    test = [split for split in benchmark.splits.values() if split.role == "test"]
    chance = by_chance(test)
    return (
        f"{out_of(matched, items, 'test items')} ({percent(matched, items)}) were {found} "
        f"({_kinds(test)}); {chance} are expected by chance."
    )


def _kinds(splits: Iterable[SplitReport]) -> str:
    counts = {
        kind: sum(getattr(split, kind) for split in splits)
        for kind in ("verbatim", "near", "rewritten")
    }
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)


def overlap_sentence(benchmark: BenchmarkReport) -> str:
    """Say what of the other splits was found and what that means; empty if nothing was."""
    found = [
        f"{out_of(split.matched, split.items)} of {name} ({percent(split.matched, split.items)})"
        for name, split in benchmark.splits.items()
        if split.role != "test" and split.matched
    ]
    if not found:
        return ""
    declare = (
        " Scores on the test split are in-distribution and must be declared as such."
        if benchmark.verdict == "in_distribution"
        else ""
    )
    difficulty = IN_DISTRIBUTION[benchmark.in_distribution]
    return f"Items of other splits were found: {', '.join(found)}.{declare} {difficulty}"


def accepted_beside(benchmark: BenchmarkReport) -> str:
    """Say behind a count how many findings are not in it; empty if all are."""
    return f", {several(benchmark.accepted, 'finding')} accepted" if benchmark.accepted else ""


def accepted_sentence(benchmark: BenchmarkReport) -> str:
    """Say what was set aside and what the verdict would be with it; empty if nothing was."""
    by_chance = chance_sentence(benchmark)
    if not benchmark.accepted or benchmark.verdict_with_accepted is None:
        return by_chance
    verb = "was" if benchmark.accepted == 1 else "were"
    accepted = (
        f"{several(benchmark.accepted, 'finding')} {verb} accepted by a baseline or an allow-list "
        f"and not counted; with them the verdict would be "
        f"{VERDICT_WORDS[benchmark.verdict_with_accepted]}."
    )
    return f"{accepted} {by_chance}".rstrip()


def chance_sentence(benchmark: BenchmarkReport) -> str:
    """Say what `--max-expected` leaves out; empty if that is nothing."""
    if not benchmark.by_chance:
        return ""
    verb = "is" if benchmark.by_chance == 1 else "are"
    return (
        f"{several(benchmark.by_chance, 'finding')} {verb} not counted: more as good are expected "
        "by chance than --max-expected allows."
    )


def scanned_sentence(report: Report) -> str:
    """Say what was read, and by what."""
    corpus = report.corpus
    what = (
        f"{several(corpus.documents, 'document')} in {several(corpus.files, 'file')} "
        f"({byte_size(corpus.bytes)})"
    )
    if corpus.index is None:
        return f"leakcheck {report.version} read {what}."
    unread = corpus.index.from_fingerprints
    unseen = f", {unread:,} of them by fingerprints alone" if unread else ""
    return (
        f"leakcheck {report.version} asked an index of {what} at scale {corpus.index.scale}, and "
        f"looked at {several(corpus.index.candidates, 'document')} again{unseen}."
    )


def coverage_sentences(report: Report) -> list[str]:
    """Say what could not be read, and which test items cannot be found."""
    corpus = report.corpus
    told = ["All of it could be read."]
    if corpus.skipped:
        lost = f"{byte_size(corpus.unread_bytes)} of {byte_size(corpus.bytes)}"
        share = percent(corpus.unread_bytes, corpus.bytes)
        told = [f"{several(len(corpus.skipped), 'place')} not read in full: {lost} ({share})."]
    if report.settings.text_field is not None:
        told.append(f"Only the field {report.settings.text_field} of each record was looked at.")
    for benchmark in report.benchmarks:
        if untestable := _untestable(benchmark):
            _, items = counts_of_test(benchmark)
            told.append(
                f"{out_of(untestable, items)} test items of {benchmark.name} have too little text "
                "to be found."
            )
    return told


def _untestable(benchmark: BenchmarkReport) -> int:
    return sum(split.untestable for split in benchmark.splits.values() if split.role == "test")


def pack_sentence(pack: PackReport) -> str:
    """Say which fingerprints a benchmark was looked for with."""
    revisions = ", ".join(pack.revisions) or "unknown"
    return f"{pack.name}: revision {revisions}, pack checksum {pack.checksum}"


def notes_of(benchmark: BenchmarkReport, report: Report) -> str:
    """Write the `notes` of an evaluation result of a model trained on the corpus."""
    matched, items = counts_of_test(benchmark)
    checksum = next(
        (each.checksum for each in report.settings.packs if each.name == benchmark.name), "unknown"
    )
    in_distribution = sum(s.matched for s in benchmark.splits.values() if s.role != "test")
    untestable = _untestable(benchmark)
    parts = (
        f"{items - matched}/{items} test items {_cleared(benchmark)}",
        f"{untestable} cannot be found" if untestable else "",
        f"in-distribution: {several(in_distribution, 'item')} of other splits in training"
        if in_distribution
        else "",
        f"{several(len(report.corpus.skipped), 'place')} not read" if report.corpus.skipped else "",
        f"leakcheck {report.version}, pack {checksum}",
    )
    return "; ".join(filter(None, parts))


def _cleared(benchmark: BenchmarkReport) -> str:
    """Say what the items that are not counted are; with accepted ones, not that they are absent."""
    verdict = VERDICT_WORDS[benchmark.verdict].lower()
    if benchmark.verdict_with_accepted is None:
        if benchmark.by_chance:
            return f"not found but by chance ({several(benchmark.by_chance, 'finding')}; {verdict})"
        return f"not found in the training data ({verdict})"
    accepted = several(benchmark.accepted, "accepted finding")
    hidden = VERDICT_WORDS[benchmark.verdict_with_accepted].lower()
    return f"clean but for {accepted} ({verdict}; {hidden} with them)"
