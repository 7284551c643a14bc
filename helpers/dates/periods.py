"""Calendar arithmetic: spans of days, units of time, and what comes back every week or year.

A day is a proleptic Gregorian ordinal (`date.toordinal()`), so that day 1 is a Monday; a span is
its first and last day, both included.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

Span = tuple[int, int]

# Units that are made of whole calendar months, and of how many.
_MONTHS = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
_DAYS = {"day": 1, "week": 7}


def _month_start(month: int) -> int:
    """First day of a month that is counted from January of the year 0."""
    return date(month // 12, month % 12 + 1, 1).toordinal()


def _month_of(day: int) -> int:
    on = date.fromordinal(day)
    return on.year * 12 + on.month - 1


def number(unit: str, day: int) -> int:
    """The running number of the unit that holds a day: of a year, the year itself."""
    if unit in _DAYS:
        return (day - 1) // _DAYS[unit]
    if unit == "century":  # a century begins with its year 1
        return (_month_of(day) - 12) // 1200
    return _month_of(day) // _MONTHS[unit]


def period(unit: str, running: int) -> Span:
    """The days of the unit with this running number."""
    if unit in _DAYS:
        length = _DAYS[unit]
        return running * length + 1, running * length + length
    length, first = _MONTHS[unit], 12 if unit == "century" else 0
    start = running * length + first
    return _month_start(start), _month_start(start + length) - 1


def neighbour(unit: str, day: int, by: int) -> Span:
    """The whole unit `by` units after the one that holds the day."""
    return period(unit, number(unit, day) + by)


def shift(day: int, unit: str, by: int) -> int:
    """The day `by` units later; the last of a month where the month is too short for it."""
    if unit in _DAYS:
        return day + by * _DAYS[unit]
    month = _month_of(day) + by * _MONTHS[unit]
    length = monthrange(month // 12, month % 12 + 1)[1]
    return _month_start(month) + min(date.fromordinal(day).day, length) - 1


def year(of: int) -> Span:
    """The days of a calendar year."""
    return period("year", of)


def full_year(short: int) -> int:
    """The year that two digits stand for: 17 for 2017, 94 for 1994; a longer number as it is."""
    return short if short > 99 else short + (2000 if short < 50 else 1900)


@dataclass(frozen=True)
class Recurring:
    """What comes once in every `cycle` (a week, month, quarter or year): a weekday, a month, 4 May.

    `at` gives its days in the cycle with that running number, or None where that one has none.
    """

    cycle: str
    at: Callable[[int], Span | None]

    def _search(self, running: int, step: int, wanted: Callable[[Span], bool]) -> Span | None:
        for turn in range(running, running + 9 * step, step):  # 29 February may be 8 years away
            span = self.at(turn)
            if span and wanted(span):
                return span
        return None

    def latest(self, day: int) -> Span | None:
        """The latest one that had begun on that day."""
        return self._search(number(self.cycle, day), -1, lambda span: span[0] <= day)

    def next(self, day: int) -> Span | None:
        """The first one that was not over on that day."""
        return self._search(number(self.cycle, day) - 1, 1, lambda span: span[1] >= day)

    def before(self, day: int) -> Span | None:
        """The latest one that was over before that day."""
        return self._search(number(self.cycle, day), -1, lambda span: span[1] < day)

    def after(self, day: int) -> Span | None:
        """The first one that began after that day."""
        return self._search(number(self.cycle, day), 1, lambda span: span[0] > day)

    def current(self, day: int) -> Span | None:
        """The one of the week or year that holds the day."""
        return self.at(number(self.cycle, day))

    def last(self, day: int) -> Span | None:
        """The one of the week or year before."""
        return self.at(number(self.cycle, day) - 1)

    def following(self, day: int) -> Span | None:
        """The one of the week or year after."""
        return self.at(number(self.cycle, day) + 1)

    def nth(self, count: int, whole: Span) -> Span | None:
        """The first, second … in a longer span, or the last (-1)."""
        turns = range(number(self.cycle, whole[0]), number(self.cycle, whole[1]) + 1)
        spans = [span for span in map(self.at, turns) if span and whole[0] <= span[0] <= whole[1]]
        at = count - 1 if count > 0 else count
        return spans[at] if -len(spans) <= at < len(spans) else None

    def within(self, whole: Span) -> Span | None:
        """The only one that begins within a longer span, or None."""
        return self.nth(1, whole) if self.nth(2, whole) is None else None


def weekday(day: int) -> Recurring:
    """A day of the week, Monday being 0."""
    return Recurring("week", lambda week: (week * 7 + day + 1,) * 2)


WEEKEND = Recurring("week", lambda week: (week * 7 + 6, week * 7 + 7))


def month(of: int) -> Recurring:
    """A month of the year, January being 1."""
    return Recurring("year", lambda year: period("month", year * 12 + of - 1))


def day_of_month(day: int) -> Recurring:
    """A day of every month that is long enough."""
    return Recurring("month", lambda running: calendar_day(running // 12, running % 12 + 1, day))


def month_days(month: int, first: int, last: int | None = None) -> Recurring:
    """Some days of a month, from the first to the last; one day where there is no last."""

    def at(year: int) -> Span | None:
        start = calendar_day(year, month, first)
        end = start if last is None else calendar_day(year, month, last)
        return (start[0], end[0]) if start and end else None

    return Recurring("year", at)


def calendar_day(year: int, month: int, day: int) -> Span | None:
    """One day as a span, or None where the calendar has no such day."""
    try:
        return (date(year, month, day).toordinal(),) * 2
    except ValueError:
        return None


def months(first: int, count: int) -> Recurring:
    """Some months of a year from the first on; they may reach into the next year."""
    return Recurring(
        "year",
        lambda year: (
            period("month", year * 12 + first - 1)[0],
            period("month", year * 12 + first + count - 2)[1],
        ),
    )


# Months of a year and of a decade that are its beginning, middle and end.
_PARTS = {
    12: {"early": (0, 3), "mid": (4, 8), "late": (9, 12)},
    120: {"early": (0, 48), "mid": (48, 84), "late": (84, 120)},
}


def part(which: str, whole: Span) -> Span | None:
    """The 'early', 'mid' or 'late' part of a week, a month or something longer, else None.

    By the codebook, a year begins and ends with a quarter and its middle is May to August, and a
    month ends with its last ten days. In the same spirit a month begins with its first ten days
    and has its middle in the ten after them, a decade begins with its first four years and ends
    with its last three, half years, quarters and seasons are cut in three, and a week begins with
    Monday to Wednesday, ends with the rest and has Tuesday to Friday in its middle.
    """
    first, last = whole
    if last - first == 6:
        low, high = {"early": (0, 2), "mid": (1, 4), "late": (3, 6)}[which]
        return first + low, first + high
    start = number("month", first)
    length = number("month", last) - start + 1
    if length == 1:
        by_day = {"early": (first, first + 9), "mid": (first + 10, first + 19)}
        return by_day.get(which, (last - 9, last)) if last - first > 26 else None
    if length < 3:
        return None
    third = ("early", "mid", "late").index(which)
    thirds = third * length // 3, (third + 1) * length // 3
    low, high = _PARTS[length][which] if length in _PARTS else thirds
    return _month_start(start + low), _month_start(start + high) - 1


def nth(unit: str, count: int, whole: Span) -> Span | None:
    """The first, second … unit of a longer span, or counted from its end where `count` is negative.

    Weeks of a month or year are counted as seven days from its first or last; None where the span
    does not have so many.
    """
    first, last = whole
    if unit == "half" and number("half", first) == number("half", last):
        middle = first + 14 if last - first < 31 else (first + last) // 2
        span = (first, middle) if count == 1 else (middle + 1, last)
    elif unit in _DAYS:
        length = _DAYS[unit]
        start = first + (count - 1) * length if count > 0 else last + 1 + count * length
        span = start, start + length - 1
    else:
        edge = number(unit, first) - 1 if count > 0 else number(unit, last) + 1
        span = period(unit, edge + count)
    return span if count and first <= span[0] and span[1] <= last else None
