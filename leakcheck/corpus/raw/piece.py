"""A piece of a file: a record with its row number, or what stands between records."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Piece"]


class Piece(NamedTuple):
    """A stretch of a file; `lead` and `data` of all pieces in a row are the file."""

    row: int | None
    """The 0-based record, as the reader counts; None for what is no record."""
    data: bytes
    """The record with its line end, if it has one of its own."""
    lead: bytes = b""
    """What parts it from the record before; not wanted where it becomes the first."""
    names: tuple[str, ...] = ()
    """Of the cells, if the record is a row of these."""
    encoding: str = "utf-8"
    """Of `data`: `utf-8`, `utf-16-le` or `utf-16-be`."""

    @property
    def text(self) -> str:
        """The data as its reader sees it; each byte or unit that is no character is a surrogate."""
        return self.data.decode(self.encoding, _handler(self.encoding))

    def with_text(self, text: str) -> Piece:
        """Give the same piece with other text."""
        return self._replace(data=text.encode(self.encoding, _handler(self.encoding)))


def _handler(encoding: str) -> str:
    return "surrogateescape" if encoding == "utf-8" else "surrogatepass"
