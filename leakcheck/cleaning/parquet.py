"""Writing a parquet file anew, row group by row group, as like the old one as its writer can."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from leakcheck.cleaning.plan import FilePlan
from leakcheck.cleaning.tables import rewritten, without_planned
from leakcheck.errors import InputError

__all__ = ["write_parquet"]

_VERSIONS = ("1.0", "2.4", "2.6")
_ARROW_SCHEMA = b"ARROW:schema"


def write_parquet(source: Path, target: Path, plan: FilePlan, text_field: str | None) -> None:
    """Write a parquet file without what its plan takes out.

    Kept are the schema with its metadata, the order of columns and rows, which rows make a group,
    and of every column the compression, dictionaries and statistics. One row group is held at once.

    Raises:
        InputError: the file is damaged.
        OSError: it cannot be read, or the target not be written.
    """

    def write(file: BinaryIO, plain: Path) -> None:
        import pyarrow.parquet as pq

        old = pq.ParquetFile(file, page_checksum_verification=True)
        with pq.ParquetWriter(plain, old.schema_arrow, **_options(old.metadata)) as writer:
            first_row = 0
            for number in range(old.num_row_groups):
                table = old.read_row_group(number)
                left = without_planned(table, first_row, plan, text_field)
                writer.write_table(left, row_group_size=max(1, len(left)))
                first_row += len(table)
        if plan.rows and max(plan.rows) >= first_row:
            raise InputError(f"{source}: there is no record {max(plan.rows)} any more; scan again")

    rewritten(source, target, write)


def _options(metadata: Any) -> dict[str, Any]:  # noqa: ANN401 (pyarrow has no types)
    """Tell how a file was written, from what it says of itself."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    columns = [group.column(n) for group in groups for n in range(metadata.num_columns)]
    paths = [metadata.schema.column(n).path for n in range(metadata.num_columns)]
    options: dict[str, Any] = {
        "version": metadata.format_version if metadata.format_version in _VERSIONS else "2.6",
        "store_schema": _ARROW_SCHEMA in (metadata.metadata or {}),
        "use_deprecated_int96_timestamps": any(c.physical_type == "INT96" for c in columns),
        "use_compliant_nested_type": not any(".list.item" in path for path in paths),
        "write_page_index": any(column.has_offset_index for column in columns),
    }
    if columns:
        options["compression"] = {c.path_in_schema: _codec(c.compression) for c in columns}
        options["use_dictionary"] = _paths(c for c in columns if c.has_dictionary_page)
        options["write_statistics"] = _paths(c for c in columns if c.is_stats_set)
    if groups and groups[0].sorting_columns:
        options["sorting_columns"] = groups[0].sorting_columns
    return options


def _codec(name: str) -> str:
    return "NONE" if name == "UNCOMPRESSED" else name


def _paths(columns: Any) -> list[str] | bool:  # noqa: ANN401 (pyarrow has no types)
    return sorted({column.path_in_schema for column in columns}) or False
