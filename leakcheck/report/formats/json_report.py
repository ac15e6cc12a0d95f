"""The report as one JSON document, `leakcheck/report/1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import CorpusReport, Report, SettingsReport

__all__ = ["SCHEMA", "render"]

SCHEMA = "leakcheck/report/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""


def render(report: Report, sheet: Sheet) -> str:
    """Render the verdicts and counts of a report; the findings themselves are `jsonl`."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "leakcheck", "version": report.version},
        "settings": _settings(report.settings),
        "corpus": _corpus(report.corpus),
        "benchmarks": [msgspec.to_builtins(each) for each in report.benchmarks],
        "canaries": [msgspec.to_builtins(each) for each in report.canaries],
        "stale": list(report.stale),
    }
    if report.corpus.sample is not None:
        document["sample"] = msgspec.to_builtins(report.corpus.sample)
    # Not msgspec's encoder: it refuses file names that are not UTF-8.
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _settings(settings: SettingsReport) -> dict[str, Any]:
    """Name the shard only where there is one."""
    told: dict[str, Any] = msgspec.to_builtins(settings)
    return told if settings.shard is not None else {k: told[k] for k in told if k != "shard"}


def _corpus(corpus: CorpusReport) -> dict[str, Any]:
    told: dict[str, Any] = {
        "files": corpus.files,
        "documents": corpus.documents,
        "bytes": corpus.bytes,
        "skipped": [msgspec.to_builtins(each) for each in corpus.skipped],
    }
    return told if corpus.index is None else told | {"index": msgspec.to_builtins(corpus.index)}
