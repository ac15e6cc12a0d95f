"""Whether a path is an index: asked of every path of a scan, so it loads nothing."""

from __future__ import annotations

from pathlib import Path

__all__ = ["MANIFEST", "is_index"]

MANIFEST = "manifest.json"


def is_index(path: str | Path) -> bool:
    """Tell whether a path is an index of a corpus."""
    try:
        head = (Path(path) / MANIFEST).read_bytes()
    except OSError:
        return False
    return b'"leakcheck/corpus-index/' in head
