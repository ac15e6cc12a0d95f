"""How right the matched comparison is: drawn answers of a model with a leak and of others."""

from __future__ import annotations

from itertools import cycle, islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.impact.classes import ItemClass
from leakcheck.impact.matching import Matched, compare_matched
from leakcheck.impact.measures import measure

__all__ = [
    "BY_NUMBER",
    "DRAWS",
    "KNOWING",
    "OTHERWISE",
    "SETTINGS",
    "Setting",
    "Simulated",
    "simulate",
]

DRAWS = 300
_RAISED = 0.5
"""How much of what is missing to a certain answer the leak adds."""
_SEED = 12
_MODELS = (1, 2, 4, 10)
_EASY = 0.4
"""Items up to this difficulty are the easy ones."""

Values = npt.NDArray[np.float64]


class Setting(NamedTuple):
    """Who is compared with whom, on what."""

    name: str
    skills: tuple[float, ...]
    """Of the other models, in log odds above the one with the leak."""
    knew: int = 0
    """The first so many of them knew the same leak."""
    items: int = 1319
    leaked_of_easy: float = 0.35
    leaked_of_hard: float = 0.05
    raised: float = _RAISED
    own_strengths: float = 0.0
    """Standard deviation, in log odds, of what each model is better or worse at each item."""


class Draw(NamedTuple):
    """One time."""

    matched: Matched
    truth: float
    """What the leak adds to the score on leaked items."""
    alone: float
    """Leaked minus clean, without other models."""


class Simulated(NamedTuple):
    """What became of the estimates of a setting."""

    setting: Setting
    draws: int
    """Those with enough items for an estimate."""
    truth: float
    above: float
    """The mean of how much higher the others are on clean items."""
    relied_on: int
    alone_bias: float
    bias: float
    """Mean of estimate minus truth; as all of these, of a score from 0 to 1."""
    bias_error: float
    """The standard error of that mean."""
    covered: int
    width: float


LIKE = (0.0,) * 4
MIXED = (-1.0, 1.0) * 2
STRONGER = (1.5,) * 4

_SKILLS = {
    "as good": (0.0,),
    "somewhat better": (0.5,),
    "somewhat worse": (-0.5,),
    "worse and better in turn": (-1.0, 1.0),
    "better, a little too much to be relied on": (0.8,),
    "much better": (1.5,),
    "much worse": (-1.5,),
    "with nearly all right": (4.0,),
}

BY_NUMBER = [
    Setting(name, tuple(islice(cycle(skills), models)))
    for name, skills in _SKILLS.items()
    for models in _MODELS
    if models >= len(skills)
]
"""What sort of models the others are, and how many."""

KNOWING = [
    *(Setting("as good, half knew the leak", (0.0,) * n, knew=n // 2) for n in _MODELS if n > 1),
    *(Setting("as good, all knew the leak", (0.0,) * n, knew=n) for n in _MODELS),
]

_AS_HARD = Setting("leaked items as hard as others", LIKE, leaked_of_easy=0.17, leaked_of_hard=0.17)
_SOMEWHAT = Setting("leaked items somewhat easier", LIKE, leaked_of_easy=0.23, leaked_of_hard=0.13)
_HARDER = Setting("leaked items harder", LIKE, leaked_of_easy=0.05, leaked_of_hard=0.35)
_OWN = Setting("models with strengths of their own", LIKE, own_strengths=1.0)

OTHERWISE = [
    Setting("no gain at all", LIKE, raised=0.0),
    Setting("no gain at all; others worse and better", MIXED, raised=0.0),
    _AS_HARD,
    _AS_HARD._replace(name=f"{_AS_HARD.name}; others much better", skills=STRONGER),
    _SOMEWHAT,
    _SOMEWHAT._replace(name=f"{_SOMEWHAT.name}; others somewhat better", skills=(0.5,) * 4),
    _HARDER,
    _HARDER._replace(name=f"{_HARDER.name}; others worse and better", skills=MIXED),
    _OWN,
    _OWN._replace(name=f"{_OWN.name}; others worse and better", skills=MIXED),
    Setting("some 30 leaked items", LIKE, leaked_of_easy=0.045, leaked_of_hard=0.007),
    Setting("most items leaked", LIKE, leaked_of_easy=0.95, leaked_of_hard=0.7),
    Setting("164 items", LIKE, items=164),
    Setting("164 items; others worse and better", MIXED, items=164),
    Setting("5,000 items; others worse and better", MIXED, items=5000),
]
"""Other leaks and other items."""

SETTINGS = [*BY_NUMBER, *KNOWING, *OTHERWISE]


def simulate(setting: Setting) -> Simulated:
    """Draw items and answers over and over, and compare with leakcheck's own function."""
    draw = np.random.default_rng([_SEED, SETTINGS.index(setting)])
    drawn = [each for each in (_drawn(setting, draw) for _ in range(DRAWS)) if each is not None]
    intervals = [(each, each.matched.difference) for each in drawn]
    found = [(each, interval) for each, interval in intervals if interval is not None]
    biases = np.array([interval.estimate - each.truth for each, interval in found])
    return Simulated(
        setting=setting,
        draws=len(found),
        truth=float(np.mean([each.truth for each, _ in found])),
        above=float(np.mean([each.matched.others_above for each, _ in found])),
        relied_on=sum(each.matched.is_like for each, _ in found),
        alone_bias=float(np.mean([each.alone - each.truth for each, _ in found])),
        bias=float(biases.mean()),
        bias_error=float(biases.std(ddof=1)) / len(found) ** 0.5,
        covered=sum(interval.low <= each.truth <= interval.high for each, interval in found),
        width=float(np.mean([interval.high - interval.low for _, interval in found])),
    )


def _drawn(setting: Setting, draw: np.random.Generator) -> Draw | None:
    """Draw once; None if there are no leaked items or no clean ones."""
    hard = draw.random(setting.items)
    leaked = draw.random(setting.items) < np.where(
        hard < _EASY, setting.leaked_of_easy, setting.leaked_of_hard
    )
    without_leak = _chances(setting, 0.0, hard, draw)
    others = [_chances(setting, skill, hard, draw) for skill in setting.skills]
    with_leak = [_raised(setting, each, leaked) for each in (without_leak, *others[: setting.knew])]
    own, *answers = (_answers(each, draw) for each in (*with_leak, *others[setting.knew :]))
    classes: dict[str, ItemClass] = {
        name: "near" if each else "not_found" for name, each in zip(own, leaked, strict=True)
    }
    matched, measures = compare_matched(own, classes, answers), measure(own, classes)
    if matched is None or measures.leaked.mean is None or measures.clean.mean is None:
        return None
    truth = float((with_leak[0] - without_leak)[leaked].mean())
    return Draw(matched, truth, measures.leaked.mean - measures.clean.mean)


def _chances(setting: Setting, skill: float, hard: Values, draw: np.random.Generator) -> Values:
    """Return a model's chances to get items of these difficulties right without a leak."""
    own = draw.normal(0.0, setting.own_strengths, len(hard)) if setting.own_strengths else 0.0
    odds = np.exp(1.2 + skill + own - 5 * (hard - 0.35))
    return np.asarray(odds / (1 + odds))


def _raised(setting: Setting, chances: Values, leaked: npt.NDArray[np.bool_]) -> Values:
    return np.where(leaked, chances + setting.raised * (1 - chances), chances)


def _answers(chances: Values, draw: np.random.Generator) -> dict[str, float]:
    right = (draw.random(len(chances)) < chances).astype(np.float64)
    return {f"test/{number}": score for number, score in enumerate(right.tolist())}
