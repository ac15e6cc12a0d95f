"""Letters and digits of ASCII are told from all other bytes."""

from __future__ import annotations

import pytest

from leakcheck.text.ascii import hexadecimal, is_digit, is_letter

LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("is_kind", "kind"),
    [
        pytest.param(is_letter, LETTERS, id="letters"),
        pytest.param(is_digit, b"0123456789", id="digits"),
    ],
)
def test_tells_one_kind_of_bytes(is_kind, kind):
    assert [byte for byte in range(256) if is_kind(byte)] == list(kind)


def test_reads_hexadecimal_digits_and_no_other_byte():
    values = {chr(byte): hexadecimal(byte) for byte in range(256) if hexadecimal(byte) >= 0}
    assert values == {digit: int(digit, 16) for digit in "0123456789ABCDEFabcdef"}
