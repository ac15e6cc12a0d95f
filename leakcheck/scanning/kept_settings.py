"""What the parts of a run depend on, so that no other scan takes them for its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from leakcheck.benchmark.durable import replace_file
from leakcheck.errors import RunError
from leakcheck.run.store import PARTS
from leakcheck.scanning.plan import Plan
from leakcheck.verdict.records import SettingsReport
from leakcheck.version import __version__

__all__ = ["SETTINGS", "KeptSettings", "differences", "read_settings", "write_settings"]

SETTINGS = "settings.json"

_SCHEMA = "leakcheck/parts/1"


class KeptSettings(msgspec.Struct, frozen=True):
    """What the findings of a scan depend on, beside the files."""

    version: str
    settings: SettingsReport
    """But for `max_expected`, by which findings are only counted."""
    plan: Plan
    schema: str = _SCHEMA

    @classmethod
    def of(cls, settings: SettingsReport, plan: Plan) -> KeptSettings:
        """Take what findings depend on."""
        return cls(__version__, msgspec.structs.replace(settings, max_expected=None), plan)


def write_settings(path: Path, settings: KeptSettings) -> None:
    """Write the settings of parts.

    Raises:
        OSError: they cannot be written.
    """
    with replace_file(path) as temporary:
        temporary.write_text(json.dumps(msgspec.to_builtins(settings), indent=1) + "\n", "utf-8")


def read_settings(run: Path) -> KeptSettings | None:
    """Read the settings of the parts of a run; None if it has no parts.

    Raises:
        RunError: they are damaged.
    """
    try:
        told = (run / PARTS / SETTINGS).read_text("utf-8")
        return msgspec.convert(json.loads(told), KeptSettings)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise RunError(
            f"{run / PARTS / SETTINGS}: cannot be read ({error}); delete {run / PARTS} to scan "
            "from the start"
        ) from error


def differences(before: KeptSettings, now: KeptSettings) -> list[str]:
    """Say in which settings two scans differ.

    >>> from leakcheck.scanning.plan import WHOLE
    >>> field = KeptSettings("1.0", SettingsReport(["corpus"], "text", 1, []), WHOLE)
    >>> every = KeptSettings("1.0", SettingsReport(["corpus"], None, 1, []), WHOLE)
    >>> differences(field, every)
    ['text_field was "text" and is null']
    """
    old, new = dict(_flat(msgspec.to_builtins(before))), dict(_flat(msgspec.to_builtins(now)))
    return [
        f"{name} was {json.dumps(old.get(name))} and is {json.dumps(new.get(name))}"
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]


def _flat(told: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield single settings by names that a user knows."""
    for name, value in told.items():
        if name == "packs":
            yield from ((f"pack of {each['name']}", each["checksum"]) for each in value)
        elif isinstance(value, dict):
            yield from _flat(value, "" if name in ("settings", "plan") else f"{name} ")
        elif not (above and name == "schema"):
            yield f"{above}{name}", value
