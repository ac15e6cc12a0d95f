"""Dressing: marks that change how a text is written down and not what it says.

Each piece of it is read as one character: a letter where it stands for one (`&eacute;`,
`\\u00e9`), a space where it does not.

- JSON escapes: `\\n`, `\\t`, `\\r` and `\\uXXXX`. `\\nu` and `\\theta` are LaTeX, `C:\\new` a path.
- LaTeX: a command that only lays out or that stands for a sign, which tokens leave out too
  (`\\frac`, `\\left`, `\\text`, `\\cdot`), as well as `\\begin{...}` and `\\end{...}`. Other
  commands keep their name: `\\sqrt`.
- HTML: entities, and tags that only format (`<br>`, `<p class="x">`), escaped ones too.

What is not known to be dressing is none: `AT&T;`, `a<b`, `\\bword\\b`.
"""

from __future__ import annotations

from html.entities import name2codepoint
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel

__all__ = [
    "COMMANDS",
    "ENTITIES",
    "LONGEST_NAME",
    "LONGEST_TAG",
    "MAY_BEGIN",
    "TAGS",
    "DressingTable",
    "decode",
    "dressing_table",
    "may_be_dressing",
    "may_be_letter",
    "next_character",
    "undress",
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
LONGEST_TAG = 300
"""A tag with its attributes has at most so many bytes after its name."""
_LONGEST_PATH = 200

_SLOTS = 2048
_SEED = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_MISSING = int64(-1)
_SPACE = 32
_TO_FULL_WIDTH = 0xFEE0
_BACKSLASH, _AMPERSAND, _LESS, _GREATER = (ord(mark) for mark in "\\&<>")
_BEGIN_BRACE, _END_BRACE = ord("{"), ord("}")
_SEMICOLON, _HASH, _SLASH, _EQUALS, _COLON = (ord(mark) for mark in ";#/=:")
_STAR, _HYPHEN, _POINT, _UNDERSCORE = (ord(mark) for mark in "*-._")
_GREATER_ENTITY = np.frombuffer(b"&gt;", np.uint8)
_GREATER_ESCAPE = np.frombuffer(b"\\u003e", np.uint8)


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
            state = int(_SEED)
            for char in mark + name:
                state = (state ^ ord(char)) * int(_PRIME) & 0xFFFFFFFFFFFFFFFF
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


@inlined
def _is_letter(byte: int) -> bool:
    return 97 <= byte | 32 <= 122


@inlined
def _is_digit(byte: int) -> bool:
    return 48 <= byte <= 57


@kernel
def decode(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Decode the code point at `at` of valid UTF-8; return it and the offset of the next."""
    lead = int64(data[at])
    if lead < 0x80:
        return lead, at + 1
    if lead < 0xE0 and at + 1 < end:
        return (lead & 0x1F) << 6 | int64(data[at + 1]) & 0x3F, at + 2
    if lead < 0xF0 and at + 2 < end:
        middle = (int64(data[at + 1]) & 0x3F) << 6
        return (lead & 0x0F) << 12 | middle | int64(data[at + 2]) & 0x3F, at + 3
    if at + 3 < end:
        upper = (int64(data[at + 1]) & 0x3F) << 12 | (int64(data[at + 2]) & 0x3F) << 6
        return (lead & 0x07) << 18 | upper | int64(data[at + 3]) & 0x3F, at + 4
    return 0, end


@kernel
def next_character(
    data: npt.NDArray[np.uint8],
    begin: int,
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Read a character or a piece of dressing; return its code point and the offset after it."""
    byte = data[at]
    if byte >= 128:
        return decode(data, at, end)
    if may_be_dressing(byte):
        return undress(data, begin, at, end, names, values)
    return int64(byte), at + 1


@inlined
def may_be_dressing(byte: int) -> bool:
    """Tell if a piece of dressing could begin with this byte."""
    return byte in (_BACKSLASH, _AMPERSAND, _LESS)


@inlined
def may_be_letter(data: npt.NDArray[np.uint8], at: int, end: int) -> bool:
    """Tell if an entity or an escape at `at` could stand for a letter."""
    byte = data[at]
    return bool(
        byte == _AMPERSAND or (byte == _BACKSLASH and at + 1 < end and data[at + 1] == ord("u"))
    )


@kernel
def undress(
    data: npt.NDArray[np.uint8],
    begin: int,
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Read the dressing that a backslash, an ampersand or a `<` at `at` may begin.

    `begin` is the start of the text. Return the code point that it stands for, letters and digits
    of ASCII as full-width ones and all else of ASCII as a space, and the offset after it.
    """
    code_point, following = int64(_LESS), at + 1
    if data[at] == _BACKSLASH:
        if may_be_letter(data, at, end):
            code_point, following = _unicode_escape(data, at, end)
        else:
            code_point = _MISSING
        if code_point < 0:
            return _SPACE, _after_command(data, begin, at, end, names, values)
    elif data[at] == _AMPERSAND:
        code_point, following = _entity(data, at, end, names, values)
    if code_point == _LESS:
        after_tag = _after_tag(data, following, end, names, values)
        return _SPACE, (after_tag if after_tag >= 0 else following)
    if code_point >= 128:
        return code_point, following
    if _is_letter(code_point) or _is_digit(code_point):
        return code_point + _TO_FULL_WIDTH, following
    return _SPACE, following


@kernel
def _look_up(state: np.uint64, names: npt.NDArray[np.uint64], values: npt.NDArray[np.int32]) -> int:
    """Return the value of the name with this hash, or -1."""
    mask = np.uint64(len(names) - 1)
    slot = state & mask
    while names[slot] != 0:
        if names[slot] == state:
            return int64(values[slot])
        slot = (slot + np.uint64(1)) & mask
    return _MISSING


@kernel
def _name(
    data: npt.NDArray[np.uint8], mark: int, at: int, end: int, with_digits: bool
) -> tuple[np.uint64, int]:
    """Hash the name at `at`, or 21 bytes of a longer one; return the hash and the offset after."""
    state = (_SEED ^ np.uint64(mark)) * _PRIME
    end = min(end, at + LONGEST_NAME + 1)
    while at < end and (_is_letter(data[at]) or (with_digits and _is_digit(data[at]))):
        state = (state ^ np.uint64(data[at])) * _PRIME
        at += 1
    return state, at


@kernel
def _hexadecimal(byte: int) -> int:
    """Return the value of a hexadecimal digit, or -1."""
    if _is_digit(byte):
        return int64(byte) - 48
    lower = int64(byte) | 32
    return lower - 87 if 97 <= lower <= 102 else _MISSING


@kernel
def _code_unit(data: npt.NDArray[np.uint8], at: int, end: int) -> int:
    """Return the four hexadecimal digits of an escape at `at`, or -1."""
    if at + 6 > end or data[at] != _BACKSLASH or data[at + 1] != ord("u"):
        return _MISSING
    unit = int64(0)
    for place in range(at + 2, at + 6):
        digit = _hexadecimal(data[place])
        if digit < 0:
            return _MISSING
        unit = unit << 4 | digit
    return unit


@kernel
def _unicode_escape(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Read one or, for a surrogate pair, two escapes; the code point is -1 where there is none."""
    unit = _code_unit(data, at, end)
    if 0xD800 <= unit < 0xDC00:
        low = _code_unit(data, at + 6, end)
        if 0xDC00 <= low < 0xE000:
            return 0x10000 + ((unit & 0x3FF) << 10 | low & 0x3FF), at + 12
    if 0xD800 <= unit < 0xE000:
        return _SPACE, at + 6
    return unit, at + 6


@kernel
def _after_command(
    data: npt.NDArray[np.uint8],
    begin: int,
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> int:
    """Return the offset after the dressing of what a backslash at `at` begins."""
    if at + 1 >= end or not _is_letter(data[at + 1]):
        return at + 1
    state, stop = _name(data, _BACKSLASH, at + 1, end, False)
    letters = _look_up(state, names, values)
    if letters >= 0:
        if stop - at - 1 == letters:
            return _after_environment(data, at, stop, end)
        return at + 1 + letters
    first = data[at + 1]
    if first != ord("n") and first != ord("t") and first != ord("r"):
        return at + 1
    small = at + 2 < end and 97 <= data[at + 2] <= 122
    return at + 1 if small and _is_in_path(data, begin, at) else at + 2


@kernel
def _after_environment(data: npt.NDArray[np.uint8], at: int, stop: int, end: int) -> int:
    """Return the offset after the `{name}` at `stop` if the command at `at` begins or ends one."""
    begins = stop - at == 6 and data[at + 1] == ord("b") and data[at + 2] == ord("e")
    ends = stop - at == 4 and data[at + 1] == ord("e") and data[at + 2] == ord("n")
    if not (begins or ends) or stop >= end or data[stop] != _BEGIN_BRACE:
        return stop
    close = stop + 1
    while close < end and (_is_letter(data[close]) or data[close] == _STAR):
        close += 1
    return close + 1 if close < end and data[close] == _END_BRACE else stop


@kernel
def _is_in_path(data: npt.NDArray[np.uint8], begin: int, at: int) -> bool:
    """Tell if a path with the letter of a drive leads to the backslash at `at`.

    `Q:` and `A:` begin questions and answers.
    """
    begin = max(begin, at - _LONGEST_PATH)
    place = at - 1
    while place >= begin:
        byte = data[place]
        if byte == _COLON:
            drive = data[place - 1] | 32 if place > begin else 0
            alone = place - 1 <= begin or not _is_letter(data[place - 2])
            return bool(_is_letter(drive) and drive != 97 and drive != 113 and alone)
        named = _is_letter(byte) or _is_digit(byte) or byte == _BACKSLASH
        if not named and byte != _POINT and byte != _UNDERSCORE and byte != _HYPHEN:
            return False
        place -= 1
    return False


@kernel
def _entity(
    data: npt.NDArray[np.uint8],
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Read the entity that an ampersand at `at` begins, or the one escaped by `&amp;`."""
    following = at + 1
    code_point = int64(_AMPERSAND)
    while code_point == _AMPERSAND:
        if following < end and data[following] == _HASH:
            found, stop = _number_of(data, following + 1, end)
        else:
            state, stop = _name(data, _AMPERSAND, following, end, True)
            found = _look_up(state, names, values)
        if found < 0 or stop >= end or data[stop] != _SEMICOLON:
            break
        code_point, following = found, stop + 1
    return code_point, following


@kernel
def _number_of(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Read the digits of a numeric entity; return -1 if they are none, or too many."""
    base = int64(10)
    if at < end and data[at] | 32 == ord("x"):
        base = int64(16)
        at += 1
    value = int64(0)
    start = at
    while at < end and at - start < 8:
        digit = _hexadecimal(data[at])
        if digit < 0 or digit >= base:
            break
        value = value * base + digit
        at += 1
    if at == start or value > 0x10FFFF:
        return _MISSING, at
    return (_SPACE if 0xD800 <= value < 0xE000 else value), at


@kernel
def _starts_with(
    data: npt.NDArray[np.uint8], at: int, end: int, prefix: npt.NDArray[np.uint8]
) -> bool:
    if at + len(prefix) > end:
        return False
    for place in range(len(prefix)):  # noqa: SIM110  numba knows no all()
        if data[at + place] != prefix[place]:
            return False
    return True


@kernel
def _after_greater(data: npt.NDArray[np.uint8], at: int, end: int) -> int:
    """Return the offset after a `>` at `at`, which may be escaped, or -1."""
    if at < end and data[at] == _GREATER:
        return at + 1
    if _starts_with(data, at, end, _GREATER_ENTITY):
        return at + len(_GREATER_ENTITY)
    if _starts_with(data, at, end, _GREATER_ESCAPE):
        return at + len(_GREATER_ESCAPE)
    return _MISSING


@kernel
def _after_tag(
    data: npt.NDArray[np.uint8],
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> int:
    """Return the offset after a formatting tag whose `<` stands before `at`, or -1."""
    if at < end and data[at] == _SLASH:
        at += 1
    state, at = _name(data, _LESS, at, end, True)
    if _look_up(state, names, values) < 0:
        return _MISSING
    end = min(end, at + LONGEST_TAG)
    name_end = at
    while at < end and data[at] == _SPACE:
        at += 1
    if at > name_end and at < end and _is_letter(data[at]):
        return _after_attributes(data, at, end)
    if at < end and data[at] == _SLASH:
        at += 1
    return _after_greater(data, at, end)


@kernel
def _after_attributes(data: npt.NDArray[np.uint8], at: int, end: int) -> int:
    """Return the offset after a tag whose first attribute stands at `at`, or -1."""
    while at < end and (_is_letter(data[at]) or data[at] == _HYPHEN or data[at] == _COLON):
        at += 1
    if at >= end or data[at] != _EQUALS:
        return _MISSING
    while at < end and data[at] != _LESS:
        after = _after_greater(data, at, end)
        if after >= 0:
            return after
        at += 1
    return _MISSING
