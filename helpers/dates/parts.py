"""Third and later levels of the grammar: parts of periods, ranges, and 'by'."""

from helpers.dates.grammar import Level, Place, symbol_of
from helpers.dates.lexicon import Item
from helpers.dates.nodes import Node, bare, counted, derived, fixed, joined, opened
from helpers.dates.periods import Span, full_year, months, neighbour, nth, part, shift, year
from helpers.dates.units import COUNTS, granularity_of

parts = Level(repeated=True)
ranges = Level()
bounds = Level()

_WHICH = {"EARLY": "early", "BEGINNING": "early", "MID": "mid", "LATE": "late", "END": "late"}


def _part(node: Node, first: Item, last: Item | None = None) -> Node | None:
    """The early, middle or late part of what a node denotes, or from one part to another."""
    if node.granularity == "day":
        return None
    start, end = _WHICH[first.symbol], _WHICH[(last or first).symbol]

    def change(span: Span) -> Span | None:
        begun, ended = part(start, span), part(end, span)
        return (begun[0], ended[1]) if begun and ended else None

    quarter = node.granularity == "year" and start == end != "mid"
    return derived(node, change, "quarter" if quarter else "range")


@parts.rule(
    "(EARLY|MID|LATE) dash? the? PERIOD",
    "(MID|END|BEGINNING) of the? PERIOD",
    "(EARLY|LATE) in the? PERIOD",
    "(END|BEGINNING) dash? WHOLE",
)
def part_of(place: Place, which: Item, whole: Item) -> Node | None:
    return _part(whole.value, which)


@parts.rule(
    "(EARLY|MID) dash? to dash? (MID|LATE) dash? of? the? PERIOD",
    "(BEGINNING|MID) to END of the? PERIOD",
)
def parts_of(place: Place, first: Item, last: Item, whole: Item) -> Node | None:
    return _part(whole.value, first, last)


@parts.rule("(MID|END|BEGINNING) of (INT|COUNT)")
def part_of_short_year(place: Place, which: Item, found: Item) -> Node | None:
    """'The end of 17', where no noun follows that 17 could count."""
    if len(found.text) != 2 or symbol_of(place.after()) in ("other", "UNIT", "UNITS", "MONTH"):
        return None
    return _part(fixed(year(full_year(found.value)), "year"), which)


@parts.rule("UNIT dash? END", "UNIT dash? END of? WHOLE")
def year_end(place: Place, unit: Item, end: Item, *whole: Item) -> Node | None:
    if unit.value not in ("year", "month", "quarter") or end.text.lower() != "end":
        return None
    if whole and unit.value != "year":
        return None
    this = counted("publication", unit.value, lambda day: neighbour(unit.value, day, 0))
    return _part(whole[0].value if whole else this, end)


@parts.rule(
    "(ORDINAL|LAST) UNIT (of|in) the? PERIOD",
    "ORDINAL UNIT (comma|of)? the? WHOLE",
    "WHOLE possessive (ORDINAL|LAST) UNIT",
)
def unit_of(place: Place, *found: Item) -> Node | None:
    """'The third quarter of 2021', 'the last week of October'."""
    whole = next(item for item in found if item.symbol in ("WHOLE", "SPAN", "BARE"))
    which, unit = [item for item in found if item.symbol in ("ORDINAL", "LAST", "UNIT")]
    if whole.value.granularity == "day":
        return None
    count = -1 if which.symbol == "LAST" else which.value
    granularity = granularity_of(unit.value)
    return derived(whole.value, lambda span: nth(unit.value, count, span), granularity)


@parts.rule("(ORDINAL|LAST) BARE (of|in) the? PERIOD")
def nth_weekday(place: Place, which: Item, day: Item, whole: Item) -> Node | None:
    """'The first Friday of July'."""
    recurring = day.value.recurring
    if recurring.cycle != "week" or whole.value.granularity not in ("month", "year"):
        return None
    count = -1 if which.symbol == "LAST" else which.value
    return derived(whole.value, lambda span: recurring.nth(count, span), day.value.granularity)


