"""Numbers: which marks belong to them, in ASCII and in other scripts."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1,2000", ["1", "2000"], id="four-digits-are-no-group"),
        pytest.param("1,25", ["1", "25"], id="two-digits-are-no-group"),
        pytest.param("1, 250", ["1", "250"], id="a-list-is-no-group"),
        pytest.param("1.500,250", ["1.500", "250"], id="no-group-behind-a-decimal-point"),
        pytest.param("7.", ["7"], id="full-stop"),
        pytest.param(".5", ["5"], id="point-before-any-digit"),
        pytest.param("-7", ["7"], id="sign"),
        pytest.param("1,250.50", ["1250.50"], id="group-and-decimals"),
        pytest.param("1,250,300", ["1250300"], id="two-groups"),
        pytest.param("3.5.1", ["3.5.1"], id="version"),
        pytest.param("10kg", ["10", "kg"], id="unit"),
        pytest.param("B52s", ["b", "52", "s"], id="digits-inside-a-word"),
        pytest.param("٣٤", ["34"], id="arabic-digits"),
        pytest.param("１２", ["12"], id="full-width-digits"),
        pytest.param("１，２００．５", ["1200.5"], id="full-width-signs"),
        pytest.param("１２.５ １,２５０", ["12.5", "1250"], id="full-width-digits-ascii-signs"),
        pytest.param("١٬٢٥٠٫٥", ["1250.5"], id="arabic-signs"),
        pytest.param("٣٫٤٬٥٦٧", ["3.4", "567"], id="no-arabic-group-behind-a-decimal-point"),
        pytest.param("३,४ ３，４５", ["3", "4", "3", "45"], id="foreign-list"),
        pytest.param("１２。３", ["12", "3"], id="ideographic-full-stop-is-no-point"),
        pytest.param("3，500 ٣.5", ["3", "500", "3", "5"], id="signs-between-two-scripts"),
        pytest.param("१२३४५ ১২ ౧౨", ["12345", "12", "12"], id="indic-digits"),
    ],
)
def test_reads_numbers(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]
    assert [each >= 1 << 31 for each in hashes(text)] == [token[0].isdigit() for token in expected]
