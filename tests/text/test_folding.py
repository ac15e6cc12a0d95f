"""Folding: which spellings count as one, and that the stored table is the one the code builds."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from leakcheck.text.folding import (
    DIGIT,
    IGNORABLE,
    LETTER,
    MARK,
    SEPARATOR,
    UNSPACED,
    build_folding_table,
    fold_code_point,
    load_folding_table,
)

from .naive_token import folded

HAN = [
    chr(code_point)
    for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6DF))
    for code_point in range(first, last + 1)
]
SIMPLIFIED = {char: part for char in HAN for _, part in folded(char) if part != char}
"""What the stored table says; whether it is right is tested by example."""

KNOWN_SINCE_LONG = [
    chr(code_point)
    for code_point in range(min(sys.maxunicode, 0x323FF) + 1)
    if unicodedata.ucd_3_2_0.category(chr(code_point)) not in ("Cn", "Cs")
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("é", "e", id="an-accent-is-kept"),
        pytest.param("ø", "o", id="a-stroke-is-no-accent"),
        pytest.param("ı", "i", id="dotless-i"),
        pytest.param("α", "a", id="look-alikes-of-two-scripts"),
        pytest.param("〇", "0", id="ideographic-zero"),
    ],
)
def test_keeps_apart(one, other):
    assert fold_code_point(one) != fold_code_point(other)


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        pytest.param("É", "e\u0301", id="composed-letter"),
        pytest.param("ệ", "e\u0323\u0302", id="two-marks"),
        pytest.param("한", "\u1112\u1161\u11ab", id="hangul-syllable"),
        pytest.param("ß", "ss", id="sharp-s"),
        pytest.param("ﬃ", "ffi", id="ligature"),
        pytest.param("Ǆ", "dz\u030c", id="digraph"),
        pytest.param("Ｗ", "w", id="full-width-letter"),
        pytest.param("\u212a", "k", id="kelvin-sign"),
        pytest.param("ς", "σ", id="final-sigma"),
        pytest.param("７", "7", id="full-width-digit"),
        pytest.param("٧", "7", id="arabic-digit"),
        pytest.param("७", "7", id="devanagari-digit"),
        pytest.param("𝟟", "7", id="mathematical-digit"),
        pytest.param("⑦", "7", id="circled-digit"),
        pytest.param("\u00a0", " ", id="no-break-space"),
    ],
)
def test_folds(char, expected):
    assert fold_code_point(char) == expected


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        pytest.param(" .-_’”—\n\u2028", SEPARATOR, id="separators"),
        pytest.param("azжאԱ", LETTER, id="letters"),
        pytest.param("09٣५", DIGIT, id="digits"),
        pytest.param("\u0301\u064b\u20dd", MARK, id="marks"),
        pytest.param("灯と塔ก\u1780\u1000\u0e81\U00020000", UNSPACED, id="scripts-without-spaces"),
        pytest.param("\u00ad\u200c\u200d\ufeff", IGNORABLE, id="ignorable"),
    ],
)
def test_classes(chars, expected):
    assert [[char_class for char_class, _ in folded(char)] for char in chars] == [[expected]] * len(
        chars
    )


def test_the_stored_table_folds_as_the_code_does_what_unicode_has_known_for_long():
    assert len(KNOWN_SINCE_LONG) > 90_000
    different = [
        f"U+{ord(char):04X}"
        for char in KNOWN_SINCE_LONG
        if "".join(part for _, part in folded(char)) != fold_code_point(char, SIMPLIFIED)
    ]
    assert different == []


def test_the_stored_table_is_the_one_the_code_builds():
    stored, built = load_folding_table(), build_folding_table(SIMPLIFIED)

    def unfolded(table, char):
        entry = int(table.entries[ord(char)])
        if entry >> 24 != 7:
            return [entry]
        start = (entry & 0xFFFFFF) + 1
        return table.expansions[start : start + table.expansions[start - 1]].tolist()

    different = [
        f"U+{ord(char):04X}"
        for char in KNOWN_SINCE_LONG
        if unfolded(stored, char) != unfolded(built, char)
    ]
    assert different == []


def test_folding_twice_is_folding_once():
    def fold(text):
        return "".join(fold_code_point(char, SIMPLIFIED) for char in text)

    assert [char for char in KNOWN_SINCE_LONG if fold(fold(char)) != fold(char)] == []


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        pytest.param("下列說法正確的是", "下列说法正确的是", id="stock-phrase"),
        pytest.param("長度為時間與電腦", "长度为时间与电脑", id="common-characters"),
        pytest.param("國際關係", "国际关系", id="kanji-of-old"),
        pytest.param("\uf9dc隆", "隆隆", id="compatibility-ideograph"),
    ],
)
def test_traditional_chinese_is_simplified(traditional, simplified):
    assert "".join(part for char in traditional for _, part in folded(char)) == simplified


@pytest.mark.parametrize("pair", ["说認", "干支", "未末", "日曰", "発发", "気气"])
def test_keeps_other_characters_apart(pair):
    assert folded(pair[0]) != folded(pair[1])


def test_only_han_characters_are_simplified():
    assert 4_000 < len(SIMPLIFIED) < 4_500
    assert all(unicodedata.name(char).startswith("CJK UNIFIED") for char in SIMPLIFIED.values())
