"""Entities: which stand for a character."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("AT&T; R&D &c", ["at", "t", "r", "d", "c"], id="ampersands"),
        pytest.param("&nope; &#x; &#; &lt", ["nope", "x", "lt"], id="unknown-entities"),
        pytest.param("&#99999999; &Eacutes;", ["99999999", "eacute"], id="impossible-entities"),
    ],
)
def test_takes_for_text(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]


@pytest.mark.parametrize(
    ("dressed", "bare"),
    [
        pytest.param("a &lt; b &amp; c", "a < b & c", id="entities"),
        pytest.param("&quot;kites&quot;&nbsp;fly", '"kites" fly', id="entities-beside-words"),
        pytest.param("caf&eacute;s &Eacute;t&#233;", "cafés été", id="entities-for-letters"),
        pytest.param("&#x4e2d;&#25991;", "中文", id="numeric-entities"),
        pytest.param("co&shy;op", "coop", id="soft-hyphen"),
        pytest.param("it&amp;#39;s&amp;nbsp;so", "it's so", id="entities-of-entities"),
    ],
)
def test_reads_without_its_dressing(dressed, bare):
    assert hashes(dressed) == hashes(bare)
