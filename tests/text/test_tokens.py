"""Tokens: what a text is split into, and that the kernel does what the plain twin does."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leakcheck.text.tokens import load_token_tables, tokenise, tokenise_bytes, word_hash

from .naive import naive_tokens
from .reading import hashes, spellings

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


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \t\r\n\x00", id="white-space-and-null"),
        pytest.param("?! -- (...) $%&", id="punctuation"),
    ],
)
def test_holds_no_token(text):
    assert hashes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The lantern, the DOOR.", ["the", "lantern", "the", "door"], id="words"),
        pytest.param("keeper's well-worn", ["keeper", "s", "well", "worn"], id="joined-words"),
    ],
)
def test_splits_words(text, expected):
    assert hashes(text) == [word_hash(token) for token in expected]


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
