"""Texts as they are read: the hashes of their tokens, and what each was made of."""

from __future__ import annotations

from leakcheck.text.tokens import tokenise


def hashes(text: str) -> list[int]:
    return tokenise(text).hashes.tolist()


def spellings(text: str) -> list[str]:
    """Return what each token was made of."""
    encoded, tokens = text.encode(), tokenise(text)
    return [encoded[a:b].decode() for a, b in zip(tokens.starts, tokens.ends, strict=True)]
