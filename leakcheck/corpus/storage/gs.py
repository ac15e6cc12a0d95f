"""Google Cloud Storage.

Credentials come from where Google's own library looks: GOOGLE_APPLICATION_CREDENTIALS, what
`gcloud auth application-default login` left, the service account of a machine.
STORAGE_EMULATOR_HOST names a server that plays the store, as for Google's own libraries; it is
asked without any.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from leakcheck.corpus.storage.failures import Advice, first_line
from leakcheck.corpus.storage.stores import ArrowStore

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

__all__ = ["GsStore", "open_store"]

RETRY_SECONDS = 20
"""How long a request is tried again, with growing pauses; 15 minutes if nothing is said."""

_STATUS = re.compile(r"Status\((\w+): (.*)")
_MESSAGE = re.compile(r"with a last message of (.*?) error_info=", re.DOTALL)
_IN_JSON = re.compile(r'"message":\s*"([^"]*)"')
_LOG_IN = "run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS"


class GsStore(ArrowStore):
    """A bucket."""

    is_pinned = True
    """Arrow reads the generation that it opened."""

    def advice(self, error: Exception) -> Advice:
        """Tell what an error means."""
        return _advice(str(error), first_line(error))


def open_store(root: str) -> GsStore:
    """Open a bucket."""
    emulator = os.environ.get("STORAGE_EMULATOR_HOST") or None
    return GsStore(_files(emulator, RETRY_SECONDS, os.getpid()), root)


@cache
def _files(emulator: str | None, retry_seconds: int, process: int) -> FileSystem:
    """Connect, in each process anew: one that was forked would share its parent's sockets."""
    from pyarrow.fs import GcsFileSystem

    limit = timedelta(seconds=retry_seconds)
    if emulator is None:
        return GcsFileSystem(retry_time_limit=limit)
    scheme, _, host = emulator.rpartition("://")
    return GcsFileSystem(
        anonymous=True,
        scheme=scheme or "http",
        endpoint_override=host.rstrip("/"),
        retry_time_limit=limit,
    )


def _advice(text: str, line: str) -> Advice:
    found = _STATUS.search(text)
    if found is None:
        return Advice(line, True)
    told = _MESSAGE.search(text)
    status, message = found[1], (told[1] if told else found[2]).strip()
    if in_json := _IN_JSON.search(message):
        message = in_json[1]
    if status == "NOT_FOUND":
        return Advice("there is no such bucket or object; check its name", False)
    if status == "PERMISSION_DENIED":
        return Advice(
            "access denied: the account needs storage.objects.list and storage.objects.get (the "
            "role Storage Object Viewer)",
            False,
        )
    if status == "UNAUTHENTICATED" or "access token" in message or "credential" in message:
        return Advice(f"there are no credentials that the store takes: {_LOG_IN}", False)
    if status in ("UNAVAILABLE", "DEADLINE_EXCEEDED"):
        return Advice(
            f"the store cannot be reached, or is too busy: {message}; check the network, or try "
            "again later",
            True,
        )
    return Advice(f"the store answered {status}: {message}", True)
