"""Working ahead: the same things in the same order, errors too, and never too far."""

from __future__ import annotations

from itertools import count
from threading import Event

import pytest

from leakcheck.corpus.ahead import ahead


def test_what_is_raised_comes_after_what_was_given():
    def given():
        yield 1
        yield 2
        raise ValueError("broken")

    steps = ahead(given(), 4)
    assert [next(steps), next(steps)] == [1, 2]
    with pytest.raises(ValueError, match="broken"):
        next(steps)


def test_it_is_never_further_ahead_than_allowed():
    asked = []
    steps = ahead((asked.append(number) or number for number in count()), 3)
    next(steps)
    steps.close()
    assert asked == list(range(len(asked)))
    assert 1 <= len(asked) <= 4


def test_it_works_while_what_it_gave_is_used():
    reached = Event()

    def given():
        yield 1
        reached.set()
        yield 2

    steps = ahead(given(), 2)
    assert next(steps) == 1
    assert reached.wait(5)
    assert list(steps) == [2]
