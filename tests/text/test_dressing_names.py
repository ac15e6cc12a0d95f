"""Names of dressing: how long they are, and what a mark may begin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.text.dressing_names import COMMANDS, ENTITIES, LONGEST_NAME, MAY_BEGIN, TAGS

from .reading import hashes


def test_no_name_is_longer_than_what_is_read():
    assert max(map(len, [*COMMANDS, *ENTITIES, *TAGS])) <= LONGEST_NAME


@pytest.mark.parametrize(("mark", "kind"), [("\\", 1), ("&", 2), ("<", 3)])
@given(st.tuples(*[st.characters(codec="ascii")] * 2), st.sampled_from(["", ";", ">", "b>", "t;"]))
@settings(max_examples=400)
def test_a_mark_that_may_begin_nothing_is_a_space(mark, kind, behind, more):
    first, second = behind
    if not MAY_BEGIN[ord(first) << 7 | ord(second)] >> kind & 1:
        assert hashes(f"x{mark}{first}{second}{more}") == hashes(f"x {first}{second}{more}")


@pytest.mark.parametrize(
    ("mark", "kind", "names"), [("\\", 1, COMMANDS), ("&", 2, ENTITIES), ("<", 3, TAGS)]
)
def test_a_mark_may_begin_each_name(mark, kind, names):
    for name in names:
        for behind in ("", "/") if mark == "<" else ("",):
            first, second = f"{behind}{name}>"[:2]
            assert MAY_BEGIN[ord(first) << 7 | ord(second)] >> kind & 1
