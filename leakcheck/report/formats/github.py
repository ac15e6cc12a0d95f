"""The findings as workflow commands, which GitHub Actions shows as annotations.

GitHub shows about ten of each level in a step, so there are no more, the worst first: errors are
leaks, warnings what may be one or could not be read, notices the overlap, which is no leak.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from leakcheck.report.evidence import described
from leakcheck.report.formats import markdown
from leakcheck.report.numbers import out_of, several
from leakcheck.report.record_lines import line_of, lines_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.statements import accepted_beside, counts_of_test, scanned_sentence
from leakcheck.report.words import VERDICT_WORDS

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["MOST_ANNOTATIONS", "Annotation", "render", "step_summary"]

MOST_ANNOTATIONS = 10
"""Of each level."""
SUMMARY_BYTES = 1024 * 1024
"""What GitHub takes of a step's summary."""

Level = Literal["error", "warning", "notice"]
LEVELS: tuple[Level, ...] = ("error", "warning", "notice")
_TITLES: dict[Level, str] = {
    "error": "Test leakage",
    "warning": "Test item, perhaps by chance",
    "notice": "Overlap, no leakage",
}
_MILDNESS = {kind: rank for rank, kind in enumerate(("verbatim", "near", "rewritten"))}


class Annotation(NamedTuple):
    """A workflow command."""

    level: Level
    title: str
    message: str
    file: str = ""
    line: int | None = None

    def told(self) -> str:
        r"""Write the command, with what would end it escaped as GitHub's toolkit does.

        >>> Annotation("error", "leak: a, b", "50 %\nmore", "a.jsonl", 5).told()
        '::error title=leak%3A a%2C b,file=a.jsonl,line=5::50 %25%0Amore'
        """
        line = "" if self.line is None else str(self.line)
        named = {"title": self.title, "file": self.file, "line": line}
        properties = ",".join(f"{k}={_property(value)}" for k, value in named.items() if value)
        return f"::{self.level} {properties}::{_data(self.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render(report: Report, sheet: Sheet) -> str:
    """Render the annotations, and a last line that says how many there would be."""
    annotations = [*_places(report), *_unread(report)]
    shown = [
        each
        for level in LEVELS
        for each in [a for a in annotations if a.level == level][:MOST_ANNOTATIONS]
    ]
    lines = [each.told() for each in shown]
    verdicts = "; ".join(map(_verdict, report.benchmarks))
    of_all = out_of(len(shown), len(annotations), "places")
    lines.append(_data(f"{scanned_sentence(report)} {verdicts}. Annotated: {of_all}."))
    return "".join(f"{line}\n" for line in lines)


def step_summary(report: Report, room_bytes: int = SUMMARY_BYTES) -> str:
    """Return the Markdown to append to the file that GITHUB_STEP_SUMMARY names.

    Args:
        report: what was found.
        room_bytes: how much there is room for; what is more is left out, line by line.
    """
    kept, size = [], 0
    for line in markdown.render(report, Sheet()).splitlines(keepends=True):
        size += len(line.encode("utf-8", "backslashreplace"))
        if size > room_bytes:
            break
        kept.append(line)
    return "".join(kept)


def _verdict(benchmark: BenchmarkReport) -> str:
    matched, items = counts_of_test(benchmark)
    accepted = accepted_beside(benchmark)
    verdict = VERDICT_WORDS[benchmark.verdict]
    return f"{benchmark.name} {verdict}, {out_of(matched, items, 'test items')}{accepted}"


def _places(report: Report) -> list[Annotation]:
    """Make one annotation of what stands on a line, or in a file whose lines are not known."""
    leaked = {each.name for each in report.benchmarks if each.verdict == "leaked"}
    counted = [finding for finding in report.iter_findings() if finding.is_counted]
    lines = lines_of(counted, report.files)
    groups: dict[tuple[Level, str, int | None], list[Finding]] = defaultdict(list)
    for finding in sorted(counted, key=lambda each: _MILDNESS[each.kind]):
        level = _level(finding, finding.bench in leaked)
        groups[level, finding.path, line_of(finding, lines)].append(finding)
    return [_annotation(*place, there) for place, there in groups.items()]


def _level(finding: Finding, leaked: bool) -> Level:
    if finding.standing == "overlap":
        return "notice"
    return "error" if leaked else "warning"


def _annotation(level: Level, path: str, line: int | None, findings: list[Finding]) -> Annotation:
    """Name the first finding of a place, and count the others."""
    more = len(findings) - 1
    where = "in this file" if line is None else "on this line"
    others = f"; and {several(more, 'more finding')} {where}" if more else ""
    from leakcheck.corpus import place_named

    file, start_byte = place_named(path)
    inside = f" from byte {start_byte:,}" if start_byte else ""
    row = f", row {findings[0].row}{inside}" if line is None else ""
    message = f"{described(findings[0])}{row}{others}"
    return Annotation(level, _TITLES[level], message, file, line)


def _unread(report: Report) -> list[Annotation]:
    return [
        Annotation(
            "warning",
            "Not read",
            each.reason if each.row is None else f"row {each.row}: {each.reason}",
            each.path,
        )
        for each in report.corpus.skipped
    ]
