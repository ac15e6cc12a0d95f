"""A Croissant fragment with what the responsible-AI vocabulary (RAI 1.0) has for it, as JSON-LD.

To be merged into a dataset's own Croissant file: it describes no files and no records, so by
itself it is no whole description.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from leakcheck.report.sheet import Sheet
from leakcheck.report.statements import (
    LIMITS,
    accepted_sentence,
    coverage_sentences,
    leakage_sentence,
    overlap_sentence,
    pack_sentence,
    scanned_sentence,
    verdict_sentence,
)

if TYPE_CHECKING:
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["render"]

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
}
_CONFORMS_TO = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]


def render(report: Report, sheet: Sheet) -> str:
    """Render what was found as limitations of the data, and the scan as a step of its making."""
    limitations = [*map(_limitation, report.benchmarks), *coverage_sentences(report), *LIMITS]
    packs = [pack_sentence(pack) for pack in report.settings.packs]
    protocol = [
        "Scanned for items of benchmarks, all splits of them; nothing was changed by the scan.",
        scanned_sentence(report),
        *(f"Benchmark {pack}." for pack in packs),
    ]
    fragment = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _CONFORMS_TO,
        "rai:dataLimitations": limitations,
        "rai:dataPreprocessingProtocol": protocol,
    }
    return json.dumps(fragment, ensure_ascii=False, indent=2) + "\n"


def _limitation(benchmark: BenchmarkReport) -> str:
    told = (
        f"Benchmark {benchmark.name}: {verdict_sentence(benchmark)}",
        leakage_sentence(benchmark),
        overlap_sentence(benchmark),
        accepted_sentence(benchmark),
    )
    return " ".join(filter(None, told))
