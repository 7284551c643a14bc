"""Second level of the grammar: days, weekdays, months, seasons and quarters, with their year."""

from helpers.dates.grammar import Level, Place, symbol_of
from helpers.dates.lexicon import Item
from helpers.dates.nodes import Node, bare, counted, fixed, joined, within
from helpers.dates.periods import (
    WEEKEND,
    Recurring,
    calendar_day,
    day_of_month,
    full_year,
    month,
    month_days,
    months,
    period,
    weekday,
)
from helpers.dates.units import counts

days = Level()

# After these "May" and "March" are months even without a day or a year.
_BEFORE_MONTH = set(
    "the in of from to by between since BEFORE AFTER LAST THIS NEXT PAST COMING EARLY MID LATE "
    "END BEGINNING EARLIER LATER".split()
)
# After these (and 'the') "15th" alone is a day.
_BEFORE_DAY = {"on", "by", "since", "until", "till", "from", "before", "after"}
_BEFORE_QUARTER = {"in", "of", "since", "the", "to", "by", "from"}  # "Q3" without a year
_JOINTS = {"and", "or", "comma", "dash", "to"}
_DOUBTFUL = {"may", "march", "mar", "jan", "sep", "dec"}  # also verbs, names or abbreviations


def _named(parts: tuple[Item, ...], *symbols: str) -> list[Item]:
    return [part for part in parts if part.symbol in symbols]


def _with_year(recurring: Recurring, granularity: str, wholes: list[Item]) -> Node:
    """What recurs every year, in the year that is named with it, if one is."""
    if wholes:
        return within(recurring, wholes[0].value, granularity)
    return bare(recurring, granularity)


_WEEKDAY_FIRST = "(ANYDAY dot? comma? the?)?"
_YEAR_LAST = "(dot? comma? (of|in)? the? WHOLE)?"


@days.rule(
    f"{_WEEKDAY_FIRST} MONTH dot? the? D {_YEAR_LAST}",
    f"{_WEEKDAY_FIRST} D dot? of? MONTH {_YEAR_LAST}",
    f"ANYDAY open MONTH dot? D {_YEAR_LAST} close",
    f"ANYDAY open D MONTH {_YEAR_LAST} close",
    "D (dash|slash) MONTH (dash|slash) WHOLE",
    "WHOLE (dash|slash) MONTH (dash|slash) D",
    "WHOLE comma? MONTH dot? D",
)
def month_day(place: Place, *parts: Item) -> Node | None:
    (of,), (day,) = _named(parts, "MONTH"), _named(parts, "INT", "ORDINAL")
    wholes = _named(parts, "WHOLE")
    if day.value > 31 or (not wholes and _is_verb(place, of)):
        return None
    return _with_year(month_days(of.value, day.value), "day", wholes)


def _is_verb(place: Place, of: Item) -> bool:
    """'The first may fall', 'May 19 companies share it?': no date."""
    if of.text.lower() not in _DOUBTFUL or symbol_of(place.before()) == "on":
        return False
    return of.text.islower() or (place.before() is None and counts(place.after()))


@days.rule(
    f"from? {_WEEKDAY_FIRST} MONTH dot? the? D (dash|to) the? D {_YEAR_LAST}",
    f"from? the? D (dash|to) the? D of? MONTH {_YEAR_LAST}",
    f"between MONTH dot? the? D and the? D {_YEAR_LAST}",
    f"between the? D and the? D of? MONTH {_YEAR_LAST}",
)
def days_of_month(place: Place, *parts: Item) -> Node | None:
    (of,), (first, last) = _named(parts, "MONTH"), _named(parts, "INT", "ORDINAL")
    if not first.value < last.value <= 31:
        return None
    span = month_days(of.value, first.value, last.value)
    return _with_year(span, "range", _named(parts, "WHOLE"))


@days.rule("D", "D comma? WHOLE")
def day_in_list(place: Place, day: Item, *whole: Item) -> Node | None:
    """The 4 in '4 and 15 September 2017', the 15 in 'September 4 and 15, 2017'."""
    joint, other, month_of = place.after(), place.after(2), place.after(3)
    if symbol_of(joint) != "and" or whole:
        joint, other, month_of = place.before(), place.before(2), place.before(3)
    of_days = symbol_of(other) in ("INT", "ORDINAL") and day.value <= 31
    if symbol_of(joint) != "and" or symbol_of(month_of) != "MONTH" or not of_days:
        return None
    return _with_year(month_days(month_of.value, day.value), "day", list(whole))


