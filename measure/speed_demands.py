"""What is demanded of the rates, held against the results of one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from contestants import EVERY, GSM8K, ONE, SETS, TWO, TWO_PROCESSES, key
from pages import Demand
from race import Results
from speed_decon import DECON
from speed_forms import ONE_FILE
from speed_limits import ORJSON

__all__ = ["rate_demands"]

ENGLISH = ("web", "code")
WITH_WORDS = ("web", "code", "instructions")
"""Corpora whose words have spaces between them; what looks for n-grams of such words finds nothing
in Chinese, and a rate at that says nothing."""

LEAST_OF_PARSING = {GSM8K: 0.30, EVERY: 0.20}
LEAST_OF_TWO_PROCESSES = 0.95
LEAST_OVER_DECON = 12.0
LEAST_OVER_PEERS = 20.0
LEAST_OF_PLAIN = 0.7


def rate_demands(results: Results, peers: Iterable[str]) -> list[Demand]:
    """Hold leakcheck against parsing, itself, and the peers with these names."""
    return [
        *_of_parsing(results),
        *_of_two_processes(results),
        *_over_decon(results),
        *(_over_peer(results, peer) for peer in peers),
        *_of_plain(results),
    ]


def _of_parsing(results: Results) -> Iterator[Demand]:
    for benchmarks, least in LEAST_OF_PARSING.items():
        for corpus in ENGLISH:
            ours = results.rate("leakcheck", benchmarks, ONE, corpus)
            parsing = results.rate(ORJSON, "", ONE, corpus)
            yield Demand(
                f"{corpus}, {benchmarks}, one thread on one core",
                f"at least {least:.2f} of orjson's parse-only rate",
                f"{ours / parsing:.3f}: {ours:.1f} MB/s of {parsing:.1f} MB/s",
                ours / parsing >= least,
            )


def _of_two_processes(results: Results) -> Iterator[Demand]:
    for benchmarks in SETS:
        for corpus in ENGLISH:
            yield _two_threads(results, benchmarks, corpus, "plain")
    yield _two_threads(results, GSM8K, "web", ONE_FILE)


def _two_threads(results: Results, benchmarks: str, corpus: str, form: str) -> Demand:
    threads = median(results.rates(key("leakcheck", benchmarks, TWO), corpus, form))
    processes = results.rate("leakcheck", benchmarks, TWO_PROCESSES, corpus)
    return Demand(
        f"{corpus}{f' in {form}' if form != 'plain' else ''}, {benchmarks}, two threads",
        f"at least {LEAST_OF_TWO_PROCESSES} of two processes with a half of it each",
        f"{threads / processes:.3f}: {threads:.1f} MB/s of {processes:.1f} MB/s",
        threads / processes >= LEAST_OF_TWO_PROCESSES,
    )


def _over_decon(results: Results) -> Iterator[Demand]:
    for benchmarks, corpora in ((GSM8K, WITH_WORDS), ("five", ENGLISH)):
        for corpus in corpora:
            ours = results.rate("leakcheck", benchmarks, ONE, corpus)
            theirs = results.rate(DECON, benchmarks, ONE, corpus)
            yield Demand(
                f"{corpus}, {benchmarks}, one thread of decon",
                f"at least {LEAST_OVER_DECON:g} times slower than one of leakcheck",
                f"{ours / theirs:.1f} times: {theirs:.1f} MB/s against {ours:.1f} MB/s",
                ours / theirs >= LEAST_OVER_DECON,
            )


def _over_peer(results: Results, peer: str) -> Demand:
    """Hold a peer to the corpus where it comes closest."""
    rates = {
        corpus: (
            results.rate("leakcheck", GSM8K, ONE, corpus),
            results.rate(peer, GSM8K, ONE, corpus),
        )
        for corpus in WITH_WORDS
    }
    corpus = min(rates, key=lambda corpus: rates[corpus][0] / rates[corpus][1])
    ours, theirs = rates[corpus]
    return Demand(
        f"{peer}, gsm8k, one process on one core",
        f"at least {LEAST_OVER_PEERS:g} times slower on {', '.join(WITH_WORDS)}",
        f"{ours / theirs:.1f} times at the least ({corpus}): {theirs:.2f} MB/s against "
        f"{ours:.1f} MB/s",
        ours / theirs >= LEAST_OVER_PEERS,
    )


def _of_plain(results: Results) -> Iterator[Demand]:
    for form in ("gzip", "zstd"):
        for runs_on in (ONE, TWO):
            label = key("leakcheck", GSM8K, runs_on)
            plain, packed = (median(results.rates(label, "web", each)) for each in ("plain", form))
            yield Demand(
                f"web in {form}, gsm8k, {runs_on}",
                f"at least {LEAST_OF_PLAIN} of the plain rate",
                f"{packed / plain:.3f}: {packed:.1f} MB/s of {plain:.1f} MB/s",
                packed / plain >= LEAST_OF_PLAIN,
            )
