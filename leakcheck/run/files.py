"""From the names of files in a run back to the files."""

from __future__ import annotations

import os
import re
from pathlib import Path

__all__ = ["STANDARD_INPUT", "file_of"]

STANDARD_INPUT = "-"
"""How a run names what was piped in; nothing can be read there again."""

_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


def file_of(name: str) -> Path:
    r"""Return the file that a run names.

    A name that is not UTF-8 stands in a run with its bytes escaped, as `caf\xe9.jsonl`. Where no
    file has that very name, the bytes are put back.

    >>> file_of("corpus/web.jsonl").as_posix()
    'corpus/web.jsonl'
    """
    if "\\x" not in name or Path(name).exists():
        return Path(name)
    raw = _ESCAPED.sub(lambda escaped: bytes([int(escaped[1], 16)]), name.encode())
    return Path(os.fsdecode(raw))
