"""Arrivals: results of other processes come as they are sent, and no end is taken for another."""

from __future__ import annotations

import time
from multiprocessing import Pipe

import pytest

from leakcheck.errors import EngineError, UsageError
from leakcheck.scanning.engines.arrivals import Arrivals
from leakcheck.scanning.engines.engine import TaskResult
from leakcheck.scanning.tasks import Task

MOST_SECONDS = 120.0


def result(number: int) -> TaskResult:
    return TaskResult(Task(number, ()), [])


def sent(*messages: object):
    """Return the end of a pipe that some messages come by before it ends."""
    receiving, sending = Pipe(duplex=False)
    with sending:
        for message in messages:
            sending.send(message)
    return receiving


def nothing() -> None:
    pass


def test_a_pipe_that_just_ends_is_that_of_a_dead_process():
    arrivals = Arrivals([sent(result(0))])
    came = arrivals.rest(nothing)
    assert next(came) == result(0)
    with pytest.raises(EngineError, match="a worker process was killed"):
        next(came)


def test_what_was_raised_there_is_raised_here():
    with pytest.raises(UsageError, match="no such thing"):
        list(Arrivals([sent(UsageError("no such thing"))]).rest(nothing))


def test_without_pipes_nothing_comes():
    arrivals = Arrivals([])
    assert list(arrivals.so_far()) == []
    assert list(arrivals.rest(nothing)) == []


def test_all_that_is_sent_comes():
    arrivals = Arrivals([sent(result(0), result(2), None), sent(None), sent(result(1), None)])
    came = sorted(each.task.number for each in arrivals.rest(nothing))
    assert came == [0, 1, 2]


def test_what_has_come_is_given_without_waiting():
    receiving, sending = Pipe(duplex=False)
    arrivals = Arrivals([receiving])
    assert list(arrivals.so_far()) == []
    sending.send(result(7))
    deadline = time.monotonic() + MOST_SECONDS
    while not (came := list(arrivals.so_far())):
        assert time.monotonic() < deadline
    assert came == [result(7)]
    waits = []
    sending.send(None)
    assert list(arrivals.rest(lambda: waits.append(1))) == []
    sending.close()
