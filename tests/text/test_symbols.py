"""Symbols: twins that differ in a sign are told apart, texts that differ in dressing are not."""

from __future__ import annotations

import pytest

from leakcheck.text.symbols import symbol_hash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Find sin 40 at dusk", "Find sin -40 at dusk", id="sign"),
        pytest.param("a + b", "a - b", id="operator"),
        pytest.param("x^2 y", "x_2 y", id="exponent-or-index"),
        pytest.param("f(a, b)", "f(a; b)", id="separator"),
        pytest.param("not (p and q) or r", "not p and (q or r)", id="brackets"),
        pytest.param("a < b", "a > b", id="comparison"),
        pytest.param("2.5 m", "25 m", id="number"),
        pytest.param(r"\frac{1}{2} x", r"\frac{1}{2x}", id="fraction"),
        pytest.param(r"a \leq b", r"a \geq b", id="relation"),
        pytest.param(r"a \cdot b", r"a \div b", id="latex-operator"),
        pytest.param(r"a \rightarrow b", r"a \leftarrow b", id="arrow"),
    ],
)
def test_tells_apart(one, other):
    assert symbol_hash(one) != symbol_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("find a+b", "Find a + b", id="case-and-spaces"),
        pytest.param("find a+b", "  find\n\ta+b", id="line-breaks"),
        pytest.param("find a+b", "(find a+b)?!", id="what-stands-around"),
        pytest.param("find a+b", "find $a+b$.", id="latex-dollars"),
        pytest.param("find a+b", "find **a+b**", id="markdown"),
        pytest.param("find a+b", "find `a+b`", id="code-marks"),
        pytest.param(r"f(x) = (1)y", r"f\left(x\right) = \,(1)\;y", id="latex-spacing"),
        pytest.param(r"a\ b\:c\!d\quad e f", "a b~c d e f", id="latex-spaces"),
        pytest.param(r"x = \dfrac{1}{2}y", r"x=\frac{1}{2} y", id="size-of-a-fraction"),
        pytest.param(r"\Big(a\Big) b", r"\left( a \right) b", id="size-of-brackets"),
        pytest.param(r"find \(a+b\) now", "find $a+b$ now", id="math-marks"),
        pytest.param(r"a \leq b \neq c", r"a \le b \ne c", id="short-names"),
        pytest.param("ﬁnd ａ", "find a", id="compatibility-characters"),
        pytest.param("é1", "e\u03011", id="composed-and-decomposed"),
    ],
)
def test_takes_for_the_same(one, other):
    assert symbol_hash(one) == symbol_hash(other)


def test_keeps_latex_arrows_that_only_look_like_sizing():
    assert symbol_hash(r"a \leftarrow b") != symbol_hash(r"a arrow b")


@pytest.mark.parametrize("text", ["", " ", "?!", "$$"])
def test_a_text_without_tokens_has_no_symbols(text):
    assert symbol_hash(text) == 0


def test_fits_in_64_bits_and_never_changes():
    assert symbol_hash("Which door does the keeper open?") == 0xC4ED0115D0380180
