"""The published criteria, one a module: each holds a `PRESET`, its docstring what deviates."""
