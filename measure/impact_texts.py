"""What the page of `impact.py` says around its tables."""

from __future__ import annotations

from impact_drawn import DRAWS as MEANS_DRAWS
from impact_matching import DRAWS
from impact_planted import CORPUS
from impact_planted import DRAWS as PLANTED_DRAWS

from leakcheck.impact.matching import MOST_APART

__all__ = [
    "HEAD",
    "ON_AGAIN",
    "ON_ERRORS",
    "ON_GAIN",
    "ON_MATCHED",
    "ON_MEANS",
    "ON_OTHERWISE",
    "ON_PLANTED",
]

HEAD = f"""# What a leak did to a score, measured

How to read this page: `leakcheck impact` estimates what a leak adds to a score. Here the truth is
known, since the answers are made up, and the estimates stand beside it, where they are right and
where they err. The first table sums up; the tables below it show the detail. No text of a benchmark
or of a corpus is on this page, only names and counts. What is estimated and how, says
[impact.md](impact.md).

- *Points* are out of 100. *Bias* is the mean of the estimates minus the truth.
- *Intervals with the truth* should be 95 of 100. With fewer the intervals promise too much.
- *Relied on*: the others are at most {100 * MOST_APART:.0f} points better or worse on clean
  items. What is not relied on is shown by the command, but has no part in its verdict. Here it is
  counted all the same.
"""

ON_GAIN = """\
## The interval of the gain

Each cell has how many of 100 intervals have the truth in them, and their mean width in points. They
are calculated, not drawn: the probabilities of all outcomes whose interval has the truth are added
up. *Raised* is a leak that adds half of what the clean score is short of 100. Where only one to
three items are leaked or clean the scores on them have few values, and coverage goes up and down.
Leaked items are as hard as the others here: where they are easier, as those of the next section,
all minus clean is not the leak's doing alone, and no interval of it helps.
"""

ON_MEANS = f"""\
Scores that are not only right or wrong, drawn {MEANS_DRAWS:,} times each, with a clean score
of 50 and a leak that raises it to 75. An item's score is the mean of four answers. Items are
*alike* if the model's chance is the same for all, *unlike* if it knows most of them well or not at
all.
"""

ON_MATCHED = f"""\
## The matched comparison

Each setting was drawn {DRAWS} times, with items and answers anew. 1,319 items, unless another
number is named, have difficulties spread evenly; a model's log odds of a right answer fall with the
difficulty, from +2.95 to -2.05 for the one with the leak. Of the two fifths that are easiest 35 of
100 are leaked, of the rest 5 of 100: some 17 of 100 in all. The leak adds half of what is missing
to a certain answer. All figures are of the difference on leaked items. On the score of all items it
is that times the share of leaked ones: with 17 of 100, a bias of 3 points is one of 0.5.

*Truth* is what the leak adds to the score on leaked items. *Above* is how much higher the others
score on clean items. *Alone* is the bias of leaked minus clean, without other models. Others that
are somewhat better or worse differ by 0.5 in log odds, those that are worse and better in turn by
1, those that are nearly too good by 0.8, those that are much better or worse by 1.5, those with
nearly all right by 4.
"""

ON_ERRORS = """\
The standard error of a bias is at most {bias:.1f} points; that of the intervals with the truth, if
95 of 100 have it, is {share:.1f} of 100.
"""

ON_OTHERWISE = """\
Other leaks and other items, with four other models, as good unless the setting says otherwise.
Leaked items are *as hard as others* (17 of 100 of the easy ones are leaked, 17 of 100 of the rest),
*somewhat easier* (23 and 13) or *harder* (5 and 35). *Strengths of their own*: each model's log
odds on each item vary with a standard deviation of 1 beside the item's difficulty. With more items
intervals are narrower, but a bias is the same, so that fewer of them have the truth in them.
"""

ON_PLANTED = f"""\
## A gain that was planted

`{CORPUS}` was scanned for gsm8k. Then answers were made up for a model that
was trained on it and for three that were not, and written as lm-evaluation-harness writes its
samples. The trained model has four fifths of what is missing to a certain answer added on leaked
items. The command says:
"""

ON_AGAIN = f"""\
The truth of this example, and what becomes of the estimates where answers are
made up {PLANTED_DRAWS:,} times anew. How hard items are has nothing to do with the leak here.
"""
