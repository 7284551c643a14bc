"""What a temporal expression means: days, as a function of the day from which it is counted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from helpers.dates.periods import Recurring, Span

# A window of days; a side that nothing bounds is None.
Window = tuple[int | None, int | None]

UNKNOWN: Window = (None, None)
_CALENDAR = range(1, date.max.toordinal() + 1)


@dataclass(frozen=True)
class Node:
    """The meaning of an expression.

    `value` gives its days, from the day that it is counted from (by `anchor`: the day of
    publication or of the date before it; a calendar date needs none) and from whether the act
    lies ahead. A `recurring` one ("October", "Thursday") leaves its year or week open and may take
    it from a neighbour, whose year is its `whole`. An `open` one has no first day ("by 2020").
    """

    anchor: str
    granularity: str
    value: Callable[[int, bool], Span | None]
    recurring: Recurring | None = None
    whole: "Node | None" = None
    open: bool = False

    @property
    def symbol(self) -> str:
        """What the grammar calls it."""
        if self.recurring:
            return "BARE"
        return "WHOLE" if self.granularity == "year" else "SPAN"


def fixed(span: Span, granularity: str) -> Node:
    """A date that is complete in itself."""
    return Node("calendar", granularity, lambda day, ahead: span)


def counted(anchor: str, granularity: str, value: Callable[[int], Span | None]) -> Node:
    """A date that is counted from publication or from the date before it."""
    return Node(anchor, granularity, lambda day, ahead: value(day))


def bare(recurring: Recurring, granularity: str) -> Node:
    """A month or weekday without a year: the latest, or the next where the act lies ahead."""

    def value(day: int, ahead: bool) -> Span | None:
        return recurring.next(day) if ahead else recurring.latest(day)

    return Node("publication", granularity, value, recurring)


def derived(node: Node, change: Callable[[Span], Span | None], granularity: str) -> Node:
    """A date that is worked out from the days of another: its end, its third week."""
    if node.recurring:
        at = node.recurring.at
        cycle = Recurring(node.recurring.cycle, lambda turn: (span := at(turn)) and change(span))
        return bare(cycle, granularity)

    def value(day: int, ahead: bool) -> Span | None:
        span = node.value(day, ahead)
        return span and change(span)

    return Node(node.anchor, granularity, value, whole=node.whole)


def within(recurring: Recurring, node: Node, granularity: str) -> Node:
    """The one that lies in a longer period: the October of last year."""
    return replace(derived(node, recurring.within, granularity), whole=node)


def joined(first: Node, last: Node) -> Node:
    """From the beginning of one date to the end of another.

    A first date without a year is the latest before the last; a last one without a year is the
    first that ends after the first begins.
    """
    anchor = first.anchor if last.anchor == "calendar" and not first.recurring else last.anchor

    def value(day: int, ahead: bool) -> Span | None:
        if last.recurring and not first.recurring:
            start = first.value(day, ahead)
            end = start and last.recurring.next(start[0])
        else:
            end = last.value(day, ahead)
            start = end and (
                first.recurring.latest(end[1]) if first.recurring else first.value(day, ahead)
            )
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None

    return Node(anchor, "range", value, whole=last.whole)


def opened(node: Node) -> Node:
    """'By' a date: no first day."""
    return replace(node, open=True, recurring=None)


def resolve(node: Node, window: Window, ahead: bool) -> Window:
    """The days that the expression denotes, counted from every day of a window.

    A window with an unknown side leaves that side of the answer unknown.
    """
    if node.anchor == "calendar":
        window = (0, 0)
    earliest = _at(node, window[0], ahead)
    latest = earliest if window[1] == window[0] else _at(node, window[1], ahead)
    first = earliest[0] if earliest and not node.open else None
    last = latest[1] if latest else None
    return first, last


def _at(node: Node, day: int | None, ahead: bool) -> Span | None:
    if day is None:
        return None
    try:
        span = node.value(day, ahead)
    except (ValueError, OverflowError):  # beyond the calendar: "60000 years ago"
        return None
    return span if span and span[0] in _CALENDAR and span[1] in _CALENDAR else None
