"""`leakcheck report`: a run that was kept, in any format."""

from __future__ import annotations

from pathlib import Path

import click

from leakcheck.cli.outputs import Output, output_options, write_files, write_report

__all__ = ["report"]


@click.command()
@click.argument("run", type=click.Path(file_okay=False, path_type=Path), required=False)
@output_options
def report(
    run: Path | None, output_format: str, outputs: tuple[Output, ...], item_texts: Path | None
) -> None:
    """Write the report of RUN in any format.

    RUN is a folder that `leakcheck scan --run DIR` made; by default it is the last scan. Nothing is
    scanned again. The exit code is 0 whatever the verdicts are.
    """
    from leakcheck.run.last import read_run_or_last

    kept = read_run_or_last(run)
    write_files(kept, outputs, item_texts)
    write_report(kept, output_format)
