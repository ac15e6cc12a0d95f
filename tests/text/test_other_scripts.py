"""Characters outside ASCII: what is a token, what joins and what separates."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\u2028\u2029\u0085\u00a0", id="unicode-line-breaks"),
        pytest.param("😀 → ∑", id="symbols"),
        pytest.param("\u200d\u00ad\ufeff", id="ignorable-characters-alone"),
        pytest.param("\u0301\u0302", id="marks-without-a-letter"),
        pytest.param("\U0010ffff\U000e0041", id="beyond-the-table"),
    ],
)
def test_holds_no_token(text):
    assert hashes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Hélène", ["he\u0301le\u0300ne"], id="accents-are-kept"),
        pytest.param("Straße", ["strasse"], id="case-folding-may-lengthen"),
        pytest.param("ﬁne oﬃce", ["fine", "office"], id="ligatures"),
        pytest.param("x²", ["x", "2"], id="superscript-digit"),
        pytest.param("½", ["1", "2"], id="fraction-is-two-numbers"),
        pytest.param("ж1", ["ж", "1"], id="letters-and-digits-of-two-scripts"),
        pytest.param("a\u2028b", ["a", "b"], id="line-separator-separates"),
        pytest.param("lan\u00adtern", ["lantern"], id="soft-hyphen-joins"),
        pytest.param("می\u200cخواهم", ["میخواهم"], id="zero-width-joiner-joins"),
        pytest.param("e\u0301a", ["e\u0301a"], id="mark-inside-a-word"),
        pytest.param("\u0301a", ["a"], id="mark-before-a-word-is-dropped"),
        pytest.param("灯台と鍵", ["灯", "台", "と", "键"], id="one-token-a-character"),
        pytest.param("が", ["か\u3099"], id="voiced-kana-is-one"),
        pytest.param("灯tower塔", ["灯", "tower", "塔"], id="two-kinds-of-script"),
        pytest.param("กำ", ["ก\u0e4d", "\u0e32"], id="thai"),
        pytest.param("हिन्दी में", ["हिन्दी", "में"], id="devanagari-marks"),
        pytest.param("বাংলা తెలుగు", ["বাংলা", "తెలుగు"], id="bengali-and-telugu-marks"),
        pytest.param("कर\u094d\u200dम", ["कर\u094dम"], id="joiner-behind-a-virama"),
    ],
)
def test_splits_words(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("élèves", "élève", id="beyond-ascii"),
    ],
)
def test_keeps_a_word_apart_from(word, other):
    assert hashes(word) != hashes(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("Ａｐｐｌｅ", "apple", id="full-width-letters"),
        pytest.param("ΣΊΣΥΦΟΣ", "σίσυφος", id="final-sigma"),
        pytest.param("説明書時間", "说明书时间", id="traditional-chinese"),
        pytest.param("é\u0323", "ẹ\u0301", id="composed-letter-before-a-lower-mark"),
    ],
)
def test_takes_a_word_for(word, other):
    assert hashes(word) == hashes(other)
