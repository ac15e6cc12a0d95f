"""Benchmarks of our own invention, from texts or from bare codes to all that a scan loads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from leakcheck.benchmark.build import build_pack
from leakcheck.benchmark.calibration import Calibration, ChanceTail, Tail
from leakcheck.benchmark.card import FIELDS, Card, Source, Split
from leakcheck.benchmark.items import Item
from leakcheck.benchmark.pack import FieldTokens, Pack, PackHeader, Wholes
from leakcheck.detection.catalogue import Benchmark

Fields = Mapping[str, str]
Code = tuple[int, float, bool]

RARE_IN_CHANCE = Tail(log2_rate=-4.0, decay=0.1, observed=200)
RARELY_VERBATIM = ChanceTail(log2_rate=-11.0, least_bits=70.0, decay=0.1, near=200)
RARELY_OTHERWISE = ChanceTail(log2_rate=-10.5, least_bits=65.0, decay=0.1, near=200)


# Whether a test passes does not depend on how fast the machine is, or on what else it does.
settings.register_profile(
    "untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that mostly wait, so that another process works meanwhile."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/scanning/engines/"))


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory) -> Iterator[Iterator[Path]]:
    """Name a folder for each test; what is made for several of them has one too.

    Each is made by what it is needed for, as a user's is: thousands of folders take their time.
    """
    room = tmp_path_factory.mktemp("caches")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAKCHECK_CACHE_DIR", str(room / "shared"))
        yield (room / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, caches) -> None:
    """Keep packs and last runs of tests out of the user's cache."""
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(next(caches)))


@pytest.fixture(scope="session")
def make_card() -> Callable[..., Card]:
    """Make a card of splits with so many items each; `roles` where a split is not its own role."""

    def make(items: Mapping[str, int], *, name: str = "riddles", roles=(), **changes) -> Card:
        splits = [
            Split(split, dict(roles).get(split, split), f"{split}.jsonl", count)
            for split, count in items.items()
        ]
        card = {
            "name": name,
            "title": "Riddles",
            "publisher": "nobody",
            "licence": "Apache-2.0",
            "language": "en",
            "in_distribution": "hard",
            "in_distribution_reason": "made up",
            "item_id": "{split}/{n}",
            "sources": [Source("nobody/riddles", ".", "7")],
            "splits": splits,
            "fields": {"question": ["question"], "answer": ["answer"]},
        }
        return Card(**{**card, **changes})

    return make


@pytest.fixture(scope="session")
def make_benchmark(make_card) -> Callable[..., Benchmark]:
    """Make a benchmark of texts: item names with their fields, or with their question alone."""

    def make(
        texts: Mapping[str, str | Fields],
        *,
        threshold_bits: float = 80.0,
        null_bits: float = 0.0,
        by_document: Tail = RARE_IN_CHANCE,
        verbatim_chance: ChanceTail = RARELY_VERBATIM,
        other_chance: ChanceTail = RARELY_OTHERWISE,
        **card,
    ) -> Benchmark:
        items = [
            Item(
                name,
                name.partition("/")[0],
                {"question": fields} if isinstance(fields, str) else dict(fields),
            )
            for name, fields in texts.items()
        ]
        made = make_card(Counter(item.split for item in items), **card)
        pack = build_pack(made, items)
        calibration = Calibration(
            pack=pack.checksum(),
            by_document=by_document,
            by_item=RARE_IN_CHANCE,
            documents=1000,
            nulls=np.full(len(items), null_bits, np.float32),
            thresholds=np.full(len(items), threshold_bits, np.float32),
            verbatim_chance=verbatim_chance,
            other_chance=other_chance,
        )
        return Benchmark(made, pack, calibration)

    return make


@pytest.fixture(scope="session")
def pack_of_codes() -> Callable[..., Pack]:
    """Make a pack of bare tokens: for each item, fields as lists of (code, bits, is a number)."""

    def make(items: Sequence[Mapping[str, Sequence[Code]]]) -> Pack:
        fields = {}
        for field in FIELDS:
            rows = [list(item.get(field, ())) for item in items]
            tokens = [token for row in rows for token in row]
            fields[field] = FieldTokens(
                offsets=np.cumsum([0, *map(len, rows)]).astype(np.int64),
                codes=np.array([code for code, _, _ in tokens], np.uint16),
                weights=FieldTokens.weights_of(
                    np.array([bits for _, bits, _ in tokens], np.float64),
                    np.array([number for _, _, number in tokens], np.bool_),
                ),
            )
        return Pack(
            header=PackHeader("codes", ["7"]),
            items=tuple(f"test/{n}" for n in range(len(items))),
            splits=("test",) * len(items),
            families=np.arange(len(items), dtype=np.int32),
            symbols=np.zeros(len(items), np.uint64),
            wholes=Wholes(
                np.zeros(len(items), np.uint64),
                *(np.zeros(len(items), np.uint16) for _ in range(3)),
            ),
            fields=fields,
        )

    return make
