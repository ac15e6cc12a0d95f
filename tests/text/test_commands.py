"""LaTeX commands, white space of JSON and paths: what a backslash begins."""

from __future__ import annotations

import pytest

from leakcheck.text.hashing import word_hash

from .reading import hashes


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
        pytest.param("n t r", ["n", "t", "r"], id="letters-alone"),
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
    ],
)
def test_reads_without_its_dressing(dressed, bare):
    assert hashes(dressed) == hashes(bare)
