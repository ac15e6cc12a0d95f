"""What a finding says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.report.numbers import out_of, percent, several
from leakcheck.report.words import VERDICT_WORDS, printable

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Role
    from leakcheck.detection.finding import Change, Finding, Kind
    from leakcheck.run.beside import Numbers
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["changes_told", "counts_told", "evidence_told", "next_told", "place_of", "summed_up"]

STANDS: dict[Kind, str] = {
    "verbatim": "stands word for word",
    "near": "stands nearly word for word",
    "rewritten": "stands in other words",
    "variant": "stands with other numbers",
}
KIND_MEANS: dict[Kind, str] = {
    "verbatim": "at least 0.95 of the tokens stand in the item's order, all numbers the same",
    "near": "at least 0.6 of the tokens stand in the item's order",
    "rewritten": "in other words or another order, with at least half the evidence of its numbers",
    "variant": "in the words of the item, with other numbers: another problem made from it",
}
CHANGES: dict[Change, str] = {
    "numbers": "Numbers of the item gave way to other ones",
    "reordered": "The same words stand in another order.",
    "reworded": "Words of the item are missing, or others stand in their place.",
    "extended": "The passage is longer than the item, by a fifth or more.",
    "shortened": "The passage is shorter than the item, by a fifth or more.",
}
MOST_NUMBERS = 8
"""How many of the numbers that differ are named."""
MOST_PATHS = 3
"""How many of the scanned paths are put into a command."""
CERTAIN = 1e-4
"""Below this a probability is written with its power of ten."""


def place_of(finding: Finding) -> str:
    """Name the place of a finding: file, row, and the field of the record."""
    source = f", {finding.source}" if finding.source else ""
    return printable(f"{finding.path}, row {finding.row:,}{source}")


def summed_up(finding: Finding) -> str:
    """Say in one sentence what was found where."""
    others = [field for field in finding.fields if field != "question"]
    beside = f", with its {_listed(list(others))}" if others else ""
    return printable(
        f"{finding.bench} {finding.item} {STANDS[finding.kind]} in {finding.path}, "
        f"row {finding.row:,}{beside}."
    )


def changes_told(finding: Finding, numbers: Numbers | None) -> Iterator[str]:
    """Say what differs from the item; `numbers` where its own text is at hand."""
    if finding.basis == "fingerprints":
        yield "Not known: the text could not be looked at."
    elif not finding.changes:
        exact = finding.kind == "verbatim"
        yield "Nothing but dressing." if exact else "Little: single words, or their order."
    for change in finding.changes:
        yield CHANGES[change] + (_numbers_told(numbers) if change == "numbers" else "")


def _numbers_told(numbers: Numbers | None) -> str:
    if numbers is None or not (numbers.gone or numbers.come):
        return "."
    gone, come = (_listed(each) or "none" for each in numbers)
    return f": {gone} in the item only; {come} in the passage only."


def evidence_told(finding: Finding, documents: int) -> Iterator[str]:
    """Say why the passage is taken for the item, and how likely that is by chance."""
    yield f"{finding.kind}: {KIND_MEANS[finding.kind]}."
    yield (
        f"score {finding.score:.2f}: the passage has {percent(finding.score, 1)} of the question's "
        "evidence."
    )
    yield (
        f"{finding.bits:,.1f} bits: how rare it is that a text has all these words, less what is "
        "missing and what is extra."
    )
    yield (
        f"p-value {_small(finding.p_value)}: {_one_in(finding.p_value)} matches other text of its "
        "benchmark as well as that."
    )
    documents_told = several(documents, "document")
    yield (
        f"E-value {_small(finding.e_value)}: so many matches as good are to be expected by chance "
        f"in {documents_told}."
    )
    if finding.e_value >= 1:
        yield "Chance alone gives one as good: it counts only together with others."
    if finding.basis == "fingerprints":
        yield "Decided from the fingerprints of an index, without the text."


def _small(value: float) -> str:
    return f"{value:.1e}" if value < CERTAIN else f"{value:.2g}"


def _one_in(share: float) -> str:
    """Write a probability as one in so many, to two digits.

    >>> _one_in(1.52e-7), _one_in(0.7)
    ('one item in 6,600,000', 'more than half of the items')
    """
    if share > 0.5:
        return "more than half of the items"
    return f"one item in {float(f'{1 / share:.1e}'):,.0f}" if share > 0 else "no item"


def counts_told(finding: Finding, report: Report) -> Iterator[str]:
    """Say whether a finding counts for the verdict, and what the verdict is."""
    for benchmark in report.benchmarks:
        if benchmark.name == finding.bench:
            yield _counts(finding, benchmark)
            yield from _verdict_told(finding.role, finding.split, benchmark)


def _counts(finding: Finding, benchmark: BenchmarkReport) -> str:
    if finding.accepted:
        return f"No: set aside by {_accepted_by(finding.accepted)}."
    if finding.kind == "variant":
        return "No: other numbers make it another problem. Variants are counted beside."
    if finding.role != "test":
        return (
            f"As overlap with the {printable(finding.split)} split, which is no leakage: to be "
            "declared with the score."
        )
    if finding.shared:
        return "No: an item of the same text is in a split of another role too."
    if benchmark.verdict == "leaked":
        return "Yes, as test leakage."
    return "Yes, as a match of a test item, of which there are too few to speak of leakage."


def _accepted_by(accepted: str) -> str:
    kind, _, reason = accepted.partition(": ")
    return f"an allow entry ({printable(reason)})" if kind == "allow" else "the baseline"


def _verdict_told(role: Role, split: str, benchmark: BenchmarkReport) -> Iterator[str]:
    counts = benchmark.splits.get(split)
    if counts is not None:
        found = out_of(counts.matched, counts.items, "items")
        yield f"{printable(benchmark.name)} {printable(split)}: {found} found."
    verdict = VERDICT_WORDS[benchmark.verdict]
    yield f"{printable(benchmark.name)} is {verdict}: {printable(benchmark.reason)}."


def next_told(finding: Finding, report: Report) -> Iterator[str]:
    """Say what to do about a finding, with what to paste."""
    if finding.accepted:
        yield "Nothing. To count it again, take its entry out."
        return
    if finding.kind == "variant" or (finding.role == "test" and finding.shared):
        yield "Nothing: it is not counted."
        return
    if finding.role == "test":
        yield "Make a copy of the corpus without what leaks:"
        yield ""
        yield f"    {_clean_command(report)}"
        yield ""
        yield "Or, if this is no leak, say so in pyproject.toml:"
    else:
        yield "Declare the overlap with the score. If this is none, say so in pyproject.toml:"
    yield ""
    yield "    [[tool.leakcheck.allow]]"
    yield f'    fingerprint = "{finding.fingerprint}"'
    yield '    reason = "why it does not count"'


def _clean_command(report: Report) -> str:
    """Write the command that cleans what was scanned, as it was scanned."""
    settings = report.settings
    is_named = len(settings.paths) <= MOST_PATHS and report.corpus.index is None
    words = ["leakcheck clean", *(map(_quoted, settings.paths) if is_named else ["CORPUS"])]
    words += ["--bench", _quoted(",".join(settings.bench))]
    if settings.text_field is not None:
        words += ["--text-field", _quoted(settings.text_field)]
    return " ".join([*words, "-o clean/"])


def _quoted(path: str) -> str:
    from shlex import quote

    return printable(quote(path))


def _listed(words: list[str]) -> str:
    """List words as a sentence does.

    >>> _listed(["3", "4", "5"])
    '3, 4 and 5'
    """
    named = [printable(word) for word in words[:MOST_NUMBERS]]
    if len(words) > MOST_NUMBERS:
        named.append(f"{len(words) - MOST_NUMBERS:,} more")
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
