"""The model hub: downloading the files of a benchmark that did not come with leakcheck."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from leakcheck.benchmark.card import Card, HubFiles, Source, Split
from leakcheck.errors import HubError

__all__ = ["download"]

_LOG_IN = "log in with `hf auth login` or set HF_TOKEN"


def download(card: Card, folder: Path) -> Card:
    """Download the files of all splits that the hub has into a folder.

    Args:
        card: of the benchmark.
        folder: for the files, which are the benchmark in plain text.

    Returns:
        The card of what was downloaded: the splits that the hub has, the paths of their files in
        the folder, and the revisions that they are of.

    Raises:
        HubError: the hub cannot be asked, does not let one in, or has not what the card names.
    """
    splits = [split for split in card.splits if split.hub]
    if not splits:
        raise HubError(
            f"the card of {card.name} names no files on the model hub; "
            f"`leakcheck bench build {card.name} --from DIR` takes the publisher's"
        )
    sources: dict[str, Source] = {}
    downloaded: list[Split] = []
    for split in splits:
        hub = split.hub
        assert hub is not None
        revision, local = _downloaded(hub, folder)
        sources[hub.repository] = Source(f"hf.co/datasets/{hub.repository}", hub.path, revision)
        downloaded.append(msgspec.structs.replace(split, files=local))
    return msgspec.structs.replace(card, splits=downloaded, sources=list(sources.values()))


def _downloaded(hub: HubFiles, folder: Path) -> tuple[str, str]:
    """Download the files of a split; return their revision and their path in the folder."""
    try:
        from huggingface_hub import HfApi
    except ImportError as error:
        raise HubError(
            "this needs huggingface_hub: pip install 'leakcheck-benchmarks[hub]'"
        ) from error

    place = hub.repository.replace("/", "--")
    hub_api = HfApi(endpoint=os.environ.get("HF_ENDPOINT"))
    with _failures_told(hub):
        found = hub_api.dataset_info(hub.repository, revision=hub.revision)
        pattern = hub.path.replace("{subset}", "*")
        names = [each.rfilename for each in found.siblings or []]
        chosen = [name for name in names if fnmatchcase(name, pattern)]
        if not chosen:
            raise HubError(f"{hub.repository} has no file {hub.path} on the model hub any more")
        for name in chosen:
            hub_api.hf_hub_download(
                hub.repository,
                name,
                repo_type="dataset",
                revision=found.sha,
                local_dir=folder / place,
            )
    return found.sha or hub.revision, f"{place}/{hub.path}"


@contextmanager
def _failures_told(hub: HubFiles) -> Iterator[None]:
    """Turn what the hub's library raises into what to do about it."""
    from huggingface_hub import errors

    # What a broken connection raises depends on the library's own library for HTTP.
    unreachable: tuple[type[Exception], ...] = (OSError, getattr(errors, "HTTPError", OSError))
    page = f"https://huggingface.co/datasets/{hub.repository}"
    try:
        yield
    except errors.GatedRepoError as error:
        raise HubError(
            f"{hub.repository} is gated: accept its terms on {page}, then {_LOG_IN}"
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise HubError(
            f"{hub.repository} is not on the model hub, or is private: look at {page}, "
            f"then {_LOG_IN}"
        ) from error
    except errors.RevisionNotFoundError as error:
        raise HubError(f"{hub.repository} has no revision {hub.revision} any more") from error
    except errors.RemoteEntryNotFoundError as error:
        raise HubError(f"{hub.repository}: a file of {hub.path} is not there any more") from error
    except errors.HfHubHTTPError as error:
        let_in = error.response.status_code not in (401, 403)
        hint = "" if let_in else f"; look at {page}, then {_LOG_IN}"
        raise HubError(f"{hub.repository}: the hub answered: {_first_line(error)}{hint}") from error
    except unreachable as error:
        raise HubError(
            f"{hub.repository}: the model hub cannot be reached: {_first_line(error)}"
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
