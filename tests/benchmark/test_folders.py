"""Where packs are looked for, and what is said if there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from leakcheck.benchmark import folders
from leakcheck.benchmark.card import HubFiles
from leakcheck.benchmark.folders import pack_folder, user_cache, user_packs
from leakcheck.errors import PackError


@pytest.fixture
def places(monkeypatch, tmp_path):
    monkeypatch.setattr(folders, "shipped_data", lambda kind: tmp_path / "shipped")
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))

    def put(*where: str) -> Path:
        for folder in where:
            path = {"cache": user_packs()}.get(folder, tmp_path / folder)
            path.mkdir(parents=True, exist_ok=True)
            (path / "riddles.parquet").touch()
        return tmp_path

    return put


def test_no_pack_is_an_error_that_says_how_to_build_one(places, make_card):
    with pytest.raises(PackError, match="bench build riddles --from DIR"):
        pack_folder(make_card({"test": 1}))


def test_no_pack_is_an_error_that_says_how_to_fetch_one(places, make_card):
    card = make_card({"test": 1})
    split = replace(card.splits[0], hub=HubFiles("nobody/riddles", "test.jsonl"))
    with pytest.raises(PackError, match="bench fetch riddles"):
        pack_folder(replace(card, splits=[split]))


def test_a_card_of_ones_own_is_not_looked_for_among_the_shipped(places, make_card):
    root = places("shipped")
    with pytest.raises(PackError, match=r"bench build riddles\.toml"):
        pack_folder(make_card({"test": 1}), root / "own")


@pytest.mark.parametrize(
    ("where", "beside", "found"),
    [
        (["shipped", "cache"], None, "shipped"),
        (["cache"], None, "cache/packs"),
        (["own", "cache"], "own", "own"),
        (["shipped", "cache"], "own", "cache/packs"),
    ],
)
def test_the_first_folder_that_has_it_is_taken(places, make_card, where, beside, found):
    root = places(*where)
    folder = pack_folder(make_card({"test": 1}), beside and root / beside)
    assert folder == root / found


@pytest.mark.parametrize(
    ("environment", "platform", "end"),
    [
        ({}, "linux", ".cache/leakcheck"),
        ({"XDG_CACHE_HOME": ""}, "linux", ".cache/leakcheck"),
        ({"XDG_CACHE_HOME": "/c"}, "darwin", "/c/leakcheck"),
        ({"XDG_CACHE_HOME": "/c", "LEAKCHECK_CACHE_DIR": "/own"}, "linux", "/own"),
        ({}, "darwin", "Library/Caches/leakcheck"),
        ({"LOCALAPPDATA": "/d"}, "win32", "/d/leakcheck"),
    ],
)
def test_what_is_the_user_s_is_where_the_platform_keeps_caches(environment, platform, end):
    assert user_cache(environment, platform).as_posix().endswith(end)
