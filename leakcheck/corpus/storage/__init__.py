"""Object stores: naming what is in them, and reading it as if it were a file.

A kind of store is a module with `open_store(root)`, which gives a `Store` of one bucket or
repository, and an entry in the table of `kinds`. `objects` names what is below a uri, as `local`
does for a path; `reading` opens an object, as a file that asks for large ranges (`ranged`) or as
Arrow's own. Nothing here imports Arrow's file systems or huggingface_hub before a uri is named.
"""

from __future__ import annotations

from leakcheck.corpus.storage.failures import CHANGED, ChangedError, StorageError
from leakcheck.corpus.storage.reading import open_bytes, open_columns
from leakcheck.corpus.storage.uris import is_uri

__all__ = ["CHANGED", "ChangedError", "StorageError", "is_uri", "open_bytes", "open_columns"]
