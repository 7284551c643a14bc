"""Second level of the grammar: days, weekdays, months, seasons and quarters, with their year."""

from helpers.dates.grammar import Level, Place, symbol_of
from helpers.dates.lexicon import Item
from helpers.dates.nodes import Node, bare, counted, fixed, within
from helpers.dates.periods import (
    WEEKEND,
    Recurring,
    calendar_day,
    day_of_month,
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
    "IN of FROM to BY BETWEEN since BEFORE AFTER LAST THIS NEXT PAST COMING EARLY MID LATE END "
    "BEGINNING EARLIER LATER".split()
)
_DOUBTFUL = {"may", "march", "mar", "jan", "sep", "dec"}  # also verbs, names or abbreviations


def _named(parts: tuple[Item, ...], *symbols: str) -> list[Item]:
    return [part for part in parts if part.symbol in symbols]


def _with_year(recurring: Recurring, granularity: str, wholes: list[Item]) -> Node:
    """What recurs every year, in the year that is named with it, if one is."""
    return (
        within(recurring, wholes[0].value, granularity) if wholes else bare(recurring, granularity)
    )


_WEEKDAY_FIRST = "(ANYDAY dot? comma? the?)?"
_YEAR_LAST = "(dot? comma? of? the? WHOLE)?"


@days.rule(
    f"{_WEEKDAY_FIRST} MONTH dot? the? D {_YEAR_LAST}",
    f"{_WEEKDAY_FIRST} D of? MONTH {_YEAR_LAST}",
    f"ANYDAY open MONTH dot? D {_YEAR_LAST} close",
    f"ANYDAY open D MONTH {_YEAR_LAST} close",
    "D dash MONTH dash WHOLE",
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
    if of.text.lower() not in _DOUBTFUL or symbol_of(place.before()) == "ON":
        return False
    return of.text.islower() or (place.before() is None and counts(place.after()))


@days.rule(
    f"FROM? {_WEEKDAY_FIRST} MONTH dot? the? D (dash|to) the? D {_YEAR_LAST}",
    f"FROM? the? D (dash|to) the? D of? MONTH {_YEAR_LAST}",
    f"BETWEEN MONTH dot? the? D and the? D {_YEAR_LAST}",
    f"BETWEEN the? D and the? D of? MONTH {_YEAR_LAST}",
)
def days_of_month(place: Place, *parts: Item) -> Node | None:
    (of,), (first, last) = _named(parts, "MONTH"), _named(parts, "INT", "ORDINAL")
    if not first.value < last.value <= 31:
        return None
    span = month_days(of.value, first.value, last.value)
    return _with_year(span, "range", _named(parts, "WHOLE"))


@days.rule("(ANYDAY comma?)? DATE")
def full_date(place: Place, *parts: Item) -> Node | None:
    """Year first is year, month, day; with dots the day comes first, with slashes the month.

    Where that gives no date, the other order is tried: 24/10/2019 is the 24th of October.
    """
    numbers, mark = _numbers(parts[-1].text)
    if len(numbers[0]) == 4:
        orders = [(0, 1, 2)]
    else:
        orders = [(2, 0, 1), (2, 1, 0)] if mark == "/" else [(2, 1, 0), (2, 0, 1)]
    for order in orders:
        on, of, day = (int(numbers[at]) for at in order)
        span = calendar_day(on if on > 99 else 2000 + on, of, day)
        if span:
            return fixed(span, "day")
    return None


def _numbers(text: str) -> tuple[list[str], str]:
    text = text.partition("T")[0]
    mark = next(char for char in text if not char.isdigit())
    return text.split(mark), mark


@days.rule("YEAR_MONTH")
def year_month(place: Place, found: Item) -> Node:
    on, _, of = found.text.partition("-")
    return fixed(period("month", int(on) * 12 + int(of) - 1), "month")


@days.rule("MONTH dot? (comma|of|IN|dash|slash)? the? WHOLE", "WHOLE MONTH")
def month_of_year(place: Place, *parts: Item) -> Node | None:
    (of,), (whole,) = _named(parts, "MONTH"), _named(parts, "WHOLE")
    if parts[0] is whole and not (of.text.istitle() and of.value != 5):
        return None
    return within(month(of.value), whole.value, "month")


@days.rule("MONTH")
def month_alone(place: Place, found: Item) -> Node | None:
    word, before = found.text.lower(), place.before()
    if word in _DOUBTFUL or found.text.islower():
        listed = symbol_of(before) in ("and", "or", "comma", "dash") and (
            symbol_of(place.before(2)) == "MONTH"
        )
        if symbol_of(before) not in _BEFORE_MONTH and not listed:
            return None
        if found.text.islower() and word in _DOUBTFUL:
            return None
    return bare(month(found.value), "month")


@days.rule("WEEKDAY PART_OF_DAY?")
def weekday_alone(place: Place, found: Item, *part: Item) -> Node | None:
    return bare(weekday(found.value), "day") if found.text[0].isupper() else None


@days.rule("WEEKEND")
def weekend(place: Place, found: Item) -> Node | None:
    if symbol_of(place.before()) in ("the", "to", "since"):
        return bare(WEEKEND, "range")
    return None


@days.rule("WEEKDAY (of|IN|ON)? the? SPAN", "SPAN possessive WEEKDAY")
def weekday_of_week(place: Place, *parts: Item) -> Node | None:
    (of,), (week,) = _named(parts, "WEEKDAY"), _named(parts, "SPAN")
    if week.value.granularity != "week":
        return None
    return within(weekday(of.value), week.value, "day")


def _recurring(found: Item) -> tuple[Recurring, str]:
    """What a name that stands for many dates recurs as, and its granularity."""
    if found.symbol == "MONTH":
        return month(found.value), "month"
    if found.symbol == "WEEKDAY":
        return weekday(found.value), "day"
    return (WEEKEND, "range") if found.symbol == "WEEKEND" else (found.value, "range")


@days.rule(
    "(LAST|THIS|NEXT|PAST|COMING) (MONTH|WEEKDAY|WEEKEND|SEASON) PART_OF_DAY?",
    "THIS (PAST|COMING) (MONTH|WEEKDAY|WEEKEND|SEASON) PART_OF_DAY?",
)
def last_or_next(place: Place, *parts: Item) -> Node | None:
    """'Last Friday' is the one before the day of publication, 'next Friday' the one after it."""
    (found,) = _named(parts, "MONTH", "WEEKDAY", "WEEKEND", "SEASON")
    if found.text in _DOUBTFUL:
        return None
    recurring, granularity = _recurring(found)
    ways = {"LAST": recurring.before, "PAST": recurring.latest, "THIS": recurring.current}
    ways |= {"NEXT": recurring.after, "COMING": recurring.after}
    way = parts[parts.index(found) - 1]
    return counted("publication", granularity, ways[way.symbol])


@days.rule("FOLLOWING (MONTH|WEEKDAY|WEEKEND|SEASON)")
def following(place: Place, which: Item, found: Item) -> Node:
    recurring, granularity = _recurring(found)
    return counted("previous", granularity, recurring.after)


@days.rule("SEASON (of|IN|comma|dash)? the? WHOLE")
def season_of_year(place: Place, season: Item, whole: Item) -> Node:
    return within(season.value, whole.value, "range")


@days.rule("SEASON")
def season_alone(place: Place, season: Item) -> Node | None:
    if symbol_of(place.before()) != "the" or symbol_of(place.before(2)) not in (
        "IN",
        "since",
        "BY",
    ):
        return None
    return bare(season.value, "range") if symbol_of(place.after()) != "of" else None


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
    if not wholes and symbol_of(place.before()) not in (
        "IN",
        "of",
        "since",
        "the",
        "to",
        "BY",
        "FROM",
    ):
        return None
    return _with_year(recurring, unit, wholes)


@days.rule("ORDINAL of the? SPAN")
def day_of_that_month(place: Place, found: Item, span: Item) -> Node | None:
    if span.value.granularity != "month":
        return None
    return within(day_of_month(found.value), span.value, "day")


@days.rule("ORDINAL")
def day_alone(place: Place, found: Item) -> Node | None:
    """'On the 15th', where no noun follows that is the fifteenth."""
    on = place.before(2) if symbol_of(place.before()) == "the" else place.before()
    noun = symbol_of(place.after()) == "other" and place.after().text.islower()
    if symbol_of(on) != "ON" or noun or not (found.text[0].isdigit() and found.value <= 31):
        return None
    return bare(day_of_month(found.value), "day")


@days.rule("BARE WHOLE", "BARE (of|IN|comma) WHOLE", "WHOLE BARE")
def named_day_of_year(place: Place, *parts: Item) -> Node:
    """'Spring Festival 2021', 'the 2021 Spring Festival'."""
    (named,), (whole,) = _named(parts, "BARE"), _named(parts, "WHOLE")
    return within(named.value.recurring, whole.value, named.value.granularity)
