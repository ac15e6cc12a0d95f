"""Benchmarks looked for in an index."""
