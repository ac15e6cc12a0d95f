"""What can go wrong, each with what to do about it.

LeakcheckError              everything leakcheck raises on purpose
 ├─ UsageError              the call itself makes no sense
 ├─ InputError              a corpus cannot be read at all
 ├─ CardError               a benchmark card is missing or wrong
 ├─ BenchmarkFilesError     the publisher's files are not what the card says
 ├─ HubError                the model hub cannot be asked, or has not what a card names
 ├─ PackError               a pack is missing, damaged, sealed or of another version
 ├─ CorpusIndexError        an index of a corpus is missing, damaged, in use or of another version
 ├─ RunError                a kept run is missing, damaged or of another version
 ├─ ResultsError            results of an evaluation cannot be read, or do not fit the run
 └─ EngineError             who works through a scan died, or cannot be reached

Catch the base class to catch them all:

    try:
        report = leakcheck.scan(["corpus/"], bench="gsm8k")
    except leakcheck.LeakcheckError as error:
        print(error)
"""

from __future__ import annotations

__all__ = [
    "BenchmarkFilesError",
    "CardError",
    "CorpusIndexError",
    "EngineError",
    "HubError",
    "InputError",
    "LeakcheckError",
    "PackError",
    "ResultsError",
    "RunError",
    "UsageError",
]


class LeakcheckError(Exception):
    """Everything leakcheck raises on purpose; its text says what, where, and what to do."""


class UsageError(LeakcheckError):
    """The call itself makes no sense: an unknown name, an option out of range."""


class InputError(LeakcheckError):
    """A corpus cannot be read at all."""


class CardError(LeakcheckError):
    """A benchmark card is missing, or holds something a card cannot hold."""


class BenchmarkFilesError(LeakcheckError):
    """The publisher's files are not what the card says they are."""


class HubError(LeakcheckError):
    """The model hub cannot be asked, does not let one in, or has not what a card names."""


class PackError(LeakcheckError):
    """A pack is missing, damaged, sealed with another key, or of another format version."""


class CorpusIndexError(LeakcheckError):
    """An index of a corpus is missing, damaged, in use, or made with other settings."""


class RunError(LeakcheckError):
    """A kept run is missing, damaged, or of another version."""


class ResultsError(LeakcheckError):
    """Results of an evaluation cannot be read, or do not fit the benchmarks of a run."""


class EngineError(LeakcheckError):
    """Who works through a scan died, or cannot be reached."""
