"""The version of leakcheck."""

__version__ = "0.1.0"
