"""What an index answers: with its corpus the findings of a scan, without it no other ones."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

import leakcheck
from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.searching.search import find_in_index
from leakcheck.corpus_index.stored.store import open_index
from leakcheck.detection.catalogue import load_benchmark, load_catalogue
from leakcheck.errors import CorpusIndexError

from ..planted import BENCHES, QUESTIONS, filler, write_corpus

PLAIN = "The ferry of Saxcombe leaves at seven, and nobody has ever asked it to wait for the tide."


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue([load_benchmark(name) for name in BENCHES])


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def direct(*paths, **options):
    return leakcheck.scan([*paths], bench=BENCHES, **options).iter_findings()


def asked(catalogue, scale=1, paths=("corpus",), **options):
    """Index a corpus, and return what the index says."""
    build_index(list(paths), Path("x.lki"), scale=scale, **options)
    return find_in_index(open_index("x.lki"), catalogue, 2)


def unscaled(findings):
    """Return findings with what does not depend on the size of the corpus."""
    return [(f.bench, f.item, f.kind, f.bits, f.path, f.row, f.start, f.end) for f in findings]


def places(findings):
    return {(f.bench, f.item, f.path, f.row) for f in findings}


def write_lines(path: Path, texts) -> None:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")


def test_nothing_is_found_where_nothing_is(catalogue):
    Path("corpus").mkdir()
    write_lines(Path("corpus/a.jsonl"), [PLAIN] * 20)
    answer = asked(catalogue)
    assert (answer.findings, answer.candidates, answer.lost) == ([], 0, [])


@pytest.mark.parametrize("seed", range(6))
def test_at_scale_1_an_index_finds_what_a_scan_finds(seed):
    write_corpus(Path("corpus"), seed)
    build_index(["corpus"], Path("x.lki"), scale=1)
    expected = direct("corpus")
    report = leakcheck.scan(["x.lki"], bench=BENCHES)
    assert report.corpus.index.from_fingerprints == 0
    assert len(expected) > 50
    assert report.iter_findings() == expected


@pytest.mark.parametrize("seed", range(10, 13))
def test_at_scale_4_it_finds_nothing_else_and_nearly_all(catalogue, seed):
    write_corpus(Path("corpus"), seed)
    answer = asked(catalogue, scale=4)
    found, expected = places(answer.findings), places(direct("corpus"))
    assert found <= expected
    assert len(found) > 0.9 * len(expected)
    assert set(unscaled(answer.findings)) <= set(unscaled(direct("corpus")))


def test_at_scale_4_copies_are_found(catalogue):
    Path("corpus").mkdir()
    write_lines(Path("corpus/a.jsonl"), [text for _, text in QUESTIONS])
    found = places(asked(catalogue, scale=4).findings)
    expected = places(f for f in direct("corpus") if f.kind == "verbatim")
    assert len(found & expected) >= 0.98 * len(expected)


def test_files_are_read_again_from_another_folder(catalogue, monkeypatch):
    write_corpus(Path("corpus"), 3)
    expected = unscaled(direct("corpus"))
    asked(catalogue)
    Path("elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    answer = find_in_index(open_index("../x.lki"), catalogue, 2)
    assert unscaled(answer.findings) == expected
    assert answer.lost == []


def test_a_corpus_that_moved_with_its_index_is_found_by_its_relative_path(catalogue, monkeypatch):
    Path("old").mkdir()
    monkeypatch.chdir("old")
    write_corpus(Path("corpus"), 4)
    expected = unscaled(direct("corpus"))
    asked(catalogue)
    monkeypatch.chdir("..")
    Path("old").rename("new")
    monkeypatch.chdir("new")
    answer = find_in_index(open_index("x.lki"), catalogue, 2)
    assert (unscaled(answer.findings), answer.lost) == (expected, [])


class TestWithoutTheCorpus:
    @pytest.mark.parametrize("scale", [1, 4])
    def test_nothing_is_found_in_other_text(self, catalogue, scale):
        Path("corpus").mkdir()
        write_lines(Path("corpus/a.jsonl"), [PLAIN, QUESTIONS[0][1][:40]] * 20)
        asked(catalogue, scale)
        shutil.rmtree("corpus")
        assert find_in_index(open_index("x.lki"), catalogue, 2).findings == []

    @pytest.mark.parametrize("scale", [1, 4])
    def test_copies_keep_their_place_split_and_role(self, catalogue, scale):
        Path("corpus").mkdir()
        write_lines(Path("corpus/a.jsonl"), [text for _, text in QUESTIONS])
        build_index(["corpus"], Path("x.lki"), scale=scale)
        expected = {(f.path, f.row): f for f in direct("corpus") if f.kind == "verbatim"}
        shutil.rmtree("corpus")
        answer = find_in_index(open_index("x.lki"), catalogue, 2)
        found = [f for f in answer.findings if (f.path, f.row) in expected]
        assert len(found) >= (0.95 if scale == 1 else 0.75) * len(expected)
        assert {f.basis for f in answer.findings} == {"fingerprints"}
        for finding in found:
            twin = expected[finding.path, finding.row]
            assert (finding.bench, finding.item) == (twin.bench, twin.item)
            assert (finding.split, finding.role) == (twin.split, twin.role)
            assert (finding.source, finding.excerpt) == ("", "")

    def test_the_report_says_so(self):
        write_corpus(Path("corpus"), 5)
        build_index(["corpus"], Path("x.lki"), scale=4)
        shutil.rmtree("corpus")
        corpus = leakcheck.scan(["x.lki"], bench=BENCHES).corpus
        assert corpus.index.from_fingerprints == corpus.index.candidates > 0
        assert {each.reason.partition(";")[0] for each in corpus.skipped} == {
            "is not there any more since it was indexed"
        }
        assert all("decided from fingerprints" in each.reason for each in corpus.skipped)

    def test_items_that_an_index_cannot_show_at_all_are_left_out(self, catalogue):
        write_corpus(Path("corpus"), 6)
        asked(catalogue, scale=200)  # of most items nothing is kept but rare tokens
        shutil.rmtree("corpus")
        find_in_index(open_index("x.lki"), catalogue, 2)


TEXTS = tuple(f"{n}: {text}" for n, (_, text) in enumerate(QUESTIONS[:6]))


class TestChangedDocuments:
    @pytest.fixture
    def before(self, catalogue):
        Path("corpus").mkdir()
        write_lines(Path("corpus/a.jsonl"), TEXTS)
        return unscaled(asked(catalogue).findings)

    def bases(self, catalogue):
        answer = find_in_index(open_index("x.lki"), catalogue, 2)
        return {f.row: f.basis for f in answer.findings}, answer.lost

    def test_an_edited_line_is_decided_from_fingerprints_the_others_from_text(
        self, catalogue, before
    ):
        texts = list(TEXTS)
        texts[2] = PLAIN
        write_lines(Path("corpus/a.jsonl"), texts)
        bases, lost = self.bases(catalogue)
        assert bases == {row: "fingerprints" if row == 2 else "text" for row in range(6)}
        assert [each.reason for each in lost] == ["has other text than it had since it was indexed"]

    def test_a_line_of_other_length_shifts_offsets_and_nothing_else(self, catalogue, before):
        write_lines(Path("corpus/a.jsonl"), [PLAIN * 9, *TEXTS[1:]])
        bases, _ = self.bases(catalogue)
        assert bases == {row: "text" if row else "fingerprints" for row in range(6)}

    def test_after_inserted_lines_no_row_has_the_text_it_had(self, catalogue, before):
        write_lines(Path("corpus/a.jsonl"), [PLAIN, *TEXTS])
        bases, lost = self.bases(catalogue)
        assert set(bases.values()) == {"fingerprints"}
        assert len(lost[0].documents) == 6

    @pytest.mark.parametrize("how", ["renamed", "a folder", "emptied", "not text"])
    def test_a_file_that_is_another_one_is_decided_from_fingerprints(self, catalogue, before, how):
        path = Path("corpus/a.jsonl")
        if how == "emptied":
            path.write_text("")
        elif how == "not text":
            path.write_bytes(bytes(range(256)) * 20)
        else:
            path.rename("corpus/b.jsonl")
            if how == "a folder":
                path.mkdir()
        bases, _ = self.bases(catalogue)
        assert bases == dict.fromkeys(range(6), "fingerprints")

    def test_a_compressed_file_is_known_by_its_text(self, catalogue):
        Path("corpus").mkdir()
        lines = "".join(json.dumps({"text": text}) + "\n" for text in TEXTS).encode()
        Path("corpus/a.jsonl.gz").write_bytes(gzip.compress(lines, 9))
        expected = unscaled(asked(catalogue).findings)
        Path("corpus/a.jsonl.gz").write_bytes(gzip.compress(lines, 1))
        answer = find_in_index(open_index("x.lki"), catalogue, 2)
        assert (unscaled(answer.findings), answer.lost) == (expected, [])
        Path("corpus/a.jsonl.gz").write_bytes(gzip.compress(lines[:700]))
        bases, _ = self.bases(catalogue)
        assert {"text", "fingerprints"} == set(bases.values())


@pytest.mark.parametrize("table", ["ngrams", "rare_tokens", "documents"])
def test_a_damaged_table_is_one_line_that_says_what_to_do(catalogue, damage, table):
    write_corpus(Path("corpus"), 7, documents=5)
    asked(catalogue)
    index = open_index("x.lki")
    damage(index.data_paths(table)[0], "altered")
    with pytest.raises(CorpusIndexError) as raised:
        find_in_index(index, catalogue, 2)
    assert "leakcheck index verify" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_progress_ends_at_all_candidates(catalogue):
    write_corpus(Path("corpus"), 8, documents=10)
    build_index(["corpus"], Path("x.lki"), scale=1)
    told = []
    answer = find_in_index(open_index("x.lki"), catalogue, 2, lambda *now: told.append(now))
    assert told[-1] == (answer.candidates, answer.candidates, len(answer.findings))


def test_padding_does_not_hide_an_item_from_the_index():
    import random

    random_ = random.Random(9)
    Path("corpus").mkdir()
    for n, (_, text) in enumerate(QUESTIONS[::7]):
        page = f"{filler(random_, 250 + n)} {text} {filler(random_, 2000)} {text}"
        Path(f"corpus/{n:02}.txt").write_text(page, "utf-8")
    build_index(["corpus"], Path("x.lki"), scale=1)
    assert leakcheck.scan(["x.lki"], bench=BENCHES).iter_findings() == direct("corpus")
