"""Amazon S3, and what speaks its protocol: MinIO, Ceph, R2 and others.

Credentials come from where Amazon's own library looks: the environment, a profile, a role. Arrow
does not look for an endpoint or a number of tries in the environment, so that is done here, by
the names that Amazon's tools know.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leakcheck.corpus.storage.failures import Advice, first_line
from leakcheck.corpus.storage.stores import ArrowStore

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

__all__ = ["S3Store", "open_store"]

_TRIES = 5
"""How often a request is made, with growing pauses in between: with four of them 15 s at most."""

_ERROR = re.compile(r"AWS Error (\w+)(?: \(HTTP status (\d+)\))? during (\w+) operation: (.*)")
_LOCATED = re.compile(r"bucket is located in '([^']+)'")
_WHO = ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE")
_CONTAINER = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")
_DENIED = ("ACCESS_DENIED", "INVALID_ACCESS_KEY_ID", "SIGNATURE_DOES_NOT_MATCH", "403", "401")
_BUSY = ("SLOW_DOWN", "SERVICE_UNAVAILABLE", "THROTTLING", "INTERNAL_FAILURE", "500", "503")


class _Options(NamedTuple):
    """What of the environment makes another connection."""

    endpoint: str | None
    region: str | None
    tries: int


class S3Store(ArrowStore):
    """A bucket."""

    hides_missing = False

    def advice(self, error: Exception) -> Advice:
        """Tell what an error means."""
        return _advice(str(error), first_line(error), os.environ)


def open_store(root: str) -> S3Store:
    """Open a bucket."""
    return S3Store(_files(root, _options(os.environ), os.getpid()), root)


def _options(environment: Mapping[str, str]) -> _Options:
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL")
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION")
    tries = environment.get("AWS_MAX_ATTEMPTS", "")
    return _Options(endpoint, region, int(tries) if tries.isdigit() else _TRIES)


@cache
def _files(root: str, options: _Options, process: int) -> FileSystem:
    """Connect, in each process anew: one that was forked would share its parent's sockets."""
    from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem

    return S3FileSystem(
        region=options.region or _region_of(root, options),
        endpoint_override=options.endpoint,
        retry_strategy=AwsStandardS3RetryStrategy(max_attempts=max(1, options.tries)),
    )


def _region_of(root: str, options: _Options) -> str | None:
    """Ask Amazon for the region of a bucket; what stands in a profile is right for most only."""
    from pyarrow.fs import resolve_s3_region

    if options.endpoint:
        return None
    try:
        return str(resolve_s3_region(root))
    except OSError:
        return None  # the first request will tell what is wrong


def _advice(text: str, line: str, environment: Mapping[str, str]) -> Advice:
    found = _ERROR.search(text)
    if found is None:
        return Advice(line, True)
    code, status, _, message = found.groups()
    what = status or code
    if located := _LOCATED.search(text):
        told = f"the bucket is in the region {located[1]}: set AWS_REGION={located[1]}"
        return Advice(told, False)
    if what == "NO_SUCH_BUCKET":
        told = "there is no such bucket; check its name, and AWS_ENDPOINT_URL if it is not Amazon's"
        return Advice(told, False)
    if what in _DENIED:
        return Advice(_denied(environment), False)
    if what == "NETWORK_CONNECTION":
        return Advice(_unreachable(message, environment), True)
    if what in ("301", "400"):
        told = (
            f"the store refuses the request ({message.strip()}): the credentials may have expired, "
            "or AWS_REGION is not the region of the bucket"
        )
        return Advice(told, False)
    if what in _BUSY:
        told = (
            f"the store is too busy or broken ({what}); try again later or with fewer threads, or "
            "set AWS_MAX_ATTEMPTS higher"
        )
        return Advice(told, True)
    return Advice(f"the store answered {what}: {message.strip()}", True)


def _denied(environment: Mapping[str, str]) -> str:
    if not _has_credentials(environment):
        return (
            "access denied, and no credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID "
            "and AWS_SECRET_ACCESS_KEY, or run `aws configure`"
        )
    return (
        "access denied: the credentials need s3:ListBucket for the bucket and s3:GetObject for "
        "its objects; `aws sts get-caller-identity` tells whose they are"
    )


def _has_credentials(environment: Mapping[str, str]) -> bool:
    """Tell whether credentials are named somewhere, but for the role of a machine."""
    if any(environment.get(name) for name in (*_WHO, *_CONTAINER)):
        return True
    kept = environment.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials"
    return Path(kept).expanduser().exists()


def _unreachable(message: str, environment: Mapping[str, str]) -> str:
    why = message.rpartition("Details: ")[2].strip()
    endpoint = _options(environment).endpoint
    asked = f"AWS_ENDPOINT_URL ({endpoint})" if endpoint else "AWS_REGION"
    return f"the store cannot be reached: {why}; check the network and {asked}"
