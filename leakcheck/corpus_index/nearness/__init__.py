"""Near-duplicates by MinHash: of items, of texts, and of a corpus with itself."""
