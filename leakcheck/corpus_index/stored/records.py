"""What an index says of itself: its settings, its segments, and the files they are made of."""

from __future__ import annotations

import hashlib
from functools import cache

import msgspec

from leakcheck.corpus_index.sketching.fingerprints import FINGERPRINT_BITS, FINGERPRINT_VERSION
from leakcheck.corpus_index.sketching.minhash import NUM_PERM, SCHEME, SEED
from leakcheck.index.shingles import RARE_BITS
from leakcheck.text.background import common_tokens
from leakcheck.text.tokens import TOKENISER_VERSION
from leakcheck.version import __version__

__all__ = ["INDEX_FORMAT", "DataFile", "IndexSettings", "Manifest", "Segment", "new_manifest"]

INDEX_FORMAT = "leakcheck/corpus-index/1"


@cache
def _rare_tokens() -> str:
    common = common_tokens(float(RARE_BITS))
    return hashlib.blake2b(common.tobytes(), digest_size=8).hexdigest()


class MinHashSettings(msgspec.Struct, frozen=True):
    """How signatures are made; datasketch needs all of it to read them."""

    scheme: str = SCHEME
    seed: int = SEED
    num_perm: int = NUM_PERM
    hash: str = "upper 32 of the 48 bits of a fingerprint"


class IndexSettings(msgspec.Struct, frozen=True):
    """All that the content of an index depends on, beside the corpus."""

    scale: int
    """One in so many fingerprints is kept: those below 2^48 / scale."""
    text_field: str | None = None
    """The field that was taken of every record; None for all text."""
    tokeniser: int = TOKENISER_VERSION
    fingerprints: int = FINGERPRINT_VERSION
    fingerprint_hash: str = f"two rounds of multiply and shift over {FINGERPRINT_BITS} bits"
    rare_tokens: str = msgspec.field(default_factory=_rare_tokens)
    """A hash of the set of common tokens, which are not among the rare ones."""
    minhash: MinHashSettings = MinHashSettings()


class DataFile(msgspec.Struct, frozen=True):
    """One Parquet file of a segment."""

    name: str
    """Below the folder of the segment."""
    table: str
    rows: int
    bytes: int
    checksum: str
    """Over the columns, not over the bytes of the file, which hold the name of its writer."""


class Segment(msgspec.Struct, frozen=True):
    """What one run of indexing added; written once, and never changed."""

    name: str
    files: int
    documents: int
    """Documents read, those without text included."""
    data: list[DataFile]


class Manifest(msgspec.Struct, frozen=True):
    """`manifest.json`: what is in an index."""

    settings: IndexSettings
    segments: list[Segment] = []
    next_segment: int = 1
    next_document: int = 0
    """No document has this number or a higher one."""
    format: str = INDEX_FORMAT
    leakcheck: str = __version__
    """The version that wrote it last."""


def new_manifest(scale: int, text_field: str | None) -> Manifest:
    """Return the manifest of an index that holds nothing yet."""
    return Manifest(IndexSettings(scale, text_field))
