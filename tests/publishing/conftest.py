"""A small corpus that was scanned, and may be changed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from leakcheck.publishing.audit import audit_of
from leakcheck.publishing.records import AuditRecord
from leakcheck.scanning import scan
from leakcheck.verdict.records import Report


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    """Make a corpus of three files and one that is none, in the folder a test runs in."""
    monkeypatch.chdir(tmp_path)
    folder = Path("corpus")
    (folder / "deep").mkdir(parents=True)
    (folder / "a.jsonl").write_text('{"text": "The kettle sang."}\nnot JSON\n')
    (folder / "b.txt").write_text("A ferry left at dusk.\n")
    (folder / "deep" / "c.csv").write_text("text\nNine lanterns.\n")
    (folder / "image.png").write_bytes(b"?")
    return folder


@pytest.fixture
def scanned(corpus) -> Callable[[], Report]:
    return lambda: scan([str(corpus)], "demo")


@pytest.fixture
def record(scanned) -> AuditRecord:
    return audit_of(scanned())
