"""A database for the time of one question: what does not fit into memory goes to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from leakcheck.errors import CorpusIndexError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Scratch", "scratch_database"]

MEMORY_LIMIT = "500MB"
"""What DuckDB may take; tables beyond that are written to the folder."""


class Scratch(NamedTuple):
    """An empty database, and the folder it lies in."""

    database: DuckDBPyConnection
    folder: Path

    def insert(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table of the same columns in the same order."""
        self.database.register("_inserted", rows)
        self.database.execute(f"INSERT INTO {table} SELECT * FROM _inserted")
        self.database.unregister("_inserted")


@contextmanager
def scratch_database(memory_limit: str = MEMORY_LIMIT) -> Iterator[Scratch]:
    """Open a database in the system's folder for temporary files, and remove it in the end.

    Raises:
        CorpusIndexError: there is no room for it.
    """
    import duckdb

    with TemporaryDirectory(prefix="leakcheck-") as name:
        folder = Path(name)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": str(folder / "spilled"),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
        }
        try:
            with duckdb.connect(str(folder / "scratch.duckdb"), config=settings) as database:
                yield Scratch(database, folder)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise CorpusIndexError(
                f"{folder}: no room for temporary files ({str(error).splitlines()[0]}); "
                "set TMPDIR to a folder with more room"
            ) from error
