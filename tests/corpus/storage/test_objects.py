"""From uris to objects, by the rules for paths."""

from __future__ import annotations

import pickle

import pytest

from leakcheck.corpus import NOT_A_FORMAT, Excludes, Skipped, find_files
from leakcheck.errors import InputError

from .conftest import BUCKET, Door

KEYS = [
    "corpus/b.jsonl",
    "corpus/a b.txt",
    "corpus/deep/c.md",
    "corpus/deep/deeper/d.jsonl.gz",
    "corpus/image.png",
    "corpus/.hidden/e.txt",
    "corpus/.f.txt",
    "corpus/old.lki/g.parquet",
    "corpus2/h.txt",
]
ROOT = f"s3://{BUCKET}/"


@pytest.fixture(scope="module")
def listed(s3_server) -> None:
    for key in KEYS:
        s3_server.put(key, b"A lantern.\n")
    s3_server.put("corpus/empty-folder/")


@pytest.fixture
def found(s3, listed):
    """Give the keys that paths lead to."""

    def find(*keys: str, **options) -> list[str]:
        files, _ = find_files([ROOT + key for key in keys], **options)
        return [file.name.removeprefix(ROOT) for file in files]

    return find


FOLDER = ["corpus/a b.txt", "corpus/b.jsonl", "corpus/deep/c.md", "corpus/deep/deeper/d.jsonl.gz"]


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        pytest.param("corpus", FOLDER, id="a folder, in the order of a walk"),
        pytest.param("corpus/", FOLDER, id="a folder with a slash"),
        pytest.param("", [*FOLDER, "corpus2/h.txt"], id="the bucket"),
        pytest.param("corpus/a b.txt", ["corpus/a b.txt"], id="one object"),
        pytest.param("corpus/.f.txt", ["corpus/.f.txt"], id="one that is hidden, named"),
        pytest.param("corpus/*.jsonl", ["corpus/b.jsonl"], id="a star stops at a slash"),
        pytest.param("corpus/deep/*", FOLDER[2:], id="a star leads to folders as well"),
        pytest.param("corpus/**/*.jsonl*", ["corpus/b.jsonl", FOLDER[3]], id="two stars do not"),
        pytest.param("corpus/**", FOLDER, id="two stars at the end"),
        pytest.param("*/h.txt", ["corpus2/h.txt"], id="a star for a folder"),
        pytest.param("corpus/.*", ["corpus/.f.txt", "corpus/.hidden/e.txt"], id="what is hidden"),
    ],
)
def test_a_uri_leads_to_what_a_path_would(found, key, keys):
    assert sorted(found(key)) == sorted(keys)


def test_the_order_is_that_of_a_walk_through_folders(found):
    assert found("corpus") == FOLDER


def test_an_object_is_taken_once(found):
    assert found("corpus/deep/c.md", "corpus/deep", "corpus/*/c.md") == FOLDER[2:]


def test_what_is_excluded_is_left_out(found):
    assert found("corpus", excludes=Excludes(("deep/",))) == FOLDER[:2]


def test_what_is_no_data_is_skipped_when_found_and_refused_when_named(s3, listed):
    _, skipped = find_files([ROOT + "corpus"])
    assert skipped == [Skipped(ROOT + "corpus/image.png", None, NOT_A_FORMAT, 0)]
    with pytest.raises(InputError, match="not a format leakcheck reads"):
        find_files([ROOT + "corpus/image.png"])


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        pytest.param(ROOT + "nothing", "nothing: no such file or folder", id="no key"),
        pytest.param(ROOT + "corp", "no such file or folder", id="part of a folder's name"),
        pytest.param(ROOT + "corpus/*.csv", "no file found", id="a pattern that fits nothing"),
        pytest.param(ROOT + "corpus/*.png", "no file of a format", id="no format"),
        pytest.param("s3://no-such-lantern/a.txt", "there is no such bucket", id="no bucket"),
        pytest.param("s3://no-such-lantern", "there is no such bucket", id="no bucket, no key"),
        pytest.param("s3://no-such-lantern/*.txt", "there is no such bucket", id="no pattern"),
        pytest.param("ftp://host/a.txt", "it reads gs://, hf://, s3:// and paths", id="ftp"),
        pytest.param(ROOT + "corpus/old.lki", "an index, not a corpus", id="an index"),
    ],
)
def test_a_uri_that_leads_nowhere_is_told(s3, listed, uri, message):
    with pytest.raises(InputError, match=message):
        find_files([uri])


def test_a_name_with_signs_of_patterns_is_taken_as_it_stands(s3: Door):
    uri = s3.put("odd/part[1]*.txt", b"A lantern.")
    s3.put("odd/part1.txt", b"Another.")
    assert [file.name for file in find_files([uri])[0]] == [uri]


def test_a_folder_costs_one_listing_and_no_look_at_its_files(s3, listed):
    s3.requests.clear()
    find_files([ROOT + "corpus"])
    listings = [each for each in s3.asked("GET") if "max-keys=1000" in each.path]
    assert (len(listings), len(s3.asked("HEAD"))) == (1, 1)


def test_a_file_can_be_sent_to_another_machine(s3, listed):
    (file,), _ = find_files([ROOT + "corpus/b.jsonl"])
    sent = pickle.dumps(file)
    assert pickle.loads(sent) == file
    assert (file.path, file.uri, file.is_standard_input) == (None, file.name, False)
    assert len(sent) < 500
