"""Disguises: the same text as other ways of writing it down leave it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

__all__ = ["DISGUISES", "is_chinese", "traditional"]

_MATHEMATICS = re.compile(r"\$([^$\n]+)\$")
_FRACTION = re.compile(r"\\frac\{(\w+)\}\{(\w+)\}")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{5,}\b")
_DIGIT = re.compile(r"[0-9]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")


def _in_brackets(text: str) -> str:
    r"""Write LaTeX between `\(` and `\)`, and fractions as `\dfrac`.

    >>> print(_in_brackets(r"Is $\frac{1}{2}$ less?"))
    Is \(\dfrac{1}{2}\) less?
    """
    return _MATHEMATICS.sub(r"\\(\1\\)", text.replace(r"\frac", r"\dfrac"))


def _without_latex(text: str) -> str:
    r"""Take dollars out and write simple fractions with a slash.

    >>> _without_latex(r"It is $3\frac{1}{2}$.")
    'It is 3 1/2.'
    """
    return _FRACTION.sub(r" \1/\2", text).replace("$", "")


def _bold(text: str) -> str:
    """Set the first long word of each line in bold, and the numbers.

    >>> _bold("Which of these is 12?")
    '**Which** of these is **12**?'
    """
    lines = (_WORD.sub(r"**\g<0>**", line, count=1) for line in text.split("\n"))
    return re.sub(r"(?<![\w.,\\{])\d+(?![\w.,}])", r"**\g<0>**", "\n".join(lines))


def _entities(text: str) -> str:
    """Write quotes, signs and all that is not ASCII as HTML entities; line breaks as tags.

    >>> _entities("Is 1 < 2?")
    'Is 1 &lt; 2?'
    """
    escaped = html.escape(text).replace("\n", "<br>\n")
    return "".join(char if ord(char) < 128 else f"&#{ord(char)};" for char in escaped)


def _escaped(text: str) -> str:
    r"""Leave the escapes of JSON in the text.

    >>> print(_escaped("So\nit is"))
    So\nit is
    """
    return json.dumps(text)[1:-1]


def _full_width(text: str) -> str:
    """Write digits full-width.

    >>> _full_width("12")
    '１２'
    """
    return _DIGIT.sub(lambda digit: chr(ord(digit[0]) + 0xFEE0), text)


def is_chinese(text: str) -> bool:
    """Tell whether a text is Chinese rather than Japanese or anything else."""
    return len(_CHINESE.findall(text)) >= 4 and not _KANA.search(text)


@cache
def _traditional_table() -> dict[int, str] | None:
    """Return OpenCC's traditional characters by their simplified ones; None without OpenCC."""
    package = find_spec("opencc")
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / "dictionary" / "STCharacters.txt"
    pairs = (line.split("\t") for line in path.read_text("utf-8").split("\n") if "\t" in line)
    return {ord(simple): others.split()[0] for simple, others in pairs if len(simple) == 1}


def traditional(text: str) -> str:
    """Write Chinese in traditional characters, as far as OpenCC's table leads."""
    return text.translate(_traditional_table() or {})


def _always(_: str) -> bool:
    return True


def _has_latex(text: str) -> bool:
    return "\\frac" in text or bool(_MATHEMATICS.search(text))


DISGUISES: dict[str, tuple[Callable[[str], bool], Callable[[str], str]]] = {
    "LaTeX in brackets": (_has_latex, _in_brackets),
    "LaTeX taken out": (_has_latex, _without_latex),
    "Markdown bold": (_always, _bold),
    "HTML entities": (_always, _entities),
    "JSON escapes": (_always, _escaped),
    "full-width digits": (lambda text: bool(_DIGIT.search(text)), _full_width),
    "traditional characters": (
        lambda text: is_chinese(text) and _traditional_table() is not None,
        traditional,
    ),
}
"""Each disguise: of which texts it changes anything, and how."""
