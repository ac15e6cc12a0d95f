"""Building a benchmark from the publisher's files: pack, calibration, and what background does."""

from __future__ import annotations

import json

import pytest

from leakcheck.benchmark.calibration import read_calibration
from leakcheck.benchmark.pack import read_pack
from leakcheck.benchmark.seal import open_pack
from leakcheck.calibration import build_benchmark
from leakcheck.calibration.build import LEAST_BITS, MARGIN_BITS
from leakcheck.errors import BenchmarkFilesError, InputError

TEST = [
    "The harbour master of Saxcombe counts 41 herring boats and 17 copper lanterns at dusk.",
    "Grandmother Ottilie stacks 230 jars of quince jelly on the cellar shelf by the window.",
    "Who?",
]
TEMPLATE = (
    "The beacon of {} burns {} barrels of walnut oil a night until the last of the frigates has "
    "come home from the whaling grounds, and the warden then snuffs each wick with a brass thimble."
)
TRAIN = [TEMPLATE.format("Tarbrook", 31), TEMPLATE.format("Ulverdale", 77)]
OTHER = [f"It was {n} o'clock and nobody came." for n in range(6000)]
# Says most of the second item without being made from it.
ECHO = "Grandmother Ottilie stacks no jars of quince jelly on the shelf; her window is bare."


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "publisher"
    folder.mkdir()
    for split, questions in (("test", TEST), ("train", TRAIN)):
        lines = [json.dumps({"question": each, "answer": "Yes"}) for each in questions]
        (folder / f"{split}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def build(tmp_path, source, make_card):
    """Build the benchmark, with background documents or without; return what was written."""

    def build_with(background: list[str] | None = None, name: str = "riddles"):
        path = None
        if background is not None:
            path = tmp_path / "background.jsonl"
            path.write_text("\n".join(json.dumps({"text": each}) for each in background))
        card = make_card({"test": 3, "train": 2}, name=name)
        written = build_benchmark(card, source, tmp_path / "packs", path)
        assert written == [
            tmp_path / "packs" / f"{name}.parquet",
            tmp_path / "packs" / f"{name}.calibration.parquet",
        ]
        pack = read_pack(written[0])
        return pack, read_calibration(written[1], pack)

    return build_with


def test_files_that_do_not_fit_the_card_write_nothing(build, source, tmp_path):
    (source / "train.jsonl").unlink()
    with pytest.raises(BenchmarkFilesError, match=r"train\.jsonl: no such file"):
        build()
    assert not (tmp_path / "packs").exists()


def test_background_that_is_not_there_is_refused(tmp_path, source, make_card):
    card = make_card({"test": 3, "train": 2})
    with pytest.raises(InputError, match=r"absent\.jsonl"):
        build_benchmark(card, source, tmp_path / "packs", tmp_path / "absent.jsonl")


def test_background_without_any_text_is_refused(tmp_path, source, make_card):
    (tmp_path / "empty.jsonl").write_text('{"title": "no text here"}\n')
    with pytest.raises(InputError, match=r"empty\.jsonl"):
        build_benchmark(
            make_card({"test": 3, "train": 2}), source, tmp_path / "packs", tmp_path / "empty.jsonl"
        )


def test_without_background_every_item_has_a_threshold(build):
    pack, calibration = build()
    assert pack.items == ("test/0", "test/1", "test/2", "train/0", "train/1")
    assert calibration.documents == 0
    assert (calibration.thresholds >= LEAST_BITS).all()
    assert calibration.nulls.tolist() == [0.0] * 5


def test_items_of_one_template_are_a_family(build):
    pack, _ = build()
    assert pack.families.tolist() == [0, 1, 2, 3, 3]


def test_a_short_question_needs_more_evidence(build):
    _, calibration = build(OTHER)
    assert calibration.thresholds[2] > calibration.thresholds[0]


def test_background_that_has_nothing_of_an_item_changes_nothing_for_it(build):
    _, without = build()
    _, calibration = build(OTHER[:50])
    assert calibration.documents == 50
    assert calibration.nulls.tolist() == without.nulls.tolist()


def test_an_item_that_the_background_nearly_says_has_a_higher_threshold(build):
    _, before = build(OTHER)
    _, after = build([*OTHER[1:], ECHO])
    assert after.nulls[1] > 60
    assert after.thresholds[1] >= after.nulls[1] + MARGIN_BITS - 0.01
    assert after.thresholds[1] > before.thresholds[1]
    assert after.nulls[0] == before.nulls[0]


def test_an_item_that_the_background_quotes_in_full_counts_as_verbatim_there(build):
    _, without = build(["Nothing."] * 40)
    _, calibration = build([*["Nothing."] * 39, TEST[1]])
    assert calibration.nulls[1] == without.nulls[1]
    assert calibration.verbatim_chance.found == 1
    assert calibration.verbatim_chance.rate(70) > without.verbatim_chance.rate(70)


def test_more_background_without_a_match_makes_thresholds_no_higher(build):
    _, few = build(OTHER[:50])
    _, many = build(OTHER)
    assert (many.thresholds <= few.thresholds).all()
    assert many.thresholds.min() == LEAST_BITS


def test_building_twice_gives_the_same(build):
    first, second = build([ECHO], name="once"), build([ECHO], name="again")
    assert first[0].checksum() == second[0].checksum()
    assert first[1].thresholds.tolist() == second[1].thresholds.tolist()
    assert first[1].by_document == second[1].by_document


def test_the_summary_counts_what_can_be_found_by_split(build):
    _, calibration = build()
    assert calibration.summary is not None
    assert calibration.summary.items == {"test": 3, "train": 2}
    assert calibration.summary.testable == {"test": 2, "train": 2}  # "Who?" cannot be found
    assert calibration.summary.null_bits == 0.0


def test_a_sealed_pack_has_the_calibration_of_an_open_one(build, source, tmp_path, make_card):
    pack, calibration = build()
    key = b"a tide of paper boats"
    sealed_path, path = build_benchmark(
        make_card({"test": 3, "train": 2}, name="sealed"), source, tmp_path / "packs", None, key
    )
    opened = open_pack(sealed_path, [key])
    assert opened.checksum() == pack.checksum()
    sealed = read_calibration(path, opened)
    assert sealed.thresholds.tolist() == calibration.thresholds.tolist()
