from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leakcheck.cleaning.cells import csv_cells, cut_csv, cut_tsv, tsv_cells
from leakcheck.cleaning.uncuttable import Uncuttable

cells = st.lists(st.text(alphabet='ab ,"\n\r\\té', min_size=1, max_size=8), min_size=2, max_size=4)
quotings = st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])


@given(row=cells, quoting=quotings, end=st.sampled_from(["\n", "\r\n", ""]), data=st.data())
def test_a_passage_is_cut_out_of_one_cell_of_csv(row, quoting, end, data):
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting, lineterminator=end).writerow(row)
    try:
        assume(csv_cells(written.getvalue()) == row)  # a lone \r is not always quoted
    except Uncuttable:
        assume(False)
    column = data.draw(st.integers(0, len(row) - 1))
    stop = data.draw(st.integers(1, len(row[column])))
    names = [f"column[{number}]" for number in range(len(row))]
    edited = cut_csv(written.getvalue(), names, {names[column]: [(0, stop)]})
    row[column] = row[column][stop:]
    assert csv_cells(edited) == row
    assert edited.endswith(end)


def test_the_other_cells_stay_as_they_were_written():
    row = '1.50,"two, three" x,"say ""four"" and five",\r\n'
    names = ["n", "a", "b", "c"]
    assert cut_csv(row, names, {"b": [(10, 19)]}) == '1.50,"two, three" x,"say ""four""",\r\n'
    assert cut_csv(row, names, {"n": [(1, 3)]}) == '10,"two, three" x,"say ""four"" and five",\r\n'


def test_a_quoted_cell_may_have_line_ends():
    assert cut_csv('"one\r\ntwo three",x\n', ["a", "b"], {"a": [(5, 9)]}) == '"one\r\nthree",x\n'


def test_escapes_of_tsv_are_single_characters():
    row = "one\\ntwo\\\\three \\times\tx\r\n"
    assert tsv_cells(row) == ["one\ntwo\\three \\times", "x"]
    assert cut_tsv(row, ["a", "b"], {"a": [(4, 8)]}) == "one\\nthree \\times\tx\r\n"


def test_what_would_be_read_in_another_way_is_not_cut():
    # A backslash and a word that was not behind it before.
    with pytest.raises(Uncuttable):
        cut_tsv("a\\\\xxtwo\tb\n".replace("\\\\", "\\"), ["a", "b"], {"a": [(2, 4)]})


@pytest.mark.parametrize("names", [["a"], ["text", "text"]], ids=["not there", "twice"])
def test_a_cell_has_to_be_there_once(names):
    with pytest.raises(Uncuttable, match="cells are named 'text'"):
        cut_csv("one,two\n", names, {"text": [(0, 1)]})
