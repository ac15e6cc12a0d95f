from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leakcheck.cleaning.plan import merged, original_offset, original_row, plans_of

spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 5)).map(lambda each: (each[0], sum(each))),
    max_size=5,
).map(merged)


def test_files_of_the_same_name_are_different_files(finding):
    plans = plans_of([finding(path="a/x.jsonl", row=3), finding(path="b/x.jsonl")], whole=True)
    assert {path: plan.dropped for path, plan in plans.items()} == {
        "a/x.jsonl": {3},
        "b/x.jsonl": {0},
    }


def test_passages_of_one_record_are_joined(finding):
    found = [finding(start=4, end=9), finding(start=0, end=5), finding(source="q", end=2)]
    (plan,) = plans_of(found, whole=False).values()
    assert plan.cuts == {0: {"text": [(0, 9)], "q": [(0, 2)]}}
    assert plan.rows == {0}


def test_nothing_is_cut_out_of_a_record_that_goes(finding):
    (plan,) = plans_of([finding()], whole=False).values()
    plan.drop(0)
    plan.cut(0, "text", (5, 9))
    assert (plan.dropped, plan.cuts) == ({0}, {})


@given(cut=spans, end=st.integers(1, 40), start=st.integers(0, 39))
def test_what_is_left_is_found_in_the_original(cut, start, end):
    original = [chr(0x4E00 + number) for number in range(40)]
    left = [each for n, each in enumerate(original) if not any(a <= n < b for a, b in cut)]
    if not 0 <= start < end <= len(left):
        return
    begin = original_offset(start, cut, is_end=False)
    stop = original_offset(end, cut, is_end=True)
    assert original[begin] == left[start]
    assert original[stop - 1] == left[end - 1]


@given(dropped=st.sets(st.integers(0, 20)))
def test_a_row_is_found_in_the_original(dropped):
    left = [row for row in range(30) if row not in dropped]
    assert [original_row(row, dropped) for row in range(len(left))] == left
