"""An index on disk: its manifest, its tables, and one writer at a time."""
