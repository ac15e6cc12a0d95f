"""An object as a file: read in large ranges, read on after a failure, and never of two versions."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from leakcheck.corpus.storage.failures import GONE, Advice, ChangedError, StorageError
from leakcheck.corpus.storage.stores import Opened, Version

if TYPE_CHECKING:
    import pyarrow as pa
    from _typeshed import WriteableBuffer

__all__ = ["BLOCK_BYTES", "PAUSES_SECONDS", "RangedFile"]

_Result = TypeVar("_Result")

BLOCK_BYTES = 8 * 1024 * 1024
"""Of one request: large beside the 20 to 100 ms that a store takes to begin its answer."""

_SMALL_SHARE = 32
"""So much less is asked for behind the end of a stretch."""

PAUSES_SECONDS = (1.0, 4.0, 16.0)
"""Before an object is opened again; what a store's library tries by itself comes before each."""


class RangedFile(io.BufferedIOBase):
    """An object of a store, opened when it is first read.

    Reads that follow one another are asked for ahead, one block at a time. Raises ChangedError as
    soon as the object is seen to be another one than `expected`, or than it was when it was opened;
    StorageError if it cannot be read in spite of all.

    Args:
        open_object: opens it, at each call anew.
        advice: tells what an error of the store means.
        expected: the version that was listed.
        is_pinned: whether what was opened stays the same.
        end_byte: about where reading ends; beyond, little is asked for at a time.
    """

    def __init__(
        self,
        open_object: Callable[[], Opened],
        advice: Callable[[Exception], Advice],
        expected: Version,
        *,
        is_pinned: bool = False,
        end_byte: int | None = None,
    ) -> None:
        super().__init__()
        self._open_object = open_object
        self._advice = advice
        self._version = expected
        self._is_pinned = is_pinned
        # The line that a stretch ends in ends a little later.
        self._end = (end_byte or expected.size_bytes) + BLOCK_BYTES // _SMALL_SHARE
        self._opened: Opened | None = None
        self._position = 0
        self._start, self._block = 0, memoryview(b"")
        self._ahead: tuple[int, Future[bytes]] | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._was_opened = False
        self._changed: ChangedError | None = None

    @property
    def source(self) -> pa.NativeFile:
        """Return Arrow's own file, to be read in its stead."""
        self._opened = self._trying(self._fresh)
        return self._opened.source

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be sought in."""
        return True

    def tell(self) -> int:
        """Return the byte that is read next."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte; nothing is asked of the store."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._version.size_bytes}
        self._position = max(0, base[whence] + offset)
        return self._position

    def read1(self, size: int = -1) -> bytes:
        """Read what is at hand, or one block; nothing at the end."""
        at = self._position - self._start
        if not 0 <= at < len(self._block):
            if self._position >= self._version.size_bytes:
                return b""
            self._start, self._block = self._position, memoryview(self._next_block())
            at = 0
        data = bytes(self._block[at : at + size] if size >= 0 else self._block[at:])
        self._position += len(data)
        return data

    def read(self, size: int | None = -1) -> bytes:
        """Read `size` bytes, or fewer if the object ends before."""
        missing = self._version.size_bytes if size is None or size < 0 else size
        pieces = []
        while missing > 0 and (piece := self.read1(missing)):
            pieces.append(piece)
            missing -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into a buffer."""
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def verify(self) -> None:
        """Raise ChangedError if another object is there now than was read, if any was."""
        self._settle()
        if self._changed is not None:
            raise self._changed
        if not self._is_pinned and self._was_opened:
            self._opened = self._trying(self._fresh)

    def close(self) -> None:
        """Let go of the connection."""
        if not self.closed:
            self._settle()
            if self._thread is not None:
                self._thread.shutdown()
            self._let_go()
        super().close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it; raise ChangedError if it is another one now, unless reading was given up.

        What a reader finds wrong with an object may be that it changed meanwhile.
        """
        try:
            if kind is None:
                self.verify()
            elif issubclass(kind, Exception) and not issubclass(kind, StorageError):
                with suppress(StorageError):
                    self.verify()
                if self._changed is not None:
                    raise self._changed from error
        finally:
            self.close()

    def _next_block(self) -> bytes:
        """Return the block at the position, and ask for the one after it if the file is read on."""
        start = self._position
        reads_on = start > 0 and start == self._start + len(self._block)
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == start:
            block = ahead[1].result()
        else:
            if ahead is not None:
                ahead[1].exception()  # of another place: it is in the way, and that is all
            block = self._range(start, self._worth(start))
        after = start + len(block)
        if reads_on and after < min(self._end, self._version.size_bytes):
            self._ask_ahead(after, self._worth(after))
        return block

    def _worth(self, start: int) -> int:
        """Tell how many bytes to ask for from a place on; a small rest goes with the last block."""
        left = self._end - start
        if left <= 0:
            wanted = BLOCK_BYTES // _SMALL_SHARE
        else:
            wanted = left if left <= BLOCK_BYTES * 5 // 4 else BLOCK_BYTES
        return min(wanted, self._version.size_bytes - start)

    def _ask_ahead(self, start: int, size: int) -> None:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "leakcheck-read-ahead")
        self._ahead = (start, self._thread.submit(self._range, start, size))

    def _settle(self) -> None:
        """Wait for what was asked for ahead: nothing else may use the connection meanwhile."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead[1].exception()

    def _range(self, start: int, size: int) -> bytes:
        """Read a range, in a new connection if need be."""

        def read() -> bytes:
            if self._opened is None:
                self._opened = self._fresh()
            self._opened.source.seek(start)
            data = bytes(self._opened.source.read(size))
            if len(data) != size:
                raise OSError(f"the store sent {len(data):,} bytes in place of {size:,}")
            return data

        return self._trying(read)

    def _fresh(self) -> Opened:
        """Open the object; raise ChangedError if it is another one than before."""
        self._let_go()
        try:
            opened = self._open_object()
        except FileNotFoundError as error:
            if self._is_pinned:
                raise
            raise ChangedError(GONE) from error
        if not opened.version.may_be(self._version):
            opened.source.close()
            raise ChangedError()
        self._version, self._was_opened = opened.version, True
        return opened

    def _let_go(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.source.close()

    def _trying(self, act: Callable[[], _Result]) -> _Result:
        """Do something of the store, again if it fails in a way that may pass."""
        for pause in (*PAUSES_SECONDS, None):
            try:
                return act()
            except ChangedError as error:
                self._changed = error
                raise
            except Exception as error:  # every library has errors of its own
                advice = self._advice(error)
                if pause is None or not advice.may_pass:
                    raise StorageError(advice.text) from error
                self._let_go()
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")