@days.rule("(ANYDAY comma?)? DATE")
def full_date(place: Place, *parts: Item) -> Node | None:
    """Year first is year, month, day; otherwise the month comes first, but with dots the day.

    Where that gives no date, the other order is tried: 24/10/2019 is the 24th of October.
    """
    numbers, mark = _numbers(parts[-1].text)
    if len(numbers[0]) == 4:
        orders = [(0, 1, 2)]
    else:
        orders = [(2, 1, 0), (2, 0, 1)] if mark == "." else [(2, 0, 1), (2, 1, 0)]
    for order in orders:
        on, of, day = (int(numbers[at]) for at in order)
        span = calendar_day(full_year(on), of, day)
        if span:
            return fixed(span, "day")
    return None


def _numbers(text: str) -> tuple[list[str], str]:
    text = text.partition("T")[0]
    mark = next(char for char in text if not char.isdigit())
    return text.split(mark), mark


@days.rule("YEAR_MONTH")
def year_month(place: Place, found: Item) -> Node:
    """'2017-09' and '9/2017'."""
    (on, of), _ = _numbers(found.text)
    if len(on) < 4:
        on, of = of, on
    return fixed(period("month", int(on) * 12 + int(of) - 1), "month")


@days.rule("MONTH dot? (comma|of|in|dash|slash)? the? WHOLE", "WHOLE MONTH")
def month_of_year(place: Place, *parts: Item) -> Node | None:
    (of,), (whole,) = _named(parts, "MONTH"), _named(parts, "WHOLE")
    if parts[0] is whole and of.text.lower() in _DOUBTFUL:
        return None
    return within(month(of.value), whole.value, "month")


@days.rule("MONTH")
def month_alone(place: Place, found: Item) -> Node | None:
    """A word that is also a verb or a name needs a preposition before it, or another month."""
    if found.text.lower() in _DOUBTFUL:
        before, after = symbol_of(place.before()), symbol_of(place.after())
        listed = before in _JOINTS and symbol_of(place.before(2)) == "MONTH"
        listed |= after in _JOINTS and symbol_of(place.after(2)) == "MONTH"
        if found.text.islower() or not (listed or before in _BEFORE_MONTH):
            return None
    return bare(month(found.value), "month")


@days.rule("WEEKDAY PART_OF_DAY?")
def weekday_alone(place: Place, found: Item, *part: Item) -> Node:
    return bare(weekday(found.value), "day")


@days.rule("WEEKEND")
def weekend(place: Place, found: Item) -> Node | None:
    if symbol_of(place.before()) in ("the", "to", "since"):
        return bare(WEEKEND, "range")
    return None


@days.rule("WEEKDAY (of|in|on)? the? SPAN", "SPAN (possessive|comma|on)? ANYDAY")
def weekday_of_week(place: Place, *parts: Item) -> Node | None:
    (of,), (week,) = _named(parts, "WEEKDAY", "SHORT_WEEKDAY"), _named(parts, "SPAN")
    if week.value.granularity != "week":
        return None
    return within(weekday(of.value), week.value, "day")


def _recurring(found: Item) -> tuple[Recurring, str]:
    """What a name that stands for many dates recurs as, and its granularity."""
    if found.symbol == "MONTH":
        return month(found.value), "month"
    if found.symbol == "WEEKDAY":
        return weekday(found.value), "day"
    if found.symbol == "BARE":
        return found.value.recurring, found.value.granularity
    return (WEEKEND, "range") if found.symbol == "WEEKEND" else (found.value, "range")


