"""Impact: what the leaked items of a run do to a benchmark's score.

Results files are read (`read_results`, one module a format), their documents are joined to the
items of the run (`joining`, by hash, id and text), scores are summed up by what was found of each
item (`classes`, `measures`), the gain is estimated (`intervals`, `matching`), and `assess` says for
each benchmark whether the score is credible. Nothing here prints; `leakcheck.report` has the words.
"""
