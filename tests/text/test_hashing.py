"""The hash of a token: it tells of what kind it is, and the plain twin makes the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.text.folding import DIGIT
from leakcheck.text.hashing import is_number, is_unspaced, word_hash
from leakcheck.text.tokens import tokenise

from .naive_token import Token, folded


@pytest.mark.parametrize(
    ("text", "number", "unspaced"),
    [
        pytest.param("lantern", False, False, id="word"),
        pytest.param("маяк", False, False, id="word-of-another-script"),
        pytest.param("한국어", False, False, id="hangul-has-spaces"),
        pytest.param("12", True, False, id="number"),
        pytest.param("three", True, False, id="number-word"),
        pytest.param("１２", True, False, id="full-width-number"),
        *(
            pytest.param(char, False, True, id=f"unspaced-{name}")
            for name, char in {
                "han": "灯",
                "kana": "が",
                "katakana": "ト",
                "thai": "ก",
                "lao": "\u0e81",
                "khmer": "\u1780",
                "myanmar": "\u1000",
                "rare-han": "\U00020000",
            }.items()
        ),
    ],
)
def test_a_hash_tells_its_kind(text, number, unspaced):
    (token_hash,) = tokenise(text).hashes
    assert is_number(token_hash) == number
    assert is_unspaced(token_hash) == unspaced


@given(st.text("abzéж1３灯が", min_size=1), st.text("\u0301\u0323\u3099"))
def test_hashes_a_token_as_the_plain_twin_does(text, marks):
    parts = [part for char in text + marks for part in folded(char)]
    token = Token("".join(char for _, char in parts), parts[0][0] == DIGIT, 0, 0)
    assert word_hash(token.text) == token.hash
