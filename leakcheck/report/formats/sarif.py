"""The findings as SARIF 2.1.0, for code scanning: one result an item and document.

Paths are relative to `%SRCROOT%`, the folder the scan ran in; absolute ones are `file:` URIs. A
record has a line where its file has lines (`record_lines`), else a name as `data.parquet#row=123`.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from leakcheck.detection.standing import ALLOW
from leakcheck.report.evidence import described
from leakcheck.report.numbers import several
from leakcheck.report.places import place_of
from leakcheck.report.record_lines import Lines, line_of, lines_of
from leakcheck.report.sarif_rules import RULES, rule_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.uris import is_absolute, uri_of

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding
    from leakcheck.verdict.records import Report, SkippedReport

__all__ = ["MOST_RESULTS", "render"]

MOST_RESULTS = 25_000
"""What GitHub takes of a run; of these it keeps the 5,000 that are worst."""
MOST_NOTIFICATIONS = 1_000
"""How many of the things that could not be read are named."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_STANDARD_INPUT = "-"


def render(report: Report, sheet: Sheet) -> str:
    """Render the findings, the worst first, and what could not be read as notifications."""
    findings = report.iter_findings()
    first = _worst_first(findings, _leaked(report))
    kept = first[:MOST_RESULTS]
    lines = lines_of(kept, report.files)
    copies = Counter(map(_document, findings))
    leaked, any_accepted = _leaked(report), any(each.accepted for each in kept)
    run = {
        "tool": {"driver": _driver(report.version)},
        "invocations": [_invocation(report, left_out=len(first) - len(kept))],
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The folder that leakcheck ran in."}}
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(each, copies[_document(each)], leaked, lines)
            | (_suppressions(each) if any_accepted else {})
            for each in kept
        ],
        "properties": {"packs": msgspec.to_builtins(report.settings.packs)},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    # Python's json lays out lines in Python, ten times as slowly as it writes without them.
    written = json.dumps(log, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return msgspec.json.format(written, indent=1).decode("utf-8", "surrogatepass") + "\n"


def _leaked(report: Report) -> set[str]:
    return {each.name for each in report.benchmarks if each.verdict == "leaked"}


def _document(finding: Finding) -> tuple[str, str, str, int]:
    return finding.bench, finding.item, finding.path, finding.row


def _worst_first(findings: list[Finding], leaked: set[str]) -> list[Finding]:
    """Take the worst finding of each item and document, and put the worst of all first."""

    def mildness(finding: Finding) -> tuple[bool, int, bool]:
        return bool(finding.accepted), rule_of(finding), finding.bench not in leaked

    first: dict[tuple[str, str, str, int], Finding] = {}
    for finding in sorted(findings, key=mildness):
        first.setdefault(_document(finding), finding)
    return list(first.values())


def _driver(version: str) -> dict[str, Any]:
    return {
        "name": "leakcheck",
        "version": version,
        "semanticVersion": version,
        "rules": [rule.told() for rule in RULES],
    }


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    skipped = report.corpus.skipped
    notifications = [_unread(each) for each in skipped[:MOST_NOTIFICATIONS]]
    if more := len(skipped) - len(notifications):
        notifications.append(_notification("warning", f"{more:,} more places were not read."))
    if left_out:
        notifications.append(
            _notification("note", f"{several(left_out, 'result')} of the least weight left out.")
        )
    code, why = _exit_code(report)
    return {
        "executionSuccessful": code < 2,
        "exitCode": code,
        "exitCodeDescription": why,
        "toolConfigurationNotifications": notifications,
    }


def _exit_code(report: Report) -> tuple[int, str]:
    """Return the exit code of a scan without options of its own for that, and the reason."""
    from leakcheck.corpus import LFS_POINTER

    if any(each.reason == LFS_POINTER for each in report.corpus.skipped):
        return 2, "a Git LFS pointer stands in place of data"
    if _leaked(report):
        return 1, "a benchmark leaked (as with --fail-on leak)"
    return 0, "no benchmark leaked (as with --fail-on leak)"


def _unread(skipped: SkippedReport) -> dict[str, Any]:
    where = place_of(skipped.path, skipped.row)
    told = _notification("warning", f"Not read: {where}: {skipped.reason}")
    return told | {"locations": [_location(skipped.path, skipped.row, None)]}


def _notification(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}


def _result(finding: Finding, copies: int, leaked: set[str], lines: Lines) -> dict[str, Any]:
    rule = rule_of(finding)
    level = RULES[rule].level
    doubtful = level == "error" and finding.bench not in leaked
    times = f"; {copies:,} times in this record" if copies > 1 else ""
    doubt = " (no more than chance gives, or not certain)" if doubtful else ""
    fingerprint = {"partialFingerprints": {"leakcheck/v1": finding.fingerprint}}
    return {
        "ruleId": RULES[rule].id,
        "ruleIndex": rule,
        "level": "warning" if doubtful else level,
        "kind": "informational" if level == "note" else "fail",
        "message": {"text": f"{described(finding)}{times}{doubt}"},
        "locations": [_location(finding.path, finding.row, line_of(finding, lines))],
        **(fingerprint if finding.fingerprint else {}),
        "occurrenceCount": copies,
        "properties": _evidence(finding),
    }


def _suppressions(finding: Finding) -> dict[str, Any]:
    """Say what is accepted; where one result says it, SARIF wants all to."""
    if not finding.accepted:
        return {"suppressions": []}
    reason = finding.accepted.removeprefix(ALLOW)
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": reason}]}


def _location(path: str, row: int | None, line: int | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri_of(path)}}
    if not is_absolute(path):
        physical["artifactLocation"]["uriBaseId"] = _ROOT
    if line is not None:
        physical["region"] = {"startLine": line}
    told: dict[str, Any] = {} if path == _STANDARD_INPUT else {"physicalLocation": physical}
    if row is not None:
        told["logicalLocations"] = [{"fullyQualifiedName": f"{path}#row={row}", "kind": "row"}]
    return told


def _evidence(finding: Finding) -> dict[str, Any]:
    names = ("bench", "split", "role", "item", "kind", "score", "bits", "e_value", "p_value")
    places = ("source", "start", "end", "basis", "excerpt")
    told = {name: getattr(finding, name) for name in names + places}
    return told | {"fields": list(finding.fields), "changes": list(finding.changes)}
