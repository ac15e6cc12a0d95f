"""Published criteria on leakcheck's tokens: what paper X would have flagged in this corpus.

The flow: packs give the items as token sequences (`sequences`) and a table of their n-grams
(`grams`); the corpus is read as tokens (`reading`), and every stretch that a document shares with
an item is a run (`runs`). Runs become evidence no larger than the items (`seen`), of the corpus as
a whole (`over_corpus`), of the best document (`in_document`) or of its best paragraph
(`in_paragraph`), on which each criterion (`criteria`) decides (`by_tokens`); criteria on characters
look for substrings of the items' own texts (`by_characters`, `texts`). `looking` does that for a
corpus; `reporting` makes a `Report` of one preset, `comparing` a table of many beside leakcheck's
own.

No published criterion asks which split a text is from: the same text flags items of all splits,
and an item of the train split is as contaminated as one of the test.

To add a preset, write a module in `criteria` and a row here. Importing this loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from leakcheck.benchmark.names import unknown_name
from leakcheck.errors import UsageError

if TYPE_CHECKING:
    from leakcheck.presets.record import Preset

__all__ = ["NEED_TEXTS", "PRESETS", "preset_of"]

PRESETS: dict[str, tuple[str, str]] = {
    "gpt3": ("gpt3", "PRESET"),
    "palm": ("palm", "PRESET"),
    "llama2": ("llama2", "PRESET"),
    "contam-token-match": ("contam", "TOKEN_MATCH"),
    "contam-ngram-match": ("contam", "NGRAM_MATCH"),
    "contam-token-extend": ("contam", "TOKEN_EXTEND"),
    "contam-longest-match": ("contam", "LONGEST_MATCH"),
    "llama3": ("llama3", "PRESET"),
    "tulu3": ("tulu3", "PRESET"),
    "s1": ("s1", "PRESET"),
    "lm-eval": ("lm_eval", "PRESET"),
    "decon": ("decon", "PRESET"),
    "deepseek": ("deepseek", "PRESET"),
    "qwen2": ("qwen2", "PRESET"),
    "helm": ("helm", "PRESET"),
    "datatrove": ("datatrove", "PRESET"),
    "marin": ("marin", "PRESET"),
    "corpus-assay": ("corpus_assay", "PRESET"),
    "gpt4": ("gpt4", "PRESET"),
    "bigcode": ("bigcode", "PRESET"),
    "dolma": ("dolma", "PRESET"),
}
"""The presets by name: the module in `criteria` and the name in it, in the order of tables."""

NEED_TEXTS = frozenset({"gpt4", "bigcode", "dolma"})
"""Those that decide by characters, which packs do not keep."""


def preset_of(name: str) -> Preset:
    """Return the preset of a name.

    Raises:
        UsageError: there is none; the nearest names are in the message.

    >>> preset_of("palm").threshold
    0.7
    """
    if name not in PRESETS:
        raise UsageError(unknown_name(name, list(PRESETS), "preset"))
    module, attribute = PRESETS[name]
    found: Preset = getattr(import_module(f"leakcheck.presets.criteria.{module}"), attribute)
    return found
