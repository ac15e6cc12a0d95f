"""`leakcheck completion`: what makes a shell complete commands, options and benchmarks."""

from __future__ import annotations

import click

from leakcheck.cli.output import write

__all__ = ["complete_benchmarks", "completion"]

_VARIABLE = "_LEAKCHECK_COMPLETE"
"""Click answers a shell that calls the command with this in its environment."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands.

    \b
    bash: leakcheck completion bash > ~/.leakcheck-complete.bash
          echo '. ~/.leakcheck-complete.bash' >> ~/.bashrc
    zsh:  leakcheck completion zsh > ~/.leakcheck-complete.zsh
          echo '. ~/.leakcheck-complete.zsh' >> ~/.zshrc
    fish: leakcheck completion fish > ~/.config/fish/completions/leakcheck.fish

    Then open a new shell. Options are completed too.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    write(kind(context.find_root().command, {}, "leakcheck", _VARIABLE).source())


def complete_benchmarks(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Name the benchmarks and groups that go on as a word does, the last of a list of them."""
    from leakcheck.benchmark.card import card_names, load_card

    before, comma, begun = incomplete.rpartition(",")
    names = card_names()
    groups = {group for name in names for group in load_card(name).groups}
    fitting = [name for name in (*names, *sorted(groups), "all") if name.startswith(begun)]
    return [f"{before}{comma}{name}" for name in fitting]
