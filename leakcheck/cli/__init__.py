"""The command: one verb a file, and what is slow to import inside the verb that needs it."""

from __future__ import annotations

import gc
from importlib import import_module

import click

from leakcheck.cli.failures import failures_reported
from leakcheck.version import __version__

__all__ = ["leakcheck", "main"]

_VERBS = {
    "scan": "leakcheck.cli.scan",
    "explain": "leakcheck.cli.explain",
    "report": "leakcheck.cli.report",
    "compare": "leakcheck.cli.compare",
    "clean": "leakcheck.cli.clean",
    "impact": "leakcheck.cli.impact",
    "verify-audit": "leakcheck.cli.verify_audit",
    "index": "leakcheck.cli.index",
    "near": "leakcheck.cli.near",
    "proximity": "leakcheck.cli.proximity",
    "sql": "leakcheck.cli.sql",
    "bench": "leakcheck.cli.bench",
    "compare-presets": "leakcheck.cli.compare_presets",
    "selftest": "leakcheck.cli.selftest",
    "completion": "leakcheck.cli.completion",
}
"""The module of each verb; it holds a command of the module's name."""

_OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""Python's own 700 is for programs that start with little."""


class _Verbs(click.Group):
    """The verbs, loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        command: click.Command = getattr(
            import_module(_VERBS[cmd_name]), cmd_name.replace("-", "_")
        )
        return command

    def invoke(self, ctx: click.Context) -> object:
        with failures_reported():
            return super().invoke(ctx)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leakcheck", message="%(prog)s %(version)s")
def leakcheck() -> None:
    """Tell test leakage from train overlap in a training corpus.

    Exit codes: 0 nothing to fail on, 1 the verdict that --fail-on names, 2 a usage, input or
    internal error, 130 interrupted.
    """


def main() -> None:
    """Run the command, and leave through SystemExit."""
    # Importing makes objects by the hundred thousand and leaves next to none of them behind;
    # looking through them again and again takes a twentieth of a short run.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    leakcheck(prog_name="leakcheck")
