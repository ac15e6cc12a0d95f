"""Impact as one JSON document, `leakcheck/impact/1`: the fields of `Impact`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from leakcheck.report.pages.impact_words import name_of_score, score_sentence
from leakcheck.version import __version__

if TYPE_CHECKING:
    from leakcheck.impact.records import BenchmarkImpact, Impact

__all__ = ["SCHEMA", "render"]

SCHEMA = "leakcheck/impact/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""


def render(impact: Impact) -> str:
    """Render what was found, benchmark by benchmark; scores and gains are from 0 to 1."""
    told = msgspec.to_builtins(impact)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "leakcheck", "version": __version__},
        "tolerance_points": told["tolerance_points"],
        "benchmarks": [_benchmark(each) for each in impact.benchmarks],
        "without_results": told["without_results"],
        "problems": [each._asdict() for each in impact.problems],
        "notes": told["notes"],
    }
    # Not msgspec's encoder: it refuses file names that are not UTF-8.
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _benchmark(benchmark: BenchmarkImpact) -> dict[str, Any]:
    """Name what tuples hold, and add the sentences."""
    told: dict[str, Any] = msgspec.to_builtins(benchmark)
    told["overlap"] = [each._asdict() for each in benchmark.overlap]
    if benchmark.reported is not None and benchmark.reported.clean is not None:
        told["reported"]["clean"] = benchmark.reported.clean._asdict()
    for score, own in zip(benchmark.scores, told["scores"], strict=True):
        if score.measures.gain is not None:
            own["measures"]["gain"] = score.measures.gain._asdict()
        if score.matched is not None and score.matched.difference and score.matched.gain:
            own["matched"]["difference"] = score.matched.difference._asdict()
            own["matched"]["gain"] = score.matched.gain._asdict()
        own["name"] = name_of_score(score)
        own["sentence"] = score_sentence(benchmark.bench, score)
    return told
