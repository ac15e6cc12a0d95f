"""Runs commands on some of the cores, and times them; keeps programs that answer line by line."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

__all__ = ["Answering", "first_cores", "run", "whole"]

Cores = tuple[int, ...]


def first_cores(number: int) -> Cores:
    """Return the first cores that this process may use."""
    return tuple(sorted(os.sched_getaffinity(0))[:number])


def whole(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Return the seconds that a command takes."""
    return run(command, environment=environment)[0]


def run(
    command: Sequence[str],
    *,
    cores: Cores = (),
    environment: Mapping[str, str] | None = None,
    folder: os.PathLike[str] | None = None,
) -> tuple[float, str]:
    """Run a command and return its seconds and its output; it must not fail.

    Args:
        command: the program and its arguments.
        cores: those it may use; none named is all.
        environment: its variables, if not those of this process.
        folder: where it runs, if not here.

    Raises:
        SystemExit: it failed; the text has what it wrote to standard error.
    """
    start = time.perf_counter()
    done = subprocess.run(
        command,
        capture_output=True,
        env=environment,
        cwd=folder,
        check=False,
        preexec_fn=_pin(cores),
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    return seconds, done.stdout.decode("utf-8")


class Answering:
    """A program that says when it is loaded, then answers lines of JSON by lines of JSON."""

    def __init__(self, command: Sequence[str], *, cores: Cores = ()) -> None:
        start = time.perf_counter()
        self._command = command
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=_pin(cores),
        )
        self.answer()
        self.loading_seconds = time.perf_counter() - start
        """From its start until it was ready."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def ask(self, question: object) -> None:
        """Send a question; the program begins at once."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:  # noqa: ANN401
        """Wait for the next answer."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{' '.join(self._command)} ended without an answer")
        return json.loads(line)


def _pin(cores: Cores) -> Callable[[], None] | None:
    return (lambda: os.sched_setaffinity(0, cores)) if cores else None
