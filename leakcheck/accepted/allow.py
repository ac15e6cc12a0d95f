"""Entries of a configuration that allow findings, each with its reason."""

from __future__ import annotations

from pathlib import Path

import msgspec

from leakcheck.detection.finding import Finding
from leakcheck.errors import UsageError

__all__ = ["Allowed", "read_allowed"]

_EXAMPLE = 'as reason = "licensed by its authors", bench = "gsm8k", item = "test/3"'


class Allowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry: which findings are allowed, and why."""

    reason: str
    fingerprint: str = ""
    bench: str = ""
    item: str = ""
    split: str = ""

    def fits(self, finding: Finding) -> bool:
        """Tell whether a finding is what is allowed, of an item or of one with the same text."""
        if self.fingerprint and self.fingerprint != finding.fingerprint:
            return False
        return (
            self.bench in ("", finding.bench)
            and self.split in ("", finding.split)
            and (not self.item or self.item in (finding.item, *finding.also))
        )

    @property
    def told(self) -> str:
        """Return the entry in a few words."""
        parts = (self.fingerprint, self.bench, self.item, self.split)
        return f"allow: {' '.join(filter(None, parts))} ({self.reason})"


def read_allowed(entries: object, path: Path) -> tuple[Allowed, ...]:
    """Read the entries of a configuration.

    Args:
        entries: what stands under `allow`.
        path: the file, for what is said of it.

    Raises:
        UsageError: an entry is not what an entry must be.
    """
    if not isinstance(entries, list):
        raise UsageError(f"{path}: allow: a list of tables is expected, {_EXAMPLE}")
    return tuple(_entry(entry, f"{path}: allow[{n}]") for n, entry in enumerate(entries))


def _entry(entry: object, where: str) -> Allowed:
    try:
        allowed = msgspec.convert(entry, Allowed)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where}: {_first_small(str(error))}; {_EXAMPLE}") from error
    if not allowed.reason.strip():
        raise UsageError(f"{where}: the reason is empty; say why this is allowed")
    if not allowed.fingerprint and not (allowed.bench and (allowed.item or allowed.split)):
        raise UsageError(f"{where}: name a fingerprint, or bench with item or split; {_EXAMPLE}")
    return allowed


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]
