"""Dressing in words and beside them, and marks that are none."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes, spellings


@pytest.mark.parametrize(
    ("dressed", "bare"),
    [
        pytest.param("**bold** _it_ `code`", "bold it code", id="markdown"),
        pytest.param("# Title\n- one\n* two\n> three", "Title one two three", id="markdown-marks"),
    ],
)
def test_reads_without_its_dressing(dressed, bare):
    assert hashes(dressed) == hashes(bare)


@pytest.mark.parametrize(
    "mark", ["'", "’", "&#39;", "&#x27;", "&apos;", "&rsquo;", r"\u2019", r"\'"]
)
def test_contractions_are_one_however_the_apostrophe_is_written(mark):
    assert hashes(f"don{mark}t") == [word_hash("don"), word_hash("t")]


def test_a_letter_in_dressing_belongs_to_its_word():
    assert spellings(r"The caf&eacute;s of \u00c9vry") == [
        "The",
        "caf&eacute;s",
        "of",
        r"\u00c9vry",
    ]