@days.rule(
    "(LAST|THIS|NEXT|PAST|PREVIOUS|COMING) (MONTH|WEEKDAY|WEEKEND|SEASON|BARE) PART_OF_DAY?",
    "THIS (PAST|COMING) (MONTH|WEEKDAY|WEEKEND|SEASON) PART_OF_DAY?",
)
def last_or_next(place: Place, *parts: Item) -> Node | None:
    """'Last Friday' is that of the week before, 'next Friday' of the week after publication.

    Of months, seasons and festivals they are the one before and the one after.
    """
    (found,) = _named(parts, "MONTH", "WEEKDAY", "WEEKEND", "SEASON", "BARE")
    if found.text in _DOUBTFUL:
        return None
    recurring, granularity = _recurring(found)
    way = parts[parts.index(found) - 1].symbol
    ways = {"LAST": recurring.before, "PREVIOUS": recurring.before, "NEXT": recurring.after}
    if recurring.cycle == "week":
        ways |= {"LAST": recurring.last, "PREVIOUS": recurring.last, "NEXT": recurring.following}
    ways |= {"PAST": recurring.latest, "THIS": recurring.current, "COMING": recurring.after}
    return counted("publication", granularity, ways[way])


@days.rule("(FOLLOWING|THAT|SAME) (WEEKEND|SEASON)", "FOLLOWING (MONTH|WEEKDAY)")
def following(place: Place, which: Item, found: Item) -> Node:
    recurring, granularity = _recurring(found)
    way = recurring.after if which.symbol == "FOLLOWING" else recurring.current
    return counted("previous", granularity, way)


@days.rule("SEASON (of|in|comma|dash)? the? WHOLE")
def season_of_year(place: Place, season: Item, whole: Item) -> Node:
    return within(season.value, whole.value, "range")


@days.rule("SEASON")
def season_alone(place: Place, season: Item) -> Node | None:
    """'In the spring', but not 'the spring of discontent'."""
    around = symbol_of(place.before(2)), symbol_of(place.before()), symbol_of(place.after())
    if around[0] not in ("in", "since", "by") or around[1] != "the" or around[2] == "of":
        return None
    return bare(season.value, "range")


@days.rule("QUARTER (of|comma|dash)? WHOLE", "WHOLE (dash|comma)? QUARTER", "QUARTER")
def short_quarter(place: Place, *parts: Item) -> Node | None:
    (found,), wholes = _named(parts, "QUARTER"), _named(parts, "WHOLE")
    unit, count, on = found.value
    length = 3 if unit == "quarter" else 6
    if count * length > 12:
        return None
    recurring = months((count - 1) * length + 1, length)
    if on:
        return fixed(recurring.at(on), unit)
    if not wholes and symbol_of(place.before()) not in _BEFORE_QUARTER:
        return None
    return _with_year(recurring, unit, wholes)


@days.rule("ORDINAL of? the? SPAN")
def day_of_that_month(place: Place, found: Item, span: Item) -> Node | None:
    """'The 15th of last month', 'the 21st this month'."""
    if span.value.granularity != "month" or found.value > 31:
        return None
    return within(day_of_month(found.value), span.value, "day")


@days.rule("from? the? D (to|dash) the? D of? the? SPAN", "between the? D and the? D of? the? SPAN")
def days_of_that_month(place: Place, *parts: Item) -> Node | None:
    """'From 4 to 22 this month'."""
    (first, last), (span,) = _named(parts, "INT", "ORDINAL"), _named(parts, "SPAN")
    if span.value.granularity != "month" or not first.value < last.value <= 31:
        return None
    ends = [within(day_of_month(day.value), span.value, "day") for day in (first, last)]
    return joined(*ends)


@days.rule("ANYDAY comma? the ORDINAL")
def weekday_and_day(place: Place, of_week: Item, found: Item) -> Node | None:
    """'Friday the 11th': the 11th of a month."""
    return bare(day_of_month(found.value), "day") if found.value <= 31 else None


@days.rule("ORDINAL")
def day_alone(place: Place, found: Item) -> Node | None:
    """'On the 15th', where no noun follows that is the fifteenth."""
    on = place.before(2) if symbol_of(place.before()) == "the" else place.before()
    after = symbol_of(place.after())
    noun = after == "UNIT" or (after == "other" and place.after().text.islower())
    told = on is not None and on.text.lower() in _BEFORE_DAY
    if noun or not told or not (found.text[0].isdigit() and found.value <= 31):
        return None
    return bare(day_of_month(found.value), "day")


@days.rule("BARE (of|in|comma)? WHOLE", "WHOLE BARE")
def named_day_of_year(place: Place, *parts: Item) -> Node:
    """'Spring Festival 2021', 'the 2021 Spring Festival'."""
    (named,), (whole,) = _named(parts, "BARE"), _named(parts, "WHOLE")
    return within(named.value.recurring, whole.value, named.value.granularity)
