"""Dressing: what does not hide a leak, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.text.dressing_names import COMMANDS, ENTITIES, LONGEST_NAME, MAY_BEGIN, TAGS
from leakcheck.text.tokens import tokenise, word_hash


def hashes(text: str) -> list[int]:
    return tokenise(text).hashes.tolist()


def spellings(text: str) -> list[str]:
    encoded, tokens = text.encode(), tokenise(text)
    return [encoded[a:b].decode() for a, b in zip(tokens.starts, tokens.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(r"\nu \neq \tau \rho", ["nu", "tau", "rho"], id="greek-is-no-line-break"),
        pytest.param(r"\theta \triangle \nabla", ["theta", "triangle", "nabla"], id="t-and-n"),
        pytest.param(r"\rfloor \tan x \not y", ["rfloor", "tan", "x", "not", "y"], id="r-and-n"),
        pytest.param(r"\sqrt{2} \sin \pi", ["sqrt", "2", "sin", "pi"], id="names-that-mean"),
        pytest.param(r"\fracture \leftover", ["fracture", "leftover"], id="longer-words"),
        pytest.param(r"\Frac \LEFT", ["frac", "left"], id="commands-have-a-case"),
        pytest.param("frac left text", ["frac", "left", "text"], id="words-without-a-backslash"),
        pytest.param(r"C:\new\table\readme", ["c", "new", "table", "readme"], id="path"),
        pytest.param(r"D:\my.doc\v_2\new", ["d", "my", "doc", "v", "2", "new"], id="long-path"),
        pytest.param(r"\bword\b", ["bword", "b"], id="regular-expression"),
        pytest.param(r"\d+\s*\w", ["d", "s", "w"], id="character-classes"),
        pytest.param(r"\u12 \uXYZW \u", ["u", "12", "uxyzw", "u"], id="too-short-an-escape"),
        pytest.param("n t r", ["n", "t", "r"], id="letters-alone"),
        pytest.param("a < b > c", ["a", "b", "c"], id="comparisons"),
        pytest.param("if a<b: c>d", ["if", "a", "b", "c", "d"], id="comparisons-without-spaces"),
        pytest.param("a<b and c>d", ["a", "b", "and", "c", "d"], id="comparison-like-a-tag"),
        pytest.param("vector<int> Box<U>", ["vector", "int", "box", "u"], id="type-parameters"),
        pytest.param("<brother> <pre4>", ["brother", "pre", "4"], id="longer-tags"),
        pytest.param("<noinput> <iostream>", ["noinput", "iostream"], id="unknown-tags"),
        pytest.param("<b <p class", ["b", "p", "class"], id="tags-without-an-end"),
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
        pytest.param(r"Ann left.\nHow many?", "Ann left. How many?", id="json-line-break"),
        pytest.param(r"a\r\n\tb\\nc", "a b c", id="json-white-space"),
        pytest.param(r"Q:\nhow\nA:\nnow", "Q: how A: now", id="questions-are-no-drives"),
        pytest.param(r"C:\nThe door", "C: The door", id="choices-are-no-drives"),
        pytest.param(r"say \"yes\"", "say yes", id="json-quotes"),
        pytest.param(r"\n1. one\n2. two", "1. one 2. two", id="list"),
        pytest.param(r'"\n".join(x)', r'"\\n".join(x)', id="line-break-in-code"),
        pytest.param(r"\u00e9t\u00e9", "été", id="json-letters"),
        pytest.param(r"caf\u00e9s", "cafés", id="json-letter-in-a-word"),
        pytest.param(r"\u4e2d\u6587", "中文", id="json-han"),
        pytest.param(r"\ud840\udc00", "\U00020000", id="surrogates"),
        pytest.param(r"don\u2019t", "don’t", id="json-apostrophe"),
        pytest.param(r"a\u0020b\u000ac", "a b c", id="json-spaces"),
        pytest.param(r"\frac{1}{2}", "1/2", id="fraction"),
        pytest.param(r"\\dfrac{1}{2}", r"\tfrac{1}{2}", id="size-of-a-fraction"),
        pytest.param(r"\left(a, b\right]", "(a, b]", id="brackets"),
        pytest.param(r"$x$ \(x\) \[x\]", "x x x", id="math-marks"),
        pytest.param(r"3\text{ cm} \mathrm{kg}", "3 cm kg", id="text"),
        pytest.param(r"a\,b\;c\!d\quad e\ f~g", "a b c d e f g", id="spacing"),
        pytest.param(r"2 \cdot 3 \times 4", "2 · 3 × 4", id="signs"),
        pytest.param(r"a \leq b \neq c", "a ≤ b ≠ c", id="relations"),
        pytest.param(r"x \pmod{7}", "x (mod 7)", id="mod"),
        pytest.param(r"\dbinom{5}{2}", r"\binom{5}{2}", id="binomial"),
        pytest.param(r"\begin{align*}x\end{align*}", "x", id="environment"),
        pytest.param(r"\sqrt{2}", "sqrt(2)", id="root"),
        pytest.param("**bold** _it_ `code`", "bold it code", id="markdown"),
        pytest.param("# Title\n- one\n* two\n> three", "Title one two three", id="markdown-marks"),
        pytest.param("a &lt; b &amp; c", "a < b & c", id="entities"),
        pytest.param("&quot;kites&quot;&nbsp;fly", '"kites" fly', id="entities-beside-words"),
        pytest.param("caf&eacute;s &Eacute;t&#233;", "cafés été", id="entities-for-letters"),
        pytest.param("&#x4e2d;&#25991;", "中文", id="numeric-entities"),
        pytest.param("co&shy;op", "coop", id="soft-hyphen"),
        pytest.param("it&amp;#39;s&amp;nbsp;so", "it's so", id="entities-of-entities"),
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


def test_no_name_is_longer_than_what_is_read():
    assert max(map(len, [*COMMANDS, *ENTITIES, *TAGS])) <= LONGEST_NAME


@pytest.mark.parametrize(("mark", "kind"), [("\\", 1), ("&", 2), ("<", 3)])
@given(st.tuples(*[st.characters(codec="ascii")] * 2), st.sampled_from(["", ";", ">", "b>", "t;"]))
@settings(max_examples=400)
def test_a_mark_that_may_begin_nothing_is_a_space(mark, kind, behind, more):
    first, second = behind
    if not MAY_BEGIN[ord(first) << 7 | ord(second)] >> kind & 1:
        assert hashes(f"x{mark}{first}{second}{more}") == hashes(f"x {first}{second}{more}")


@pytest.mark.parametrize(
    ("mark", "kind", "names"), [("\\", 1, COMMANDS), ("&", 2, ENTITIES), ("<", 3, TAGS)]
)
def test_a_mark_may_begin_each_name(mark, kind, names):
    for name in names:
        for behind in ("", "/") if mark == "<" else ("",):
            first, second = f"{behind}{name}>"[:2]
            assert MAY_BEGIN[ord(first) << 7 | ord(second)] >> kind & 1
