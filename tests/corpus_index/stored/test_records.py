"""The manifest: all that content depends on is written into it."""

from __future__ import annotations

import msgspec

from leakcheck.corpus_index.sketching.fingerprints import FINGERPRINT_VERSION
from leakcheck.corpus_index.stored.records import INDEX_FORMAT, Manifest, new_manifest
from leakcheck.text.tokens import TOKENISER_VERSION


def test_a_manifest_says_what_its_index_was_made_with():
    manifest = msgspec.to_builtins(new_manifest(4, "data.text"))
    assert (manifest["format"], manifest["segments"]) == (INDEX_FORMAT, [])
    settings = manifest["settings"]
    assert (settings["scale"], settings["text_field"]) == (4, "data.text")
    assert settings["tokeniser"] == TOKENISER_VERSION
    assert settings["fingerprints"] == FINGERPRINT_VERSION
    assert {"scheme", "seed", "num_perm", "hash"} == set(settings["minhash"])
    assert len(settings["rare_tokens"]) == 16


def test_a_manifest_is_read_as_written():
    manifest = new_manifest(1, None)
    assert msgspec.json.decode(msgspec.json.encode(manifest), type=Manifest) == manifest
