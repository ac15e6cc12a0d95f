"""A copy of a corpus without what leaks.

The flow: `choice` says which findings go, `plan` gathers them by file and record; `layout` names
what the copy will hold, beside data files too; `copying` writes it, file by file, with text formats
cut in their bytes (`text_files`, passages out of records by `json_strings` and `cells`) and columns
rewritten (`parquet`, `arrow`, passages by `nested`), through the same compression (`compressing`).
`checking` scans the result again and takes out what is left; `manifest` notes all of it, and
`folder` puts the whole in its place at the end. `dolma` writes attribute files in place of a copy.
"""

from __future__ import annotations

from leakcheck.cleaning.choice import Also, Drop, Wanted
from leakcheck.cleaning.cleaned import Cleaned
from leakcheck.cleaning.cleaning import clean
from leakcheck.cleaning.dolma import Tagged, write_attributes

__all__ = ["Also", "Cleaned", "Drop", "Tagged", "Wanted", "clean", "write_attributes"]
