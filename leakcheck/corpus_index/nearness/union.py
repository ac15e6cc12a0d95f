"""Union-find: the groups that links between things make."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, kernel

__all__ = ["first_members", "unite"]


@kernel
def _first(parents: npt.NDArray[np.uint32], member: int) -> int:
    """Return the first member of a group, and halve the way to it for whoever asks next."""
    while parents[member] != member:
        parents[member] = parents[parents[member]]
        member = parents[member]
    return member


@allocating
def unite(
    parents: npt.NDArray[np.uint32], lefts: npt.NDArray[np.uint32], rights: npt.NDArray[np.uint32]
) -> None:
    """Unite the groups of linked members, in place.

    Args:
        parents: shape (members,): a member of lower number in the same group, or the member
            itself; at first each is its own.
        lefts: shape (links,): a member each.
        rights: shape (links,): the one it is linked to.

    >>> parents = np.arange(4, dtype=np.uint32)
    >>> unite(parents, np.array([3, 2], np.uint32), np.array([2, 0], np.uint32))
    >>> first_members(parents).tolist()
    [0, 1, 0, 0]
    """
    for link in range(len(lefts)):
        left, right = _first(parents, lefts[link]), _first(parents, rights[link])
        parents[max(left, right)] = min(left, right)


@allocating
def first_members(parents: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the first member of the group of each member, shape (members,)."""
    firsts = np.empty_like(parents)
    for member in range(len(parents)):
        firsts[member] = _first(parents, member)
    return firsts
