"""Words found 64 bytes at once are those of the plain twin, wherever they stand in a block."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leakcheck.text.tokens import load_token_tables, tokenise_bytes
from leakcheck.text.words import READ_AHEAD_BYTES

from .naive import naive_tokens

BEHIND = b"A1" * READ_AHEAD_BYTES
"""Stands behind a text in the data and is not of it: only then are blocks read to its end."""
PIECES = st.sampled_from(
    [
        *("fooBarBaz", "aB", "hT", "iPhone", "kiteFlYer", "kiteS", "Kites"),
        *(r"\fB", r"\-", r"\n", r"\e ", r"\fR", "</p>", "</a>", "<a ", "& ", "<p"),
        *("1.5.2", "1..5", "1,250.5,000", "1.5,000", ".5"),
        *("kites", "GLASS", "axis", "three", "Threes", "gas", "s", "lanterns", "lanternkeeper"),
        *("lanternkeepers", "hasItem", "HTTPServer", "McKite", "q" * 63, "q" * 64, "x" * 70),
        *(
            "1",
            "12",
            "1,250",
            "1,25",
            "1.5",
            "7.",
            ",3",
            "12345678",
            "123456789",
            "3,1234",
            "9" * 65,
        ),
        *(" ", "  ", ". ", "-", "_", "/", "'", "  \n" * 9, " " * 64),
        *(
            "é",
            "”",
            "灯",
            "３",
            "&amp;",
            "&",
            "&eacute;",
            "\\u00e9",
            "\\frac",
            "<b>",
            "<",
            "\u00ad",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def tokens_read_in_blocks(text, behind=BEHIND):
    """Return the hash, the start and the end of each token, whatever stands behind the text."""
    encoded = text.encode()
    data = np.frombuffer(encoded + behind, np.uint8)
    room = 2 * len(encoded) + 1
    columns = [np.zeros(room, dtype) for dtype in (np.uint32, np.int32, np.int32)]
    count = tokenise_bytes(data, 0, len(encoded), load_token_tables(), *columns, 0)
    return list(zip(*(column[:count].tolist() for column in columns), strict=True))


def tokens_of_twin(text):
    before = [len(text[:n].encode()) for n in range(len(text) + 1)]
    return [(each.hash, before[each.start], before[each.end]) for each in naive_tokens(text)]


@given(TEXTS)
@settings(max_examples=600, deadline=None)
@example("kites " * 200)
@example("lanternkeeper,1,250.5 " * 40)
def test_blocks_hold_what_the_plain_twin_finds(text):
    assert tokens_read_in_blocks(text) == tokens_of_twin(text)


@pytest.mark.parametrize("spaces", range(52, 68))
@pytest.mark.parametrize(
    "text",
    [
        "lanternkeepers", "Kites", "hasItem", "1,250.50 kites", "7. Kites", "12,3", "kité",
        "a&amp;b", "kites<b>", "three", "x3y", "fooBarBaz", "fooBarBz", r"\fBkites\fR x",
        "1.5.2", "1.5,000", "kites</p>x", "kites</a>x", "1,2345",
    ],
)  # fmt: skip
def test_the_border_of_a_block_changes_nothing(spaces, text):
    padded = " " * spaces + text
    assert tokens_read_in_blocks(padded) == tokens_of_twin(padded)
    assert tokens_read_in_blocks(padded + " .") == tokens_of_twin(padded)


@pytest.mark.parametrize(
    "behind", [".5", ",250", "Item", "B{", "r>", "mp;", "u00e9", "s", "é", "\\"]
)
@pytest.mark.parametrize("spaces", [0, *range(54, 66)])
@pytest.mark.parametrize("text", ["kite", "hasItem", "12", "1,", "1.", "\\f", "<b", "&a", "\\"])
def test_what_stands_behind_a_text_changes_nothing(text, spaces, behind):
    padded = " " * spaces + text
    data_behind = behind.encode() + BEHIND
    assert tokens_read_in_blocks(padded, data_behind) == tokens_of_twin(padded)
