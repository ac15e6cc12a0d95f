"""What goes out with a data set or a model: a record of the scan that others can check.

The flow: `audit` makes the record of a run, with the hash of every file that was read (`hashing`);
`verify` reads such a record later and compares it with the files and with the packs.
"""
