"""Drawing a sample: which units, how many, and the same everywhere."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from leakcheck.corpus import CorpusFile
from leakcheck.errors import InputError
from leakcheck.scanning.plan import Plan
from leakcheck.scanning.sampling import Drawing, Sample, drawing_of
from leakcheck.verdict.estimating import estimated

MIB = 1024 * 1024
LINE = json.dumps({"text": "The harbour lay quiet, and nobody asked the gulls for an opinion."})


def file(name: str, size_bytes: int) -> CorpusFile:
    return CorpusFile(Path(name), name, size_bytes)


def drawn(sample: Sample, *files: CorpusFile) -> list[tuple[str, int, int]]:
    drawing = drawing_of(sample, files)
    return [(each.file.name, each.start_byte, each.end_byte) for each in drawing.stretches(files)]


class TestUnits:
    def test_a_file_that_can_be_cut_is_drawn_by_the_megabyte(self):
        units = drawn(Sample(0.01), file("web.jsonl", 20_000 * MIB))
        assert 150 < len(units) < 250
        assert {end - start for _, start, end in units} == {MIB}

    def test_a_small_file_is_taken_or_left_whole(self):
        files = [file(f"{number}.csv.gz", MIB) for number in range(20_000)]
        units = drawn(Sample(0.01), *files)
        assert 150 < len(units) < 250
        assert {end for _, _, end in units} == {MIB}

    def test_the_records_of_a_large_stream_are_drawn_one_by_one(self):
        large = file("web.jsonl.zst", 20_000 * MIB)
        drawing = drawing_of(Sample(0.01), [large])
        assert drawing.is_by_record(large)
        assert len(list(drawing.stretches([large]))) == 1

    def test_of_many_streams_whole_files_are_drawn_so_that_the_cost_falls(self):
        files = [file(f"{number}.jsonl.zst", 300 * MIB) for number in range(10_000)]
        drawing = drawing_of(Sample(0.01), files)
        assert not any(map(drawing.is_by_record, files))
        assert 60 < len(list(drawing.stretches(files))) < 140

    @pytest.mark.parametrize("name", ["book.txt", "book.md.gz"])
    def test_a_document_is_never_divided(self, name):
        large = file(name, 20_000 * MIB)
        assert not drawing_of(Sample(0.01), [large]).is_by_record(large)

    def test_standard_input_is_drawn_by_record(self):
        piped = CorpusFile(None, "-", 0)
        assert drawing_of(Sample(0.01), [piped]).is_by_record(piped)


class TestTheSame:
    FILES = (file("a.jsonl", 3000 * MIB), file("b.parquet", 2000 * MIB), file("c.csv", 9 * MIB))

    def test_in_any_order_of_files(self):
        sample = Sample(0.02)
        assert sorted(drawn(sample, *self.FILES)) == sorted(drawn(sample, *self.FILES[::-1]))

    def test_for_ever(self):
        # A changed hash would make samples of other versions incomparable without a word.
        units = drawn(Sample(0.001), self.FILES[0])
        assert [start // MIB for _, start, _ in units] == PINNED

    def test_another_seed_draws_another(self):
        assert drawn(Sample(0.02, 1), *self.FILES) != drawn(Sample(0.02, 2), *self.FILES)

    def test_a_larger_share_has_all_of_a_smaller(self):
        small, large = drawn(Sample(0.01), *self.FILES), drawn(Sample(0.05), *self.FILES)
        assert set(small) < set(large)


PINNED = [2481, 2955]


class TestScan:
    def test_only_drawn_records_of_a_stream_are_looked_at(self, both, tmp_path):
        lines = "".join(f"{LINE}\n" for _ in range(4000))
        (tmp_path / "web.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
        sample = Sample(0.1, file_bytes=100)
        report = both.scan([tmp_path], plan=Plan(sample=sample))
        assert 320 < report.corpus.documents < 480
        assert report.corpus.sample.units == report.corpus.documents

    def test_what_is_found_in_a_sample_is_found_in_all(self, both):
        whole = both.scan(["examples/corpus"])
        texts = set(whole.findings["fingerprint"].to_pylist())
        by_record = {
            (each.path, each.row, each.item)
            for each in whole.iter_findings()
            if each.path.endswith(".gz")
        }
        for seed in range(8):
            sample = Sample(0.4, seed, unit_bytes=1500, file_bytes=1)
            report = both.scan(["examples/corpus"], plan=Plan(sample=sample))
            assert set(report.findings["fingerprint"].to_pylist()) <= texts
            places = {
                (each.path, each.row, each.item)
                for each in report.iter_findings()
                if each.path.endswith(".gz")
            }
            assert places <= by_record

    def test_nothing_drawn_is_no_verdict(self, both, tmp_path):
        (tmp_path / "a.txt").write_text("One text alone.", "utf-8")
        with pytest.raises(InputError, match=r"the sample of 0\.01 % has no document, of 1 file;"):
            both.scan([tmp_path], plan=Plan(sample=Sample(0.0001)))

    def test_a_sample_without_a_find_is_never_clean(self, both, tmp_path):
        (tmp_path / "a.jsonl").write_text(f"{LINE}\n" * 200, "utf-8")
        report = both.scan([tmp_path], plan=Plan(sample=Sample(0.5, unit_bytes=200)))
        assert {each.verdict for each in report.benchmarks} == {"inconclusive"}
        assert "fewer than 5 of the units" in report.benchmarks[0].reason

    def test_a_sample_of_nearly_all_may_be_clean(self, both, tmp_path):
        (tmp_path / "a.jsonl").write_text(f"{LINE}\n" * 200, "utf-8")
        report = both.scan([tmp_path], plan=Plan(sample=Sample(0.96, unit_bytes=200)))
        assert {each.verdict for each in report.benchmarks} == {"clean"}

    def test_a_leak_within_the_sample_is_a_leak(self, both):
        sample = Sample(0.9, unit_bytes=1500, file_bytes=10)
        report = both.scan(["examples/corpus"], plan=Plan(sample=sample))
        assert report.benchmarks[0].verdict == "leaked"


PLANTED = {
    "one passage in each of 400 units": (1, 400),
    "20 passages in each of 400 units": (20, 400),
    "from none to 12 in every unit": (None, 4000),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize("share", [0.05, 0.2])
def test_intervals_hold_the_truth(planted, share):
    """Draw 500 samples of a corpus whose passages are known; 95 % have to hold their number."""
    each, count = planted
    dice = np.random.default_rng(5)
    in_units = np.zeros(4000, int)
    places = dice.choice(len(in_units), count, replace=False)
    in_units[places] = dice.integers(0, 13, count) if each is None else each
    corpus = file("web.jsonl", len(in_units) * MIB)
    held, estimates = 0, []
    for seed in range(500):
        drawing = Drawing(Sample(share, seed), 0)
        units = [unit.start_byte // MIB for unit in drawing.stretches([corpus])]
        told = estimated([count for count in in_units[units].tolist() if count], share)
        held += told.low <= in_units.sum() <= told.high
        estimates.append(told.passages)
    assert held >= 0.94 * 500
    assert np.mean(estimates) == pytest.approx(in_units.sum(), rel=0.03)
