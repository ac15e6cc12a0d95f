"""Shards of one scan, put together: the same report as without them, or a reason why not."""

from __future__ import annotations

import json
import shutil

import pytest

from leakcheck.errors import RunError
from leakcheck.run.store import read_run, write_run
from leakcheck.scanning.merging import merge
from leakcheck.scanning.plan import Plan
from leakcheck.scanning.sampling import Sample
from leakcheck.scanning.tasks import Division

SAMPLE = Sample(0.6, 3, unit_bytes=1500, file_bytes=3000)


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_shards_are_merged_to_the_report_of_all(both, shards, outputs, count):
    merged = merge(shards(count)[::-1])
    assert outputs(merged) == outputs(both.scan(["examples/corpus"]))


def test_the_corpus_need_not_be_at_hand(both, shards, monkeypatch, tmp_path):
    runs, whole = shards(2), both.scan(["examples/corpus"])
    monkeypatch.chdir(tmp_path)
    write_run(whole, tmp_path / "whole")
    write_run(merge(runs), tmp_path / "merged")
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "merged" / path.name).read_bytes() == path.read_bytes()


def test_shards_of_a_sample_are_merged_too(both, shards, outputs):
    merged = merge(shards(3, sample=SAMPLE))
    whole = both.scan(["examples/corpus"], plan=Plan(sample=SAMPLE))
    assert outputs(merged) == outputs(whole)
    assert merged.corpus.sample.estimates


def test_a_shard_names_what_stands_inside_of_a_file_by_its_byte(shards):
    paths = set(read_run(shards(3)[0]).findings["path"].to_pylist())
    assert "examples/corpus/books.parquet" in paths
    assert any(path.startswith("examples/corpus/chat.jsonl#byte=") for path in paths)


def test_every_task_is_done_by_one_shard(shards):
    runs = shards(3)
    names = [path.name for run in runs for path in (run / "parts").glob("*.parquet")]
    assert len(names) == len(set(names)) == 15
    assert sum(read_run(run).corpus.documents for run in runs) == 334


class TestRefused:
    def test_a_missing_shard_is_named(self, shards):
        runs = shards(4)
        with pytest.raises(RunError, match=r"missing of 4 shards: 2/4, 4/4; name their runs too"):
            merge([runs[2], runs[0]])

    def test_a_shard_named_twice_is_told(self, shards, tmp_path):
        runs = shards(2)
        shutil.copytree(runs[0], tmp_path / "copy")
        with pytest.raises(RunError, match="both are shard 1; leave one out"):
            merge([*runs, tmp_path / "copy"])

    def test_an_unfinished_shard_is_told(self, shards):
        runs = shards(2)
        (runs[1] / "run.json").unlink()
        with pytest.raises(RunError, match="shard 2 of 2 is not finished; give the same command"):
            merge(runs)

    def test_a_whole_scan_is_no_shard(self, both, shards, tmp_path):
        write_run(both.scan(["examples/corpus"]), tmp_path / "whole")
        with pytest.raises(RunError, match="give both to one `leakcheck scan`"):
            merge([*shards(1), tmp_path / "whole"])

    def test_a_folder_without_a_run_is_told(self, tmp_path):
        with pytest.raises(RunError, match="no run is there"):
            merge([tmp_path])

    def test_shards_of_another_division_do_not_fit(self, shards, tmp_path):
        first = shards(2)[0].rename(tmp_path / "first")
        shutil.rmtree(tmp_path / "shard-2-of-2")
        other = shards(2, division=Division(3000, 6000))[1]
        with pytest.raises(RunError, match="division stretch_bytes was 2000 and is 3000"):
            merge([first, other])

    def test_shards_that_saw_other_files_do_not_fit(self, both, shards, tmp_path, monkeypatch):
        corpus = tmp_path / "examples" / "corpus"
        shutil.copytree("examples/corpus", corpus)
        monkeypatch.chdir(tmp_path)
        first = shards(2)[0].rename(tmp_path / "first")
        (corpus / "chat.jsonl").write_text('{"text": "new"}\n', "utf-8")
        other = shards(2)[1]
        with pytest.raises(RunError, match=r"examples/corpus/chat.jsonl changed between them"):
            merge([first, other])

    def test_a_missing_part_is_told(self, shards):
        runs = shards(2)
        next((runs[1] / "parts").glob("*.parquet")).unlink()
        with pytest.raises(RunError, match="is missing; give the command of this shard again"):
            merge(runs)

    def test_a_damaged_part_is_told(self, shards):
        runs = shards(2)
        next((runs[1] / "parts").glob("*.parquet")).write_bytes(b"PAR1")
        with pytest.raises(RunError, match=r"damaged \(.*give the command of this shard again"):
            merge(runs)

    @pytest.mark.parametrize("name", ["settings.json", "files.arrow"])
    def test_damaged_records_of_a_shard_are_told(self, shards, name):
        runs = shards(1)
        (runs[0] / "parts" / name).write_bytes(b"{")
        with pytest.raises(RunError, match=name):
            merge(runs)

    def test_another_pack_is_told(self, shards):
        runs = shards(1)
        for path in (runs[0] / "run.json", runs[0] / "parts" / "settings.json"):
            told = json.loads(path.read_text("utf-8"))
            told["settings"]["packs"][1]["checksum"] = "0" * 32
            path.write_text(json.dumps(told), "utf-8")
        with pytest.raises(RunError, match="made with another pack of demo_trivia"):
            merge(runs)

    def test_another_version_is_told(self, shards):
        runs = shards(1)
        path = runs[0] / "parts" / "settings.json"
        told = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(told | {"version": "0.0.1"}), "utf-8")
        with pytest.raises(RunError, match=r"made by leakcheck 0\.0\.1"):
            merge(runs)
