"""Single words of ASCII: their case, and that what follows changes nothing."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("lAnTeRn", ["lantern"], id="random-case"),
        pytest.param("LANTERN", ["lantern"], id="capitals"),
        pytest.param("Lantern", ["lantern"], id="one-capital"),
        pytest.param("HTTPServer", ["httpserver"], id="acronym"),
        pytest.param("iPhone", ["iphone"], id="one-small-letter-first"),
        pytest.param("hasIt", ["hasit"], id="short-last-part"),
        pytest.param("éclairShop", ["e\u0301clairshop"], id="not-beyond-ascii"),
        pytest.param("lanternKeeper", ["lantern", "keeper", "lanternkeeper"], id="camel-case"),
        pytest.param("LanternKeeper", ["lantern", "keeper", "lanternkeeper"], id="pascal-case"),
        pytest.param("isOpen", ["is", "open", "isopen"], id="two-small-letters-first"),
        pytest.param("findAllDoors", ["find", "all", "doors", "findalldoor"], id="three-parts"),
        pytest.param("lantern_keeper", ["lantern", "keeper"], id="snake-case"),
    ],
)
def test_splits_identifiers(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]


@pytest.mark.parametrize("word", ["three", "kites", "lanternKeeper"])
@pytest.mark.parametrize(
    "separator",
    [
        pytest.param(".", id="full-stop"),
        pytest.param("\u00a0", id="no-break-space"),
        pytest.param("”", id="curly-quote"),
        pytest.param("’", id="curly-apostrophe"),
        pytest.param("—", id="dash"),
        pytest.param("…", id="ellipsis"),
        pytest.param("。", id="ideographic-full-stop"),
        pytest.param("灯", id="script-without-spaces"),
        pytest.param("²", id="superscript-digit"),
    ],
)
def test_reads_a_word_the_same_whatever_follows_it(word, separator):
    assert hashes(word + separator)[: len(hashes(word))] == hashes(word)
