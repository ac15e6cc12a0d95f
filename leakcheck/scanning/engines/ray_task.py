"""What a worker of a Ray cluster does with a task, and what it tells of its node."""

from __future__ import annotations

import gc
import os
import pickle
import platform
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.detection.resolve import find_in_batch
from leakcheck.errors import EngineError
from leakcheck.memory import keep_freed_memory
from leakcheck.scanning.looking import Looker, StretchResult, look_through
from leakcheck.scanning.tasks import Task
from leakcheck.version import __version__

if TYPE_CHECKING:
    from ray import ObjectRef

__all__ = ["Order", "Worked", "unlike_files", "work"]


class Order(NamedTuple):
    """What goes with every task."""

    version: str
    """Of the leakcheck that gives it."""
    looker: list[ObjectRef[Looker]]
    """One reference: Ray hands over what is in a list as it is, and loads nothing for it."""


class Worked(NamedTuple):
    """A task that is done, and where."""

    results: list[StretchResult]
    """Of its stretches."""
    node: str
    unlike: list[str]
    """The files that are not on the node as they were listed."""


def work(order: Order, packed: bytes) -> Worked:
    """Look through a pickled task.

    Raises EngineError if this leakcheck is another one than that which gives the task.
    """
    if order.version != __version__:
        raise EngineError(
            f"node {platform.node()} has leakcheck {__version__} and not {order.version}, which "
            "asks it; install the same on all nodes"
        )
    task: Task = pickle.loads(packed)
    unlike = unlike_files(task)
    results = list(look_through(_loaded(order.looker[0]), task.stretches, threads=1))
    return Worked(results, platform.node(), unlike)


@lru_cache(maxsize=1)
def _loaded(reference: ObjectRef[Looker]) -> Looker:
    """Load once in a worker what is looked for; its arrays stay where the whole node has them."""
    import ray

    looker: Looker = ray.get(reference)
    _compile(looker)
    gc.collect()
    keep_freed_memory()
    gc.freeze()  # or each collection would go through all that will never be freed
    return looker


def _compile(looker: Looker) -> None:
    """Have the kernels compiled by one worker of a node, and taken from the cache by the others.

    It takes 25 seconds of a core, and the worker that does it keeps 180 MB more.
    """
    import numba
    from filelock import FileLock

    folder = Path(numba.config.CACHE_DIR)  # type: ignore[attr-defined]
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "compiling.lock"):
        find_in_batch(_A_TEXT, looker.catalogue)


_A_TEXT = PassageBatch(
    file=CorpusFile(None, "", 0),
    texts=pa.array(["a text to compile the kernels for"], pa.large_string()),
    rows=np.zeros(1, np.int64),
    sources=[""],
    documents=1,
    bytes_read=0,
)


def unlike_files(task: Task) -> list[str]:
    """Name the files of a task that cannot be read here, or are of another size than listed."""
    files = {stretch.file.name: stretch.file for stretch in task.stretches}
    return [name for name, file in files.items() if not _is_as_listed(file)]


def _is_as_listed(file: CorpusFile) -> bool:
    if file.path is None:
        return True
    try:
        return file.path.stat().st_size == file.size_bytes and os.access(file.path, os.R_OK)
    except OSError:
        return False
