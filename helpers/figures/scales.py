"""Scales: where on a sheet a day or a share lies."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple


class Years(NamedTuple):
    """Whole years from left to right."""

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def around(cls, days: Collection[date], left: float, right: float) -> "Years":
        """The years that these days lie in; none at all where there are no days."""
        years = (min(days).year, max(days).year) if days else (1, 0)
        return cls(*years, left, right)

    @property
    def numbered(self) -> range:
        """The years that have room for their number: every other one, if there are many."""
        step = 2 if self.last - self.first > 8 else 1
        return range(self.first + self.first % step, self.last + 1, step)

    def x(self, day: date, after: int = 0) -> float:
        """Where a day begins, or some days after."""
        start, end = date(self.first, 1, 1).toordinal(), date(self.last + 1, 1, 1).toordinal()
        passed = day.toordinal() + after - start
        return self.left + passed / (end - start) * (self.right - self.left)

    def ends(self, earliest: date, latest: date, least: float) -> tuple[float, float]:
        """Left and right end of an interval of days, at least so far apart."""
        left, right = self.x(earliest), self.x(latest, after=1)
        lack = max(0.0, least - (right - left)) / 2
        return left - lack, right + lack


class Shares(NamedTuple):
    """Shares of one from left to right, from `lowest` on."""

    lowest: float
    left: float
    right: float

    def x(self, share: float) -> float:
        """Where a share lies; what is lower than the lowest lies at the left end."""
        passed = max(0.0, (share - self.lowest) / (1 - self.lowest))
        return self.left + passed * (self.right - self.left)
