"""Measures of agreement: F1 with its bootstrap interval, and Krippendorff's alpha."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from itertools import product

import numpy as np

_RESAMPLES = 10_000
_SEED = 2013  # any fixed number would do


def f1(n_reference: float, n_coded: float, matched: float) -> float:
    """The harmonic mean of precision and recall; missing where neither coding has anything."""
    return 2 * matched / (n_reference + n_coded) if n_reference + n_coded else float("nan")


def f1_interval(counts: Sequence[Sequence[int]], level: float = 0.95) -> tuple[float, float]:
    """A bootstrap interval of F1, with whole sources drawn with replacement.

    `counts` has a row for each source: how many the reference has, how many the coder, how many
    match. Where there are at most `_RESAMPLES` equally likely draws (up to five sources) all of
    them are taken, so that nothing is left to chance; otherwise that many random ones, always the
    same. The interval is the percentile interval (Efron and Tibshirani, An Introduction to the
    Bootstrap, 1993, chapter 13). With few sources it is rough, and tends to be too narrow. It is
    missing for fewer than two sources.
    """
    n = len(counts)
    if n < 2:
        return float("nan"), float("nan")
    n_reference, n_coded, matched = (_draws(n) @ np.asarray(counts)).T
    total = n_reference + n_coded
    values = 2 * matched[total > 0] / total[total > 0]
    if not values.size:
        return float("nan"), float("nan")
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


@cache
def _draws(n: int) -> np.ndarray:
    """How often each of `n` sources is drawn, a row for each draw."""
    if n**n <= _RESAMPLES:
        return np.array([np.bincount(draw, minlength=n) for draw in product(range(n), repeat=n)])
    return np.random.default_rng(_SEED).multinomial(n, [1 / n] * n, size=_RESAMPLES)


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> float:
    """Krippendorff's alpha for nominal data: 1 is agreement, 0 what chance would give.

    Each unit has the values that the coders gave it, in any order; None is no value, and a unit
    with fewer than two values does not count. Missing where no two values differ, since then there
    is nothing to tell apart. Reliability of .800 and above is customarily relied upon, from .667
    on for tentative conclusions (Krippendorff, Content Analysis, 2004, chapter 11; the computation
    is that of his "Computing Krippendorff's Alpha-Reliability", 2011).
    """
    totals: Counter[Hashable] = Counter()
    disagreement = 0.0
    for unit in units:
        values = Counter(value for value in unit if value is not None)
        n = values.total()
        if n > 1:
            totals += values
            disagreement += (n * n - sum(count**2 for count in values.values())) / (n - 1)
    n = totals.total()
    by_chance = n * n - sum(count**2 for count in totals.values())
    return 1 - (n - 1) * disagreement / by_chance if by_chance else float("nan")
