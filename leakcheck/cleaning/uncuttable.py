"""What is raised, and never leaves this room, where a passage cannot be cut out of its record."""

from __future__ import annotations

__all__ = ["Uncuttable"]


class Uncuttable(Exception):
    """A passage cannot be cut out without touching anything else, so its record goes whole."""
