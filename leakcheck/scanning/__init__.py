"""All of it in a row: corpus paths or an index in, report out."""

from leakcheck.scanning.looked import Progress
from leakcheck.scanning.scanner import Scanner, scan

__all__ = ["Progress", "Scanner", "scan"]
