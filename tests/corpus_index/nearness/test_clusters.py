"""Clusters: exact copies, near copies, chains of them, and what is in none."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.corpus_index import scratch
from leakcheck.corpus_index.nearness import links
from leakcheck.corpus_index.nearness.clusters import near_clusters
from leakcheck.corpus_index.nearness.signed import signed_texts
from leakcheck.corpus_index.sketching.minhash import NUM_PERM
from leakcheck.errors import CorpusIndexError

from ..near_corpus import changed, indexed, text


def rows_of(found) -> list[list[int]]:
    """Return the rows of each cluster, in order."""
    return [sorted(member.row for member in cluster.members) for cluster in found.clusters]


def clustered(folder, documents, **options):
    return near_clusters(indexed(folder, documents), with_members=True, **options)


def test_texts_that_share_nothing_are_in_no_cluster(tmp_path):
    found = clustered(tmp_path, [text(seed) for seed in range(40)])
    assert (found.documents, found.count, found.clustered, found.clusters) == (40, 0, 0, [])


def test_an_index_of_nothing_has_no_clusters(tmp_path):
    found = clustered(tmp_path, ["-"])
    assert (found.documents, found.too_short, found.count) == (0, 1, 0)


def test_short_documents_are_left_out_and_counted(tmp_path):
    found = clustered(tmp_path, ["yes", "yes", text(1, 9), text(1, 9), text(2, 10), text(2, 10)])
    assert (found.documents, found.too_short) == (2, 4)
    assert rows_of(found) == [[4, 5]]


def test_texts_below_the_threshold_are_not_linked(tmp_path):
    one = text(1)
    far = changed(one, *range(0, 80, 4))  # most triples
    assert clustered(tmp_path, [one, far]).count == 0


def test_exact_copies_are_a_cluster_though_they_are_one_text(tmp_path):
    found = clustered(tmp_path, [text(1), text(2), text(1), text(1)])
    [cluster] = found.clusters
    assert (cluster.documents, cluster.texts, cluster.exact_copies) == (3, 1, 2)
    assert (cluster.row, cluster.mean_jaccard) == (0, 1.0)
    assert rows_of(found) == [[0, 2, 3]]


def test_near_copies_are_a_cluster_with_its_commonest_text_in_front(tmp_path):
    one = text(1)
    near = changed(one, 20)
    found = clustered(tmp_path, [text(2), one, near, text(3), near])
    [cluster] = found.clusters
    assert (cluster.documents, cluster.texts, cluster.exact_copies) == (3, 2, 1)
    assert (cluster.row, [member.row for member in cluster.members]) == (2, [2, 4, 1])
    assert [member.jaccard == 1 for member in cluster.members] == [True, True, False]
    nearness = cluster.members[-1].jaccard
    assert nearness == pytest.approx(75 / 81, abs=0.1)
    assert cluster.mean_jaccard == pytest.approx((1 + nearness) / 2)


def test_a_chain_is_one_cluster_and_its_mean_shows_it(tmp_path):
    chain = [text(1)]
    for step in range(8):
        chain.append(changed(chain[-1], 8 * step + 4))
    found = clustered(tmp_path, chain)
    assert rows_of(found) == [list(range(9))]
    assert found.clusters[0].mean_jaccard < 0.8


def test_clusters_come_largest_first_and_the_limit_cuts_what_is_told(tmp_path):
    documents = [text(1)] * 2 + [text(2)] * 4 + [text(3)] * 3
    found = clustered(tmp_path, documents, limit=2)
    assert [cluster.documents for cluster in found.clusters] == [4, 3]
    assert (found.count, found.clustered) == (3, 9)


def test_members_are_named_only_when_asked_for(tmp_path):
    index = indexed(tmp_path, [text(1)] * 2)
    assert near_clusters(index).clusters[0].members is None


def test_passages_of_long_documents_take_no_part(tmp_path):
    shared = text(1, 1500)
    found = clustered(tmp_path, [shared, text(2, 9000) + " " + shared])
    assert found.count == 0


def test_planted_near_copies_are_found_and_pieces_change_nothing(tmp_path, monkeypatch):
    """Two thousand texts, every fifth with a near copy; in small pieces the same comes out."""
    documents = [text(seed) for seed in range(1000)]
    documents += [changed(documents[seed], 11, 53) for seed in range(0, 1000, 5)]
    index = indexed(tmp_path, documents)
    found = near_clusters(index, with_members=True)
    expected = [[5 * n, 1000 + n] for n in range(200)]
    truth = [pair for pair in expected if estimate(index, *pair) >= 0.8]
    pairs = rows_of(found)
    assert all(pair in expected for pair in pairs)
    assert len(pairs) >= 0.95 * len(truth)
    monkeypatch.setattr(links, "LINKS_AT_ONCE", 7)
    assert near_clusters(index, with_members=True) == found


def estimate(index, one: int, other: int) -> float:
    signatures = np.concatenate([piece.signatures for piece in signed_texts(index)])
    return float((signatures[one] == signatures[other]).sum()) / NUM_PERM


def test_no_room_for_the_search_is_said_with_what_to_do():
    with (
        pytest.raises(CorpusIndexError, match="set TMPDIR"),
        scratch.scratch_database(memory_limit="5MB") as opened,
    ):
        opened.database.execute("SET max_temp_directory_size = '1MB'")
        opened.database.execute("CREATE TEMP TABLE t AS SELECT random() FROM range(9000000)")


def test_nothing_is_left_of_the_search():
    with scratch.scratch_database() as opened:
        assert opened.folder.is_dir()
    assert not opened.folder.exists()
