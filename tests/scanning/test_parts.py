"""A part gives back what was put in, and is known by what it was made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakcheck.corpus import CorpusFile, Skipped, Stretch
from leakcheck.corpus.records import Part
from leakcheck.detection.canary import CanaryPlace
from leakcheck.detection.finding import Finding
from leakcheck.scanning.listing import read_listing, write_listing
from leakcheck.scanning.looking import StretchResult
from leakcheck.scanning.parts import DamagedPart, digest_of, read_part, write_part
from leakcheck.scanning.tasks import Task

from ..findings import finding_fields

FILE = CorpusFile(Path("a.jsonl"), "a.jsonl", 100, 7)
NUMBERS = st.integers(0, 2**62)
TEXTS = st.text(max_size=20)
FINDINGS = st.builds(
    lambda row, bits, excerpt, matched: Finding(
        **finding_fields(row=row, bits=bits, excerpt=excerpt, matched=matched)
    ),
    NUMBERS,
    st.floats(allow_nan=False),
    TEXTS,
    st.lists(st.integers(0, 400), max_size=4),
)
RESULTS = st.builds(
    StretchResult,
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.lists(FINDINGS, max_size=3),
    st.lists(st.builds(CanaryPlace, TEXTS, TEXTS, TEXTS, NUMBERS, TEXTS), max_size=2),
    st.lists(
        st.builds(
            Skipped,
            TEXTS,
            st.none() | NUMBERS,
            TEXTS,
            NUMBERS,
            st.lists(TEXTS, max_size=2).map(tuple),
        ),
        max_size=2,
    ),
)


def task_of(count: int) -> Task:
    return Task(0, (Stretch(FILE, 0, 100),) * count)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(RESULTS, min_size=1, max_size=3))
def test_a_part_is_read_as_it_was_written(tmp_path, results):
    write_part(tmp_path / "part.parquet", results)
    assert read_part(tmp_path / "part.parquet", task_of(len(results))) == results


def test_a_part_that_is_not_there_is_none(tmp_path):
    assert read_part(tmp_path / "part.parquet", task_of(1)) is None


def test_a_part_of_other_stretches_is_refused(tmp_path):
    write_part(tmp_path / "part.parquet", [StretchResult(1, 1, 1, [], [], [])])
    with pytest.raises(DamagedPart, match="it has 1 stretches of 2"):
        read_part(tmp_path / "part.parquet", task_of(2))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(FILE, name="b.jsonl"), id="name"),
        pytest.param(replace(FILE, size_bytes=101), id="size"),
        pytest.param(replace(FILE, modified_ns=8), id="time"),
        pytest.param(replace(FILE, part=Part(frozenset({3}), 9)), id="rows"),
    ],
)
def test_a_task_is_known_by_its_files(changed):
    stretch = Stretch(FILE, 0, 50)
    other = replace(stretch, file=changed)
    assert digest_of(Task(0, (stretch,))) != digest_of(Task(0, (other,)))


def test_a_task_is_known_by_its_ranges():
    assert digest_of(Task(0, (Stretch(FILE, 0, 50),))) != digest_of(
        Task(0, (Stretch(FILE, 50, 100),))
    )


def test_a_task_is_not_known_by_its_number_or_where_its_files_are():
    elsewhere = replace(FILE, path=Path("/mnt/a.jsonl"))
    here, there = (Task(n, (Stretch(file, 0, 50),)) for n, file in enumerate((FILE, elsewhere)))
    assert digest_of(here) == digest_of(there)


def test_a_listing_is_read_as_it_was_written(tmp_path):
    files = [FILE, CorpusFile(Path("b.txt"), "b.txt", 0, None)]
    unreadable = [Skipped("c.txt", None, "cannot be opened", 1)]
    write_listing(tmp_path / "files.arrow", files, unreadable)
    assert read_listing(tmp_path / "files.arrow") == (files, unreadable)
