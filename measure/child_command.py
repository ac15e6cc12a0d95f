"""The leakcheck command in a process of its own, with its peak memory: ARGUMENTS.

Takes the arguments that `leakcheck` takes, and prints a line of JSON behind what it prints.
"""

from __future__ import annotations

import json

from child_leakcheck import peak_mb

from leakcheck.cli import main as leakcheck


def main() -> None:
    """Run the command, and say how much memory it took."""
    try:
        leakcheck()
    finally:
        print(json.dumps({"peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
