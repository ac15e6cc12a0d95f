"""The manifest of a copy: what went and why, and what nobody looked into.

Items and passages are named and not quoted, so that it can go along with the copy.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import msgspec

from leakcheck.cleaning.cleaned import Cleaned, CleanedFile
from leakcheck.detection.finding import Finding
from leakcheck.version import __version__

__all__ = ["NAME", "SCHEMA", "manifest_of", "written"]

NAME = ".leakcheck-clean.json"
"""Hidden, so that no scan takes it for data."""
SCHEMA = "leakcheck/clean/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""


def manifest_of(cleaned: Cleaned) -> dict[str, Any]:
    """Put together what there is to know of a copy; the same corpus gives the same manifest."""
    report, layout = cleaned.report, cleaned.layout
    settings = msgspec.to_builtins(report.settings)
    return {
        "schema": SCHEMA,
        "version": __version__,
        "settings": {**settings, "drop": cleaned.wanted.drop, "also": sorted(cleaned.wanted.also)},
        "documents": {
            "before": sum(file.documents for file in cleaned.files),
            "removed": cleaned.documents_gone,
            "cut": cleaned.documents_cut,
        },
        "files": [_file(file) for file in sorted(cleaned.files, key=lambda file: file.path)],
        "unscanned": [
            *({"path": s.path, "row": s.row, "reason": s.reason} for s in report.corpus.skipped),
        ],
        "copied": sorted(_shown(path) for path, _ in layout.others),
        "links": {_shown(path): _shown(named) for path, named in sorted(layout.links)},
        "left_out": [
            {"path": _shown(p), "reason": reason} for p, reason in sorted(layout.left_out)
        ],
        "check": {
            "documents": cleaned.checked.documents,
            "left": 0,
            "rounds": cleaned.checked.rounds,
            "stay": cleaned.checked.stay,
        },
    }


def written(manifest: dict[str, Any]) -> str:
    """Write a manifest as text."""
    return json.dumps(manifest, ensure_ascii=True, indent=1) + "\n"


def _file(file: CleanedFile) -> dict[str, Any]:
    told: dict[str, Any] = {
        "path": _shown(file.path),
        "documents": file.documents,
        "documents_left": file.documents_left,
    }
    if file.plan.rows:
        why = file.plan.why
        told["removed"] = [
            {"row": row, "why": _reasons(why[row])} for row in sorted(file.plan.dropped)
        ]
        told["cut"] = [
            {"row": row, "characters": dict(sorted(cuts.items())), "why": _reasons(why[row])}
            for row, cuts in sorted(file.plan.cuts.items())
        ]
    return told


def _reasons(findings: list[Finding]) -> list[dict[str, str]]:
    reasons = {
        (f.bench, f.item, f.kind, f.role, f.fingerprint): {
            "bench": f.bench,
            "item": f.item,
            "kind": f.kind,
            "role": f.role,
            "fingerprint": f.fingerprint,
        }
        for f in findings
    }
    return [reasons[key] for key in sorted(reasons)]


def _shown(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
