"""What `leakcheck verify-audit` shows."""

from __future__ import annotations

import pytest

from leakcheck.publishing.records import AuditedFile, AuditedIndex, AuditRecord
from leakcheck.publishing.verify import Checked
from leakcheck.report import Sheet
from leakcheck.report.pages.audit import audit_page
from leakcheck.verdict.records import SettingsReport, SkippedReport

SAME = [
    Checked("file", "corpus/a.jsonl", "same"),
    Checked("file", "corpus/b.jsonl", "same"),
    Checked("pack", "riddles", "same"),
]
OTHER = [
    Checked("file", "corpus/a.jsonl", "changed", "12 bytes, not 10"),
    Checked("file", "corpus/b.jsonl", "missing"),
    Checked("file", "corpus/c\x1b[31m.jsonl", "new", "was not there when it was scanned"),
    Checked("pack", "riddles", "changed", "revision 2 is installed, not 1"),
    Checked("pack", "facts", "missing", "not installed here: there is no pack of facts"),
]


@pytest.fixture
def record(make) -> AuditRecord:
    return AuditRecord(
        version="1.2.3",
        preset="leakcheck",
        settings=SettingsReport(["corpus"], None, 1, []),
        benchmarks=[make.benchmark()],
        findings=0,
        accepted=0,
        documents=20,
        bytes=30,
        unread_bytes=0,
        files=[AuditedFile(f"corpus/{name}.jsonl", 10, "00ff", 10) for name in "ab"],
        unscanned=[SkippedReport("corpus/image.png", None, "not a format")],
        canaries=[],
    )


def test_that_nothing_differs_is_said_first(record):
    page = audit_page(record, SAME, Sheet(80))
    assert page.startswith("AS SCANNED: no difference\n")
    assert "2 of 2 files the same by SHA-256" in page
    assert "1 place, named in the record under `unscanned`" in page


def test_what_differs_looks_as_in_the_golden_file(record, matches_golden):
    matches_golden(audit_page(record, OTHER, Sheet(80)), "audit_differs.txt")


def test_a_missing_pack_is_told_and_is_no_difference(record):
    page = audit_page(record, [*SAME, OTHER[-1]], Sheet(80))
    assert page.startswith("AS SCANNED")
    assert "1 of 2 packs the same as installed" in page
    assert "facts: not installed here" in page


def test_of_very_many_files_some_are_named(record):
    many = [Checked("file", f"{n}.jsonl", "missing") for n in range(5000)]
    page = audit_page(record, many, Sheet(80))
    assert "NOT AS SCANNED: 5,000 differences" in page
    assert "and 4,950 more" in page


def test_an_index_is_told_beside_the_files_that_were_not_checked(record):
    import msgspec

    asked = msgspec.structs.replace(
        record, index=AuditedIndex("corpus.lki", 4, "00ff", 0), unhashed="an index was asked"
    )
    checked = [
        Checked("index", "corpus.lki", "same"),
        *(Checked("file", file.path, "not checked") for file in record.files),
    ]
    page = audit_page(asked, checked, Sheet(80))
    assert "the index corpus.lki: same" in page
    assert "2 of 2 files: an index was asked" in page
