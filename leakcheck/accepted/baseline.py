"""The baseline: findings that are known, in a file that is kept with the corpus.

{
  "version": 1,             of this layout
  "tool_version": "0.1.0",  of leakcheck
  "indexes": [              a line each pack: bench, revision, checksum
  ],
  "params": {...},          text_field, tokeniser, fail_on: what fingerprints and findings depend on
  "findings": [             a line each: fingerprint, bench, split, item_id, kind, reason, label
  ]
}

`reason` and `label` are for people, who may write there what they like. Lines are sorted and there
is no date, so that a change of the file is a change of what is known.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from leakcheck.benchmark.durable import replace_file
from leakcheck.errors import UsageError

__all__ = [
    "BASELINE_NAME",
    "Baseline",
    "Known",
    "PackUsed",
    "Params",
    "read_baseline",
    "write_baseline",
]

BASELINE_NAME = ".leakcheck-baseline.json"
_VERSION = 1
_CONFLICT = b"<<<<<<< "


class PackUsed(msgspec.Struct, frozen=True):
    """A pack that findings were found with."""

    bench: str
    revision: str
    """Of the publisher's files."""
    checksum: str
    """Of the pack."""


class Params(msgspec.Struct, frozen=True):
    """Settings that the findings depend on."""

    text_field: str | None = None
    tokeniser: int = 0
    fail_on: str = "leak"
    """The findings that this fails on are the ones that are known."""


class Known(msgspec.Struct, frozen=True):
    """A finding that is known."""

    fingerprint: str
    bench: str
    split: str
    item_id: str
    kind: str
    reason: str = ""
    label: str = ""


class Baseline(msgspec.Struct, frozen=True):
    """What was known when it was last written."""

    version: int = _VERSION
    tool_version: str = ""
    indexes: tuple[PackUsed, ...] = ()
    params: Params = Params()
    findings: tuple[Known, ...] = ()


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        UsageError: it is not there, damaged, or of another version.
    """
    try:
        data = path.read_bytes()
        baseline = msgspec.json.decode(data, type=Baseline)
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such baseline; --update-baseline writes one") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        what = "has marks of a merge in it" if _CONFLICT in data else f"damaged: {error}"
        raise UsageError(
            f"{path}: the baseline {what}; mend it or take it from git, or delete it and write it "
            "anew with --update-baseline"
        ) from error
    if baseline.version != _VERSION:
        raise UsageError(
            f"{path}: a baseline of version {baseline.version}, and this leakcheck reads "
            f"{_VERSION}; write it anew with --update-baseline"
        )
    return baseline


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline, a line each finding.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        with replace_file(path.resolve()) as temporary:
            temporary.write_text(_text(baseline), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _text(baseline: Baseline) -> str:
    fields = msgspec.structs.asdict(baseline)
    texts = [f"  {json.dumps(name)}: {_value(value)}" for name, value in fields.items()]
    return "{\n" + ",\n".join(texts) + "\n}\n"


def _value(value: object) -> str:
    """Write a value on a line of its own, and a list on one for each of its elements."""
    if isinstance(value, tuple):
        lines = ",\n".join(f"    {_value(each)}" for each in value)
        return f"[\n{lines}\n  ]" if value else "[]"
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
