"""How close a corpus comes to a benchmark as a distribution."""
