"""Tags: which only format, and what a `<` is else."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a < b > c", ["a", "b", "c"], id="comparisons"),
        pytest.param("if a<b: c>d", ["if", "a", "b", "c", "d"], id="comparisons-without-spaces"),
        pytest.param("a<b and c>d", ["a", "b", "and", "c", "d"], id="comparison-like-a-tag"),
        pytest.param("vector<int> Box<U>", ["vector", "int", "box", "u"], id="type-parameters"),
        pytest.param("<brother> <pre4>", ["brother", "pre", "4"], id="longer-tags"),
        pytest.param("<noinput> <iostream>", ["noinput", "iostream"], id="unknown-tags"),
        pytest.param("<b <p class", ["b", "p", "class"], id="tags-without-an-end"),
    ],
)
def test_takes_for_text(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]


@pytest.mark.parametrize(
    ("dressed", "bare"),
    [
        pytest.param("one<br>two<br/>three<BR />4", "one two three 4", id="line-break-tags"),
        pytest.param("<p>a <b>big</b> <i>door</i></p>", "a big door", id="formatting-tags"),
        pytest.param('<p class="note">a', "a", id="attributes"),
        pytest.param(r"<span style=\"color:red\">a</span>", "a", id="attributes-in-json"),
        pytest.param("&lt;b&gt;a&lt;/b&gt;", "a", id="escaped-tags"),
        pytest.param(r"\u003cbr\u003ea", "a", id="tags-in-json"),
        pytest.param("H<sub>2</sub>O", "H 2 O", id="index"),
    ],
)
def test_reads_without_its_dressing(dressed, bare):
    assert hashes(dressed) == hashes(bare)
