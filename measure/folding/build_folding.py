"""Build the folding table that ships with leakcheck.

    pip install opencc-python-reimplemented==0.1.7
    python measure/folding/build_folding.py

Unicode comes from the Python that runs this, traditional and simplified Chinese characters from the
table TSCharacters of OpenCC (Apache-2.0, see NOTICE). OpenCC is needed for this only.
"""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from leakcheck.text.folding import build_folding_table

TABLE = Path(__file__).parents[2] / "leakcheck" / "text" / "folding.npz"


def simplified_characters(table: str) -> dict[str, str]:
    """Read lines of a traditional character, a tab, and simplified ones, the usual one first.

    A character is led on until it is simplified; one that comes back to itself stays.

    >>> simplified_characters("a\\tb\\nb\\tc d\\ne\\te f\\n")
    {'a': 'c', 'b': 'c'}
    """
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    first = {traditional: others.split()[0] for traditional, others in pairs}
    found = {}
    for traditional in first:
        character, passed = traditional, {traditional}
        while (following := first.get(character)) and following not in passed:
            character = following
            passed.add(character)
        if character != traditional and unicodedata.normalize("NFKD", traditional) == traditional:
            found[traditional] = character
    return found


def main() -> None:
    """Build the table."""
    package = find_spec("opencc")
    if package is None or package.origin is None:
        raise SystemExit("pip install opencc-python-reimplemented==0.1.7")
    characters = Path(package.origin).parent / "dictionary" / "TSCharacters.txt"
    simplified = simplified_characters(characters.read_text("utf-8"))
    table = build_folding_table(simplified)
    np.savez_compressed(TABLE, entries=table.entries, expansions=table.expansions)
    print(f"{len(simplified)} traditional characters, Unicode {unicodedata.unidata_version}")


if __name__ == "__main__":
    main()
