"""Questions to an index in SQL: its tables as views of DuckDB, which can read and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from leakcheck.corpus_index.stored.store import FINDINGS, CorpusIndex, open_index
from leakcheck.corpus_index.stored.tables import TABLES
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.errors import CorpusIndexError, UsageError

if TYPE_CHECKING:
    import duckdb

__all__ = ["VIEWS", "query_index"]

VIEWS = {
    **TABLES,
    "settings": pa.schema([("name", pa.string()), ("value", pa.string())]),
    "findings": FINDING_SCHEMA,
}
"""What can be asked, with its columns."""

MEMORY_LIMIT = "1GB"
"""Beyond it, DuckDB goes on in files."""
BATCH_ROWS = 1 << 16


@contextmanager
def query_index(
    path: Path, query: str, *, threads: int | None = None
) -> Iterator[pa.RecordBatchReader]:
    """Answer one SELECT from an index; the rows are there as long as the block lasts.

    Args:
        path: the index.
        query: the SELECT, over the tables of `VIEWS`.
        threads: how many DuckDB uses; by default one a core.

    Raises:
        UsageError: the query is no single SELECT, or wrong.
        CorpusIndexError: the index cannot be used, or changed meanwhile.

    >>> with query_index(Path("corpus.lki"), "SELECT path FROM files") as rows:  # doctest: +SKIP
    ...     table = rows.read_all()
    """
    import duckdb

    index = open_index(path)
    with (
        TemporaryDirectory(prefix="leakcheck-sql-") as scratch,
        duckdb.connect(":memory:") as connection,
        _errors_told(path),
    ):
        _set_up(connection, index, Path(scratch), threads)
        _check_reads_only(connection, query)
        yield connection.sql(query).to_arrow_reader(BATCH_ROWS)


@contextmanager
def _errors_told(path: Path) -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.IOException as error:
        raise CorpusIndexError(
            f"{path}: {_first_line(error)}; if the index was changed in the meantime, run it "
            "again, else see what `leakcheck index verify` says"
        ) from error
    except duckdb.Error as error:
        raise UsageError(f"the query cannot be answered: {_first_line(error)}") from error
    except (OSError, pa.ArrowException) as error:  # while rows are being fetched
        raise UsageError(f"the query cannot be answered: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    """Return what DuckDB says, its guess at what was meant included, without the query's text."""
    said = str(error).split("\n\n")[0]
    return " ".join(said.split())


def _set_up(
    connection: duckdb.DuckDBPyConnection, index: CorpusIndex, scratch: Path, threads: int | None
) -> None:
    """Make the views, and then close everything else."""
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
        connection.execute(f"SET {setting} = false")
    connection.execute("SET python_enable_replacements = false")
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    connection.execute(f"SET temp_directory = {_quoted(str(scratch))}")
    if threads is not None:
        connection.execute(f"SET threads = {threads}")
    files = {table: index.data_paths(table) for table in TABLES}
    files["findings"] = sorted((index.path / FINDINGS).glob("*.parquet"))
    for view, paths in files.items():
        _make_view(connection, view, paths)
    connection.register("settings", _settings(index))
    # The paths as they are, and as a pattern that means the same: DuckDB asks for both.
    allowed = [str(path.resolve()) for paths in files.values() for path in paths]
    allowed += [_pattern(path) for path in allowed]
    connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, allowed))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _make_view(connection: duckdb.DuckDBPyConnection, view: str, paths: list[Path]) -> None:
    if not paths:
        connection.register(view, VIEWS[view].empty_table())
        return
    columns = ", ".join(f'"{name}"' for name in VIEWS[view].names)
    files = ", ".join(_quoted(_pattern(str(path.resolve()))) for path in paths)
    connection.execute(f"CREATE VIEW {view} AS SELECT {columns} FROM read_parquet([{files}])")


def _settings(index: CorpusIndex) -> pa.Table:
    values = {
        "path": str(index.path),
        "format": index.manifest.format,
        "leakcheck": index.manifest.leakcheck,
        **msgspec.to_builtins(index.settings),
    }
    rows = {
        "name": list(values),
        "value": [_text(value) for value in values.values()],
    }
    return pa.table(rows, VIEWS["settings"])


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()


def _pattern(path: str) -> str:
    """Write a path as a pattern that means this path only."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _check_reads_only(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Refuse what is no SELECT: DuckDB could write over the files it may read."""
    import duckdb

    kinds = [statement.type for statement in connection.extract_statements(query)]
    if kinds != [duckdb.StatementType.SELECT]:
        raise UsageError(
            "the query is not one SELECT; an index is only read: write SELECT, FROM, WITH, "
            "DESCRIBE or SUMMARIZE, one a call"
        )
