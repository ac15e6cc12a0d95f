"""Datasets of the model hub, through huggingface_hub, which knows HF_ENDPOINT and HF_TOKEN.

What is listed is pinned to the commit that a revision stands for at that moment, so that all
files are of one commit, whatever is pushed meanwhile.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

from leakcheck.corpus.storage.failures import Advice, StorageError, first_line
from leakcheck.corpus.storage.stores import ArrowStore, Opened, Version

if TYPE_CHECKING:
    from huggingface_hub import HfFileSystem
    from pyarrow.fs import FileSystem

__all__ = ["HubStore", "open_store"]

_COMMIT = re.compile(r"[0-9a-f]{40}")
_KIND = "datasets/"
_LOG_IN = "log in with `hf auth login` or set HF_TOKEN"


class HubStore(ArrowStore):
    """A dataset at a commit."""

    is_pinned = True

    def __init__(self, files: FileSystem, root: str, hub: HfFileSystem) -> None:
        super().__init__(files, root)
        self._hub = hub

    def open(self, key: str) -> Opened:
        """Open a file, of which every read is one request."""
        import pyarrow as pa

        # Its own cache would read 5 MB for the last bytes of a parquet file.
        file = self._hub.open(self._path(key), "rb", cache_type="none")
        return Opened(pa.PythonFile(file, mode="r"), Version(int(file.size)))

    def advice(self, error: Exception) -> Advice:
        """Tell what an error means."""
        return _advice(error, self.pinned_root.removeprefix(_KIND).partition("@")[0])


def open_store(root: str) -> HubStore:
    """Open a dataset, as `datasets/owner/name@revision`.

    Raises StorageError if there is none, or it cannot be asked.
    """
    endpoint = os.environ.get("HF_ENDPOINT")
    repository, _, revision = root.removeprefix(_KIND).partition("@")
    try:
        hub = _hub(endpoint, os.getpid())
        commit = (
            revision if _COMMIT.fullmatch(revision) else _commit(endpoint, repository, revision)
        )
    except ImportError as error:
        raise StorageError(
            "this needs huggingface_hub: pip install 'leakcheck-benchmarks[hub]'"
        ) from error
    except Exception as error:  # its errors have no base of their own
        raise StorageError(_advice(error, repository).text) from error
    return HubStore(_files(endpoint, os.getpid()), f"{_KIND}{repository}@{commit}", hub)


@cache
def _hub(endpoint: str | None, process: int) -> HfFileSystem:
    """Make a client, in each process anew: one that was forked would share its sockets."""
    from huggingface_hub import HfFileSystem

    return HfFileSystem(endpoint=endpoint, skip_instance_cache=True)


@cache
def _files(endpoint: str | None, process: int) -> FileSystem:
    from pyarrow.fs import FSSpecHandler, PyFileSystem

    return PyFileSystem(FSSpecHandler(_hub(endpoint, process)))


def _commit(endpoint: str | None, repository: str, revision: str) -> str:
    from huggingface_hub import HfApi

    found = HfApi(endpoint=endpoint).dataset_info(repository, revision=revision or None)
    return found.sha or revision or "main"


def _advice(error: Exception, repository: str) -> Advice:
    """Tell what an error means; the file system wraps what the hub answered."""
    from huggingface_hub import errors

    chain = [error, error.__cause__, error.__context__]
    for each in chain:
        if isinstance(each, errors.GatedRepoError):
            page = f"https://huggingface.co/datasets/{repository}"
            return Advice(
                f"the dataset is gated: accept its terms on {page}, then {_LOG_IN}", False
            )
        if isinstance(each, errors.RepositoryNotFoundError):
            told = f"there is no dataset {repository} on the model hub, or it is private: {_LOG_IN}"
            return Advice(told, False)
        if isinstance(each, errors.RevisionNotFoundError):
            return Advice("the dataset has no such revision", False)
        if isinstance(each, errors.HfHubHTTPError):
            status = each.response.status_code
            hint = f"; {_LOG_IN}" if status in (401, 403) else ""
            told = f"the model hub answered {status}: {first_line(each)}{hint}"
            return Advice(told, status >= 500 or status == 429)
    if isinstance(error, FileNotFoundError):
        return Advice("there is no such file in the dataset", False)
    return Advice(f"the model hub cannot be reached: {first_line(error)}", True)
