"""Tokens: what a text is split into, and that the kernel does what the plain twin does."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leakcheck.text.tokens import (
    is_number,
    is_unspaced,
    load_token_tables,
    tokenise,
    tokenise_bytes,
    word_hash,
)

from .naive import naive_tokens

AWKWARD = (
    "aAbsS1,. _-'…”—\u00a0é\u0301\u200d\u00ad中が\u3099½ﬁ３①❶İßſ\u212a²٣\u0e01\u0e31\u0345\u2028"
)
CHARS = st.one_of(st.sampled_from(AWKWARD), st.characters(exclude_categories=["Cs"]))
PIECES = [
    *(
        r"\n",
        r"\t",
        r"\u",
        r"\nu",
        r"\pmod",
        r"\frac",
        r"\begin{",
        r"\end",
        "{a*}",
        "C:",
        "\\",
        "C:\\new",
    ),
    *(r"\u00e9", r"\u0041", r"\u003c", r"\u003e", r"\ud840\udc00", r"\ud840", r"\uff12", r"\u4E2d"),
    *(
        "&amp;",
        "&lt;",
        "&gt;",
        "&eacute;",
        "&#39;",
        "&#x27;",
        "&#50;",
        "&#xff12;",
        "&",
        "amp;",
        "shy;",
    ),
    *("&#", "&shy;", "&nope;", "<b>", "</p>", "<br />", "<", ">", "<p a=", "<U>", "<td", "<BR"),
    *("٫", "٬", "３４５", "．", "，", ".", ",", "é", "th", "kites", "three", "0", "12"),
]
TEXTS = st.one_of(st.text(CHARS), st.lists(st.one_of(st.sampled_from(PIECES), CHARS)).map("".join))


def hashes(text: str) -> list[int]:
    return tokenise(text).hashes.tolist()


def spellings(text: str) -> list[str]:
    """Return what each token was made of."""
    encoded, tokens = text.encode(), tokenise(text)
    return [encoded[a:b].decode() for a, b in zip(tokens.starts, tokens.ends, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \t\r\n\x00", id="white-space-and-null"),
        pytest.param("?! -- (...) $%&", id="punctuation"),
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
        pytest.param("The lantern, the DOOR.", ["the", "lantern", "the", "door"], id="words"),
        pytest.param("keeper's well-worn", ["keeper", "s", "well", "worn"], id="joined-words"),
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
    ("text", "expected"),
    [
        pytest.param("1,2000", ["1", "2000"], id="four-digits-are-no-group"),
        pytest.param("1,25", ["1", "25"], id="two-digits-are-no-group"),
        pytest.param("1, 250", ["1", "250"], id="a-list-is-no-group"),
        pytest.param("1.500,250", ["1.500", "250"], id="no-group-behind-a-decimal-point"),
        pytest.param("7.", ["7"], id="full-stop"),
        pytest.param(".5", ["5"], id="point-before-any-digit"),
        pytest.param("-7", ["7"], id="sign"),
        pytest.param("1,250.50", ["1250.50"], id="group-and-decimals"),
        pytest.param("1,250,300", ["1250300"], id="two-groups"),
        pytest.param("3.5.1", ["3.5.1"], id="version"),
        pytest.param("10kg", ["10", "kg"], id="unit"),
        pytest.param("B52s", ["b", "52", "s"], id="digits-inside-a-word"),
        pytest.param("٣٤", ["34"], id="arabic-digits"),
        pytest.param("１２", ["12"], id="full-width-digits"),
        pytest.param("１，２００．５", ["1200.5"], id="full-width-signs"),
        pytest.param("１２.５ １,２５０", ["12.5", "1250"], id="full-width-digits-ascii-signs"),
        pytest.param("١٬٢٥٠٫٥", ["1250.5"], id="arabic-signs"),
        pytest.param("٣٫٤٬٥٦٧", ["3.4", "567"], id="no-arabic-group-behind-a-decimal-point"),
        pytest.param("३,४ ３，４５", ["3", "4", "3", "45"], id="foreign-list"),
        pytest.param("１２。３", ["12", "3"], id="ideographic-full-stop-is-no-point"),
        pytest.param("3，500 ٣.5", ["3", "500", "3", "5"], id="signs-between-two-scripts"),
        pytest.param("१२३४५ ১২ ౧౨", ["12345", "12", "12"], id="indic-digits"),
    ],
)
def test_reads_numbers(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]
    assert [each >= 1 << 31 for each in hashes(text)] == [token[0].isdigit() for token in expected]


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


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("bus", "bu", id="us"),
        pytest.param("glass", "glas", id="ss"),
        pytest.param("axis", "axi", id="is"),
        pytest.param("gas", "ga", id="three-letters"),
        pytest.param("élèves", "élève", id="beyond-ascii"),
        pytest.param("won", "1", id="sounds-like-one"),
        pytest.param("million", "1000000", id="million"),
    ],
)
def test_keeps_a_word_apart_from(word, other):
    assert hashes(word) != hashes(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("kites", "kite", id="plural"),
        pytest.param("KITES", "kite", id="plural-in-capitals"),
        pytest.param("three", "3", id="number-word"),
        pytest.param("Threes", "3", id="plural-of-a-number-word"),
        pytest.param("seventy-two", "70 2", id="two-number-words"),
        pytest.param("Ａｐｐｌｅ", "apple", id="full-width-letters"),
        pytest.param("ΣΊΣΥΦΟΣ", "σίσυφος", id="final-sigma"),
        pytest.param("説明書時間", "说明书时间", id="traditional-chinese"),
        pytest.param("é\u0323", "ẹ\u0301", id="composed-letter-before-a-lower-mark"),
    ],
)
def test_takes_a_word_for(word, other):
    assert hashes(word) == hashes(other)


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


def test_keeps_the_place_of_every_token():
    text = "Hélène's 1,250 kites, hasItem 灯台"
    assert spellings(text) == [
        *("Hélène", "s", "1,250", "kites"),
        *("has", "Item", "hasItem", "灯", "台"),
    ]


def test_reads_a_lone_surrogate_as_a_separator():
    assert hashes("kite\ud800string") == hashes("kite string")


@given(TEXTS)
@settings(max_examples=600, deadline=None)
@example("three…")
@example("kites\u00a0")
@example("½３")
@example("a\u00ads")
def test_does_what_the_plain_twin_does(text):
    expected = naive_tokens(text)
    tokens = tokenise(text)
    before = [len(text[:n].encode()) for n in range(len(text) + 1)]
    assert list(zip(*(column.tolist() for column in tokens), strict=True)) == [
        (token.hash, before[token.start], before[token.end]) for token in expected
    ]


@given(TEXTS)
@settings(deadline=None)
def test_never_cuts_a_character(text):
    encoded, tokens = text.encode(), tokenise(text)
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert encoded[start:end].decode()
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.ends[1:] >= tokens.ends[:-1]).all()


@given(st.text("abes é中が37,. "))
@settings(deadline=None)
def test_reads_the_text_of_a_token_as_that_token(text):
    for spelling, token_hash in zip(spellings(text), hashes(text), strict=True):
        assert hashes(spelling) == [token_hash]


@given(st.text(st.one_of(st.just(" "), st.characters(categories=["L"]))))
@settings(deadline=None)
def test_reads_composed_and_decomposed_letters_alike(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert hashes(composed) == hashes(decomposed)


@given(TEXTS, TEXTS, TEXTS)
@settings(deadline=None)
def test_reads_a_stretch_of_bytes_and_nothing_around_it(before, text, after):
    start = len(before.encode())
    end = start + len(text.encode())
    data = np.frombuffer((before + text + after).encode(), np.uint8)
    room = 2 * len(data) + 4
    columns = [np.zeros(room, dtype) for dtype in (np.uint32, np.int32, np.int32)]
    count = tokenise_bytes(data, start, end, load_token_tables(), *columns, 3)
    expected = tokenise(text)
    assert columns[0][3:count].tolist() == expected.hashes.tolist()
    assert (columns[1][3:count] - start).tolist() == expected.starts.tolist()
    assert (columns[2][3:count] - start).tolist() == expected.ends.tolist()
    assert not columns[0][:3].any()
