from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.cleaning.layout import lay_out, root_of
from leakcheck.corpus import find_files


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A folder of files in folders, from which the test runs."""
    monkeypatch.chdir(tmp_path)
    for name in ("data/a/x.jsonl", "data/b/x.jsonl", "data/README", "data/.git/x.jsonl"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text('{"text": "x"}\n')
    return tmp_path


def laid_out(*paths):
    files, _ = find_files(paths)
    return lay_out(paths, files)


def names(paths):
    return [path.as_posix() for path in paths]


@pytest.mark.parametrize(
    ("paths", "data"),
    [
        (["data"], ["a/x.jsonl", "b/x.jsonl"]),
        (["data/"], ["a/x.jsonl", "b/x.jsonl"]),
        (["data/a"], ["x.jsonl"]),
        (["data/a/x.jsonl"], ["x.jsonl"]),
        (["data/a", "data/b"], ["a/x.jsonl", "b/x.jsonl"]),
        (["data/a/x.jsonl", "data/b/x.jsonl"], ["a/x.jsonl", "b/x.jsonl"]),
        (["data/*/x.jsonl"], ["a/x.jsonl", "b/x.jsonl"]),
        (["data/b/*.jsonl"], ["x.jsonl"]),
        (["data/a/../b", "data/a"], ["b/x.jsonl", "a/x.jsonl"]),
    ],
    ids=" ".join,
)
def test_files_keep_their_paths_below_what_all_share(corpus, paths, data):
    assert names(path for path, _ in laid_out(*paths).data) == data


def test_absolute_and_relative_paths_are_the_same(corpus):
    assert root_of([str(corpus / "data"), "data/a"]) == corpus / "data"


def test_a_folder_is_copied_with_all_but_what_is_hidden_or_made_of_it(corpus):
    Path("data/corpus.lki").mkdir()
    Path("data/.DS_Store").write_text("")
    Path("data/link").symlink_to("nowhere")
    layout = laid_out("data")
    assert names(path for path, _ in layout.others) == ["README"]
    assert sorted((path.as_posix(), reason) for path, reason in layout.left_out) == [
        (".DS_Store", "hidden"),
        (".git", "hidden"),
        ("corpus.lki", "an index"),
        ("link", "a link to nothing"),
    ]


def test_named_files_bring_nothing_along(corpus):
    layout = laid_out("data/a/x.jsonl", "data/b/x.jsonl")
    assert (layout.others, layout.links, layout.left_out) == ([], [], [])


@pytest.mark.parametrize("link", ["data/a/0.jsonl", "data/a/y.jsonl"], ids=["before", "behind"])
def test_a_link_stands_for_the_file_that_lies_there(corpus, link):
    Path(link).symlink_to("x.jsonl")
    layout = laid_out("data")
    assert names(path for path, _ in layout.data) == ["a/x.jsonl", "b/x.jsonl"]
    assert layout.links == [(Path(link).relative_to("data"), Path("a/x.jsonl"))]


def test_a_link_to_a_file_elsewhere_is_that_file(corpus):
    Path("elsewhere.jsonl").write_text('{"text": "x"}\n')
    Path("data/a/y.jsonl").symlink_to("../../elsewhere.jsonl")
    layout = laid_out("data")
    assert names(path for path, _ in layout.data) == ["a/x.jsonl", "a/y.jsonl", "b/x.jsonl"]
    assert layout.links == []


def test_a_link_that_leads_back_does_not_go_on_for_ever(corpus):
    Path("data/a/up").symlink_to("..")
    assert len(laid_out("data").data) == 2
