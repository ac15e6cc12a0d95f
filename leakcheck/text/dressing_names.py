"""The names of dressing: LaTeX commands, entities and tags, and how they are looked up."""

from __future__ import annotations

from html.entities import name2codepoint
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.text.ascii import is_digit, is_letter
from leakcheck.text.hashing import SEED, mix, mixed

__all__ = [
    "COMMANDS",
    "ENTITIES",
    "LONGEST_NAME",
    "MAY_BEGIN",
    "TAGS",
    "DressingTable",
    "dressing_table",
    "find_name",
]

_SILENT = """
    frac dfrac tfrac cfrac left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr
    Biggl Biggr text textbf textit textrm textsf texttt textsc textup textnormal emph mathrm mathbf
    mathit mathsf mathtt mathbb mathcal mathfrak mathscr mathnormal boldsymbol bm pmb rm bf it tt sf
    sc em mbox hbox fbox boxed ensuremath operatorname displaystyle textstyle scriptstyle
    scriptscriptstyle limits nolimits tiny scriptsize footnotesize normalsize large Large LARGE huge
    Huge quad qquad enspace thinspace negthinspace hfill hspace vspace noindent newline linebreak
    newpage nonumber notag hline item centering cdot cdotp times div pm mp ast bullet le leq
    leqslant ge geq geqslant ne neq lt gt approx ldots cdots dots dotsb dotsc dotsm dotso vdots
    ddots circ degree rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow
    longrightarrow Longrightarrow mapsto begin end
"""
_NAMED = """
    nabla natural nearrow neg newcommand newenvironment nexists ngeq ni nleq nmid noalign node not
    notin nparallel nprec nsim nsubseteq nsucc nu nwarrow tag tan tanh tau tensor thanks
    therefore theta thickapprox tilde title to top triangle triangledown triangleleft triangleq
    triangleright rangle raggedright rbrace rbrack rceil ref renewcommand rfloor rgroup rho
    rightharpoonup rightharpoondown rightleftharpoons risingdotseq root rtimes rule rvert rVert
    textcolor textwidth textheight textquotesingle textasciitilde textbackslash textsuperscript
    textsubscript
"""
_BUT_FOR_ONE_LETTER = "dbinom tbinom pmod bmod"

COMMANDS = {
    **dict.fromkeys(_NAMED.split(), 0),
    **dict.fromkeys(_BUT_FOR_ONE_LETTER.split(), 1),
    **{command: len(command) for command in _SILENT.split()},
}
"""LaTeX commands with how many of their letters are dressing."""

ENTITIES = {**name2codepoint, "apos": ord("'")}
"""The named entities of HTML 4 with the code points they stand for."""

_TAGS = """
    b i u s p br hr em strong sub sup small big tt font center span div pre code blockquote
    h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tr th td
"""
TAGS = [tag for each in _TAGS.split() for tag in {each, each.upper() if len(each) > 1 else each}]
"""Formatting tags; `Box<U>` is code."""

LONGEST_NAME = 20
"""No command, entity or tag has a longer name."""

_SLOTS = 2048
_BACKSLASH, _AMPERSAND, _SLASH, _HASH = (ord(mark) for mark in "\\&/#")


class DressingTable(NamedTuple):
    """An open-addressing table from hashes of names to what they stand for.

    A name begins with the mark it stands behind: `\\frac`, `&eacute`, `<br`.
    """

    names: npt.NDArray[np.uint64]
    """Shape (2048,): the hash of a name, or 0."""
    values: npt.NDArray[np.int32]
    """Shape (2048,): letters to skip, a code point, or 1 for a tag."""


def dressing_table() -> DressingTable:
    """Build the table."""
    table = DressingTable(np.zeros(_SLOTS, np.uint64), np.zeros(_SLOTS, np.int32))
    for mark, names in (("\\", COMMANDS), ("&", ENTITIES), ("<", dict.fromkeys(TAGS, 1))):
        for name, value in names.items():
            state = int(SEED)
            for char in mark + name:
                state = mixed(state, ord(char))
            slot = state % _SLOTS
            while table.names[slot]:
                slot = (slot + 1) % _SLOTS
            table.names[slot], table.values[slot] = state, value
    return table


def _may_begin() -> npt.NDArray[np.uint8]:
    """Build `MAY_BEGIN`."""
    table = np.zeros((128, 128), np.uint8)
    for mark, names in (("\\", COMMANDS), ("&", ENTITIES), ("<", TAGS)):
        bit = np.uint8(1 << (ord(mark) >> 4 & 3))
        for name in names:
            table[ord(name[0]), ord(name[1]) if len(name) > 1 else slice(None)] |= bit
            if mark == "<":
                table[_SLASH, ord(name[0])] |= bit
    table[[ord(letter) for letter in "ntru"]] |= 1 << (_BACKSLASH >> 4 & 3)
    table[_HASH] |= 1 << (_AMPERSAND >> 4 & 3)
    return table.ravel()


MAY_BEGIN = _may_begin()
"""Shape (16384,): whether any dressing begins with a mark and the two characters behind it.

The characters have 7 bits each. Bit 1 tells it of a backslash, 2 of an ampersand, 3 of a `<`."""


@kernel
def find_name(
    data: npt.NDArray[np.uint8],
    mark: int,
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Look up the name at `at`, behind a mark; return its value, or -1, and the offset after it.

    Names behind a backslash have no digits. Of a name too long to be known 21 bytes are read.
    """
    state = mix(SEED, np.uint64(mark))
    end = min(end, at + LONGEST_NAME + 1)
    while at < end and (is_letter(data[at]) or (mark != _BACKSLASH and is_digit(data[at]))):
        state = mix(state, np.uint64(data[at]))
        at += 1
    mask = np.uint64(len(names) - 1)
    slot = state & mask
    while names[slot] != 0:
        if names[slot] == state:
            return int64(values[slot]), at
        slot = (slot + np.uint64(1)) & mask
    return int64(-1), at
