"""The self-test: what a "clean" is worth on the user's own documents.

The flow: items with their texts are drawn (`texts`, `drawing`), documents are taken from the corpus
(`hosts`), what is in these already is looked up, each item is changed in each way (`changes`, from
`edits` and `dressings`, with the words of `wording`) and planted into a document in memory
(`planting`), a scan looks for it (`looking`), each answer is sorted (`outcomes`), and `running`
sums up and says where the promises of the docs do not hold (`promises`). Nothing is written.
"""
