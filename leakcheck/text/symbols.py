"""Symbols: what tokens leave out, kept in one hash to tell twins apart.

`\\cos 150` and `\\cos -150` have the same tokens and are different problems.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from html import unescape

from leakcheck.text.tokens import tokenise

__all__ = ["bare_text", "symbol_hash"]

_MACROS = (
    (re.compile(r"\\[dtc](frac|binom)(?![a-zA-Z])"), r"\\\1"),
    (re.compile(r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![a-zA-Z])\.?"), ""),
    (re.compile(r"\\(?:displaystyle|textstyle|limits|quad|qquad|thinspace)(?![a-zA-Z])"), ""),
    (re.compile(r"\\(le|ge|ne)q(?![a-zA-Z])"), r"\\\1"),
    (re.compile(r"\\[()\[\],;:!> ]"), ""),
    (re.compile(r"\\[\"'/]"), lambda escaped: escaped[0][1]),
    (re.compile(r"\\[nrt](?![a-z])"), ""),
)
"""LaTeX written in several ways, with one of them."""

_DRESSING = re.compile(r"[\s$*`~]+")
"""Marks of LaTeX and Markdown that change how a text looks and not what it says."""


def symbol_hash(text: str) -> int:
    """Hash a text from its first token to its last, without spaces, case and dressing.

    >>> symbol_hash("What is $\\\\cos 150$?") == symbol_hash("what is \\\\cos150.")
    True
    >>> symbol_hash("What is $\\\\cos 150$?") == symbol_hash("What is $\\\\cos -150$?")
    False
    """
    tokens = tokenise(text)
    if not len(tokens.hashes):
        return 0
    encoded = text.encode("utf-8", "replace")[tokens.starts[0] : tokens.ends[-1]]
    bare = bare_text(encoded.decode())
    return int.from_bytes(hashlib.blake2b(bare.encode(), digest_size=8).digest())


def bare_text(text: str) -> str:
    """Return the characters of a text without spaces, case and dressing.

    >>> bare_text(r"**Is** $x \\leq 2$?")
    'isx\\\\le2?'
    """
    text = unescape(unescape(text)) if "&" in text else text
    for macro, plain in _MACROS:
        text = macro.sub(plain, text)
    return _DRESSING.sub("", unicodedata.normalize("NFKC", text).casefold())