@parts.rule("ORDINAL UNIT")
def quarter_alone(place: Place, ordinal: Item, unit: Item) -> Node | None:
    """'The third quarter', of the year that the tense asks for."""
    length = {"quarter": 3, "half": 6}.get(unit.value)
    if length is None or ordinal.value * length > 12 or symbol_of(place.after()) == "of":
        return None
    if symbol_of(place.before()) not in ("the", "possessive", "in", "by"):
        return None
    return bare(months((ordinal.value - 1) * length + 1, length), unit.value)


@parts.rule(
    "(ORDINAL|LAST) N ANYUNIT (of|in) the? PERIOD",
    "WHOLE possessive (ORDINAL|LAST) N ANYUNIT",
)
def units_of(place: Place, *found: Item) -> Node | None:
    """'The first nine months of 2021', 'the last ten days of May'."""
    whole = next(item for item in found if item.symbol in ("WHOLE", "SPAN", "BARE"))
    which, count, unit = [item for item in found if item is not whole]
    if which.symbol == "ORDINAL" and which.value != 1:
        return None

    def change(span: Span) -> Span | None:
        if which.symbol == "LAST":
            start = nth(unit.value, -count.value, span)
            return start and (start[0], span[1])
        end = nth(unit.value, count.value, span)
        return end and (span[0], end[1])

    return derived(whole.value, change, "range")


@parts.rule("ORDINAL N UNITS")
def first_months(place: Place, first: Item, count: Item, unit: Item) -> Node | None:
    """'The first nine months', of the year that the tense asks for."""
    told = first.value == 1 and unit.value == "month" and 1 < count.value <= 12
    if not told or symbol_of(place.before()) != "the" or symbol_of(place.after()) == "of":
        return None
    return bare(months(1, count.value), "range")


@parts.rule("UNIT of the? PERIOD")
def week_of(place: Place, unit: Item, found: Item) -> Node | None:
    """'The week of 21 October', 'the month of October'."""
    node = found.value
    if unit.value == node.granularity:
        return node
    if unit.value != "week" or node.granularity != "day":
        return None
    return derived(node, lambda span: neighbour("week", span[0], 0), "week")


@parts.rule("N ANYUNIT (AFTER|BEFORE|from) the? PERIOD", "UNIT (AFTER|BEFORE) the? PERIOD")
def units_after(place: Place, *found: Item) -> Node | None:
    """'Two weeks after 4 September', 'the day before New Year'."""
    whole = found[-1].value
    unit = next(item.value for item in found if item.symbol in ("UNIT", "UNITS"))
    by = next((item.value for item in found if item.symbol in COUNTS), 1)
    if any(item.symbol == "BEFORE" for item in found):
        by = -by

    def change(span: Span) -> Span:
        return shift(span[0], unit, by), shift(span[1], unit, by)

    return derived(whole, change, whole.granularity)


@ranges.rule(
    "from the? PERIOD (to|dash) the? PERIOD", "between the? PERIOD (and|dash|to) the? PERIOD"
)
def from_to(place: Place, first: Item, last: Item) -> Node:
    return joined(first.value, last.value)


@ranges.rule("PERIOD (dash|to) the? PERIOD")
def to(place: Place, first: Item, last: Item) -> Node | None:
    """Without 'from', the two ends must be of a kind, or both complete."""
    alike = first.value.granularity == last.value.granularity
    complete = first.value.anchor == last.value.anchor == "calendar"
    return joined(first.value, last.value) if alike or complete else None


_TODAY = counted("publication", "day", lambda day: (day, day))


@ranges.rule("from? the? PERIOD to the? NOW", "between the? PERIOD and NOW")
def until_now(place: Place, first: Item, now: Item) -> Node:
    return joined(first.value, _TODAY)


@ranges.rule("from NOW to the? PERIOD", "between NOW and the? PERIOD")
def from_now(place: Place, now: Item, last: Item) -> Node:
    return joined(_TODAY, last.value)


@ranges.rule("from? WHOLE (dash|slash|to) INT")
def short_years(place: Place, whole: Item, last: Item) -> Node | None:
    """'2017-18', '2021–25': the years in between too."""
    if whole.rule != "calendar year" or len(last.text) != 2:
        return None
    first = int(whole.text[-4:])
    end = first - first % 100 + last.value
    return fixed((year(first)[0], year(end)[1]), "range") if first < end <= first + 20 else None


@bounds.rule("by the? PERIOD")
def by(place: Place, found: Item) -> Node:
    return opened(found.value)
