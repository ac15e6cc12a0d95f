"""`python -m leakcheck`: the command."""

from __future__ import annotations

from leakcheck.cli import main

if __name__ == "__main__":
    main()
