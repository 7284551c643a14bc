"""What was done before a day and after it: acts counted by months, and what chance would bring."""

from collections import Counter
from collections.abc import Sequence
from math import comb
from typing import NamedTuple

import pandas as pd

from helpers.findings import CONFIRMED

DAY = pd.Timestamp("2019-10-24")  # the day that is asked about
SIDES = {"promote": "blockchain", "restrict": "cryptocurrency"}  # what is told apart
WINDOW = 12  # months on either side
WINDOWS = (3, 6, WINDOW, 18, 24, 36)

_LONGEST = pd.Timedelta(92, "D")  # what may have happened within more than a quarter has no month


class Shift(NamedTuple):
    """The acts of one stance near the day, with their `month` and `side`, and their numbers."""

    rows: pd.DataFrame
    counts: list[int]  # of each month of the window

    @property
    def before(self) -> int:
        return sum(self.counts[: len(self.counts) // 2])

    @property
    def after(self) -> int:
        return sum(self.counts) - self.before

    @property
    def by_chance(self) -> list[float]:
        """How likely each number of acts after the day is, were the months in any other order."""
        return sums_by_chance(self.counts, len(self.counts) // 2)

    @property
    def chance(self) -> float:
        """How likely it is that as many acts as these, or more, fall after the day."""
        return sum(self.by_chance[self.after :])


def sums_by_chance(values: Sequence[int], k: int) -> list[float]:
    """How likely each sum, from 0 on, is for `k` of the values, picked blindly.

    `values` are not negative. Every way to pick is counted, so that nothing is left to a draw of
    random numbers. This is the distribution of a permutation test, in which the labels 'before' and
    'after' are dealt out anew (Edgington and Onghena, Randomization Tests, 2007, chapter 1).
    """
    ways = [Counter() for _ in range(k + 1)]
    ways[0][0] = 1
    for value in values:
        for n in range(k, 0, -1):
            for total, number in ways[n - 1].items():
                ways[n][total + value] += number
    return [ways[k][total] / comb(len(values), k) for total in range(sum(values) + 1)]


def acts(rows: pd.DataFrame, stance: str) -> pd.DataFrame:
    """The claims or events of one side, rumours and denials apart."""
    chosen = rows[(rows["stance"] == stance) & (rows["object"] == SIDES[stance])]
    return chosen[chosen["status"].isin(CONFIRMED)] if "status" in rows else chosen


def placed(rows: pd.DataFrame, day: pd.Timestamp = DAY) -> pd.DataFrame:
    """Claims or events with `month` and `side`.

    Months are counted from the day, so that 0 begins with it and -1 ends on its eve. A row is in
    the month that the middle of its days is in. Its month is missing, and its side empty, where
    its days do not say whether it was before or after, or leave more than a quarter open; and on
    the day itself, which is what is asked about and no effect of it.
    """
    middle = rows["earliest"] + (rows["latest"] - rows["earliest"]) / 2
    month = 12 * (middle.dt.year - day.year) + middle.dt.month - day.month
    month -= middle.dt.day < day.day
    known = ((rows["latest"] < day) | (rows["earliest"] > day)) & (
        rows["latest"] - rows["earliest"] < _LONGEST
    )
    side = (month < 0).map({True: "before", False: "after"}).where(known, "")
    return rows.assign(month=month.where(known), side=side)


def shift(rows: pd.DataFrame, stance: str, window: int = WINDOW) -> Shift:
    """The acts of one side that are within some months of the day."""
    near = placed(acts(rows, stance))
    near = near[near["month"].between(-window, window - 1)]
    return Shift(near, [int((near["month"] == month).sum()) for month in range(-window, window)])


def near(rows: pd.DataFrame, window: int = WINDOW) -> pd.DataFrame:
    """The acts of both sides that are within some months of the day."""
    return pd.concat([shift(rows, stance, window).rows for stance in SIDES])


def on_the_day(rows: pd.DataFrame) -> pd.DataFrame:
    """The claims or events of the day itself."""
    return rows[(rows["earliest"] == DAY) & (rows["latest"] == DAY)]


def rises(events: pd.DataFrame) -> dict[int, int]:
    """By how much promotion rises around each day that is whole months from the one asked about.

    Only days with a full window of the record on either side are compared.
    """
    months = placed(events)["month"].dropna()
    promoted = placed(acts(events, "promote"))["month"]
    first, last = months.min(), months.max()
    if months.empty:
        return {0: 0}
    return {
        day: int(promoted.between(day, day + WINDOW - 1).sum())
        - int(promoted.between(day - WINDOW, day - 1).sum())
        for day in {0, *range(int(first) + WINDOW, int(last) - WINDOW + 2)}
    }
