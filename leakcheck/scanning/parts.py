"""Parts of a run that is not finished: what was found in each task, a file each.

A part is a table of findings with one column more, `stretch`: the number of the stretch in the
task, from whose start rows are counted. All else that is known of the task stands in the metadata
of the file. Parts are written beside and renamed, so that a killed scan leaves none by halves.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from leakcheck.benchmark.durable import replace_file
from leakcheck.corpus import Skipped, Stretch
from leakcheck.detection.canary import CanaryPlace
from leakcheck.detection.finding import FINDING_SCHEMA, Finding
from leakcheck.scanning.looking import StretchResult
from leakcheck.scanning.tasks import Task

__all__ = ["PART_SCHEMA", "DamagedPart", "digest_of", "read_part", "write_part"]

PART_SCHEMA = FINDING_SCHEMA.append(pa.field("stretch", pa.int32()))

_TOLD, _CHECKSUM = b"leakcheck.stretches", b"leakcheck.checksum"


class DamagedPart(Exception):
    """A part cannot be used; its text says why."""


class _Told(msgspec.Struct, frozen=True):
    """What is known of a stretch beside its findings."""

    rows: int
    documents: int
    bytes_read: int
    canaries: list[CanaryPlace]
    skipped: list[Skipped]


def digest_of(task: Task) -> str:
    """Return what a task is known by: names, sizes and times of its files, and the ranges."""
    told = json.dumps([_identity(each) for each in task.stretches])
    return blake2b(told.encode(), digest_size=16).hexdigest()


def _identity(stretch: Stretch) -> list[object]:
    file = stretch.file
    rows = None if file.part is None else sorted(file.part.rows)
    return [
        file.name,
        file.size_bytes,
        file.modified_ns,
        stretch.start_byte,
        stretch.end_byte,
        rows,
    ]


def write_part(path: Path, results: Sequence[StretchResult]) -> None:
    """Keep the results of a task.

    Raises:
        OSError: it cannot be written.
    """
    rows = [
        msgspec.structs.asdict(finding) | {"stretch": number}
        for number, result in enumerate(results)
        for finding in result.findings
    ]
    table = pa.Table.from_pylist(rows, PART_SCHEMA)
    told = [
        _Told(each.rows, each.documents, each.bytes_read, each.canaries, each.skipped)
        for each in results
    ]
    # Not msgspec's encoder: it refuses file names that are not UTF-8.
    metadata = json.dumps(msgspec.to_builtins(told)).encode()
    checksum = _checksum(metadata, table)
    table = table.replace_schema_metadata({_TOLD: metadata, _CHECKSUM: checksum})
    with replace_file(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", write_page_checksum=True)


def read_part(path: Path, task: Task) -> list[StretchResult] | None:
    """Read the results of a task; None if there are none.

    Raises:
        DamagedPart: they cannot be used.
    """
    try:
        with path.open("rb") as file:
            table = pq.ParquetFile(file, page_checksum_verification=True).read()
        metadata = table.schema.metadata[_TOLD]
        if table.schema.metadata[_CHECKSUM] != _checksum(metadata, table):
            raise DamagedPart("it does not fit its checksum")
        told = msgspec.convert(json.loads(metadata), list[_Told])
        found = table.select(PART_SCHEMA.names).cast(PART_SCHEMA).to_pylist()
        findings: list[list[Finding]] = [[] for _ in told]
        for row in found:
            findings[row.pop("stretch")].append(msgspec.convert(row, Finding))
        if len(told) != len(task.stretches):
            raise DamagedPart(f"it has {len(told):,} stretches of {len(task.stretches):,}")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, IndexError, pa.ArrowException) as error:
        raise DamagedPart(str(error).partition("\n")[0] or type(error).__name__) from error
    return [
        StretchResult(each.rows, each.documents, each.bytes_read, own, each.canaries, each.skipped)
        for each, own in zip(told, findings, strict=True)
    ]


def _checksum(metadata: bytes, table: pa.Table) -> bytes:
    """Return what all of a part comes to, but for how it is stored."""
    rows = json.dumps(table.to_pylist()).encode()
    return blake2b(metadata + rows, digest_size=16).hexdigest().encode()
