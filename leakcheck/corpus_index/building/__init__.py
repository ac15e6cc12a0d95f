"""Building an index, adding to it, removing from it, merging."""
