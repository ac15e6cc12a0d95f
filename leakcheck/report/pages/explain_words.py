"""What a finding says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.detection.standing import ALLOW, CHANCE, is_allowed
from leakcheck.report.numbers import out_of, percent, several
from leakcheck.report.places import place_of
from leakcheck.report.words import (
    CHANGE_WORDS,
    KIND_MEANINGS,
    KIND_WORDS,
    VERDICT_WORDS,
    printable,
    sentence,
)

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Role
    from leakcheck.detection.finding import Finding
    from leakcheck.run.beside import Numbers
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["changes_told", "counts_told", "evidence_told", "next_told", "summed_up"]

MOST_NUMBERS = 8
"""How many of the numbers that differ are named."""
MOST_PATHS = 3
"""How many of the scanned paths are put into a command."""
CERTAIN = 1e-4
"""Below this a probability is written with its power of ten."""


def summed_up(finding: Finding) -> str:
    """Say in one sentence what was found where."""
    others = [field for field in finding.fields if field != "question"]
    beside = f", with its {_listed(list(others))}" if others else ""
    return printable(
        f"{finding.bench} {finding.item} stands {KIND_WORDS[finding.kind]} in "
        f"{place_of(finding.path, finding.row)}{beside}."
    )


def changes_told(finding: Finding, numbers: Numbers | None) -> Iterator[str]:
    """Say what differs from the item; `numbers` where its own text is at hand."""
    if finding.basis == "fingerprints":
        yield "Not known: the text could not be looked at."
    elif not finding.changes:
        exact = finding.kind == "verbatim"
        yield "Nothing but dressing." if exact else "Little: single words, or their order."
    for change in finding.changes:
        told = _numbers_told(numbers) if change == "numbers" else ""
        yield sentence(CHANGE_WORDS[change] + told)


def _numbers_told(numbers: Numbers | None) -> str:
    if numbers is None or not (numbers.gone or numbers.come):
        return ""
    gone, come = (_listed(each) or "none" for each in numbers)
    return f": {gone} in the item only; {come} in the passage only"


def evidence_told(finding: Finding, documents: int) -> Iterator[str]:
    """Say why the passage is taken for the item, and how likely that is by chance."""
    yield f"{finding.kind} ({KIND_MEANINGS[finding.kind]})."
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
    match finding.standing:
        case "variant":
            return "No: other numbers make it another problem. Variants are counted beside."
        case "overlap":
            return (
                f"As overlap with the {printable(finding.split)} split, which is no leakage: to be "
                "declared with the score."
            )
        case "shared":
            return "No: an item of the same text is in a split of another role too."
        case "leak" if benchmark.verdict == "leaked":
            return "Yes, as test leakage."
        case "leak":
            return "Yes, as a match of a test item, of which there are too few to speak of leakage."


def _accepted_by(accepted: str) -> str:
    if accepted == CHANCE:
        return "--max-expected: a corpus of its size gives more as good by chance"
    if is_allowed(accepted):
        return f"an allow entry ({printable(accepted.removeprefix(ALLOW))})"
    return "the baseline"


def _verdict_told(role: Role, split: str, benchmark: BenchmarkReport) -> Iterator[str]:
    counts = benchmark.splits.get(split)
    if counts is not None:
        found = out_of(counts.matched, counts.items, "items")
        yield f"{printable(benchmark.name)} {printable(split)}: {found} found."
    verdict = VERDICT_WORDS[benchmark.verdict]
    yield f"{printable(benchmark.name)} is {verdict}: {printable(benchmark.reason)}."


def next_told(finding: Finding, report: Report) -> Iterator[str]:
    """Say what to do about a finding, with what to paste."""
    if finding.accepted == CHANCE:
        yield "Nothing. To count it, scan without --max-expected."
        return
    if finding.accepted:
        yield "Nothing. To count it again, take its entry out."
        return
    if not finding.is_counted:
        yield "Nothing: it is not counted."
        return
    if finding.standing == "leak":
        where = " on disk" if _is_remote(report) else ""
        yield f"Make a copy of the corpus{where} without what leaks:"
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
    is_named = is_named and not _is_remote(report)  # only files on disk are cleaned
    words = ["leakcheck clean", *(map(_quoted, settings.paths) if is_named else ["CORPUS"])]
    words += ["--bench", _quoted(",".join(settings.bench))]
    if settings.text_field is not None:
        words += ["--text-field", _quoted(settings.text_field)]
    return " ".join([*words, "-o clean/"])


def _is_remote(report: Report) -> bool:
    """Tell whether something of an object store was scanned."""
    from leakcheck.corpus.storage import is_uri

    return any(map(is_uri, report.settings.paths))


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
