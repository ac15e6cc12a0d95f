"""Escapes of JSON: which stand for a character."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(r"\u12 \uXYZW \u", ["u", "12", "uxyzw", "u"], id="too-short-an-escape"),
    ],
)
def test_takes_for_text(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]


@pytest.mark.parametrize(
    ("dressed", "bare"),
    [
        pytest.param(r"\u00e9t\u00e9", "été", id="json-letters"),
        pytest.param(r"caf\u00e9s", "cafés", id="json-letter-in-a-word"),
        pytest.param(r"\u4e2d\u6587", "中文", id="json-han"),
        pytest.param(r"\ud840\udc00", "\U00020000", id="surrogates"),
        pytest.param(r"don\u2019t", "don’t", id="json-apostrophe"),
        pytest.param(r"a\u0020b\u000ac", "a b c", id="json-spaces"),
    ],
)
def test_reads_without_its_dressing(dressed, bare):
    assert hashes(dressed) == hashes(bare)
