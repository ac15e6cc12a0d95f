"""Letters and digits of ASCII, told byte by byte."""

from __future__ import annotations

from leakcheck.compiled import inlined, int64, kernel

__all__ = ["hexadecimal", "is_digit", "is_letter"]


@inlined
def is_letter(byte: int) -> bool:
    """Tell if a byte is a letter of ASCII."""
    return 97 <= byte | 32 <= 122


@inlined
def is_digit(byte: int) -> bool:
    """Tell if a byte is a digit of ASCII."""
    return 48 <= byte <= 57


@kernel
def hexadecimal(byte: int) -> int:
    """Return the value of a hexadecimal digit, or -1."""
    if is_digit(byte):
        return int64(byte) - 48
    lower = int64(byte) | 32
    return lower - 87 if 97 <= lower <= 102 else int64(-1)
