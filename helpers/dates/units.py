"""First level of the grammar: years, and units that are counted from some day ("last week")."""

from helpers.dates.grammar import SKIP, Level, Place, symbol_of
from helpers.dates.lexicon import Item
from helpers.dates.named import NAMES
from helpers.dates.nodes import Node, bare, counted, fixed
from helpers.dates.periods import full_year, neighbour, period, shift, year
from helpers.dates.tense import is_ahead

units = Level()

# After these a number between 1900 and 2099 is a year.
_TEMPORAL = set(
    "in since by from to between BEFORE AFTER EARLY LATE MID END BEGINNING MONTH SEASON QUARTER "
    "FISCAL LATER EARLIER".split()
)
_PARTS = set("EARLY LATE LATER EARLIER UNIT UNITS QUARTER ORDINAL".split())
_OWNERS = {"the", "possessive", "THIS", "LAST"}
COUNTS = {"INT", "COUNT", "NUMBER", "A"}
_WITHIN = {"in", "over", "within", "during", "for", "throughout"}


def _text(item: Item | None) -> str:
    return item.text.lower() if item else ""


def _touch(left: Item | None, right: Item | None) -> bool:
    """Whether nothing stands between two items, not even a space."""
    return bool(left and right and left.end == right.start)


def _ends_clause(place: Place) -> bool:
    return symbol_of(place.after()) in ("", "comma", "dot", "mark", "close", "and", "dash")


def _is_code(place: Place, found: Item) -> bool:
    """Whether a number is part of a telephone number, version, standard or label."""
    before, after = place.before(), place.after()
    if _touch(before, found) and (before.text in "+@=*" or _is_tail(place)):
        return True
    if _touch(found, after) and (after.text in "%+" or symbol_of(place.after(2)) == "COUNT"):
        return after.symbol != "comma"
    if symbol_of(before) in ("INT", "COUNT"):  # a year follows a day, and that a month
        return "MONTH" not in (symbol_of(place.before(2)), symbol_of(place.before(3)))
    label = _text(place.before(2)) if symbol_of(before) == "dot" else _text(before)
    return symbol_of(after) == "COUNT" or label in NAMES.numbers["labels"]


def _is_tail(place: Place) -> bool:
    """Whether a number hangs on to what is neither a word of dates nor another year: 'v-2019'."""
    joint, head = place.before(), place.before(2)
    if joint.symbol not in ("dash", "slash", "dot") or not _touch(head, joint):
        return False
    if symbol_of(head) == "YEAR":
        return _touch(place.before(3), head)
    return _text(head) not in NAMES.numbers["prefixes"] and symbol_of(head) not in _TEMPORAL


def counts(after: Item | None) -> bool:
    """Whether what follows a number is what it counts ("2017 bitcoin", "2000 users")."""
    if symbol_of(after) != "other":
        return False
    plural = len(after.text) > 3 and after.text.endswith("s") and after.text.islower()
    return after.text.lower() in NAMES.numbers["units"] or plural


def _is_year(place: Place, found: Item) -> bool:
    """Whether a number between 1900 and 2099 is a year where it stands."""
    if _is_code(place, found):
        return False
    owned = (
        symbol_of(place.before()) in _OWNERS or _text(place.before(2)) in NAMES.numbers["prefixes"]
    )
    if owned or not counts(place.after()):
        return True
    if symbol_of(place.before()) == "of":
        return symbol_of(place.before(2)) == "MONTH"
    return symbol_of(place.before()) in _TEMPORAL and found.value % 100 != 0


@units.rule("UNIT? YEAR")
def calendar_year(place: Place, *parts: Item) -> Node | None:
    *unit, found = parts
    if (unit and unit[0].value != "year") or not _is_year(place, found):
        return None
    return fixed(year(found.value), "year")


@units.rule("SHORT_YEAR")
def short_year(place: Place, found: Item) -> Node | None:
    before = place.before(2) if symbol_of(place.before()) == "dot" else place.before()
    if symbol_of(before) in _TEMPORAL | {"of"} and not counts(place.after()):
        return fixed(year(full_year(found.value)), "year")
    return None


@units.rule("FISCAL UNIT? YEAR", "FISCAL_YEAR")
def fiscal_year(place: Place, *parts: Item) -> Node | None:
    """China's fiscal year is the calendar year (Budget Law of 1994, as amended, article 18)."""
    return fixed(year(full_year(parts[-1].value)), "year")


@units.rule("(LAST|THIS|NEXT|PREVIOUS|COMING) FISCAL UNIT")
def relative_fiscal_year(place: Place, which: Item, fiscal: Item, unit: Item) -> Node:
    by = {"LAST": -1, "PREVIOUS": -1, "THIS": 0}.get(which.symbol, 1)
    return _neighbour("publication", unit.value, by)


@units.rule("FISCAL UNIT YEAR (dash|slash) INT", "YEAR (dash|slash) INT FISCAL UNIT")
def fiscal_years(place: Place, *parts: Item) -> Node | None:
    """Where it spans two years it runs from April to March, as in Hong Kong."""
    first, last = [part for part in parts if part.symbol in ("YEAR", "INT")]
    if last.value != (first.value + 1) % 100:
        return None
    start, end = period("month", first.value * 12 + 3)[0], period("month", first.value * 12 + 14)[1]
    return fixed((start, end), "range")


@units.rule("DECADE")
def decade(place: Place, found: Item) -> Node | None:
    if found.value > 100:
        return fixed(period("decade", found.value // 10), "range")
    if found.text[0] in "'’" or symbol_of(place.before()) in ("the", "EARLY", "LATE", "MID"):
        return fixed(period("decade", 190 + found.value // 10), "range")
    return None


@units.rule("ORDINAL UNIT")
def century(place: Place, ordinal: Item, unit: Item) -> Node | None:
    if unit.value == "century" and symbol_of(place.before()) == "the":
        return fixed(period("century", ordinal.value - 1), "range")
    return None


def granularity_of(unit: str) -> str:
    """The granularity of a whole unit of time."""
    return "range" if unit in ("decade", "century") else unit


def _neighbour(anchor: str, unit: str, by: int) -> Node:
    return counted(anchor, granularity_of(unit), lambda day: neighbour(unit, day, by))


def _rolling(anchor: str, unit: str, by: int) -> Node:
    """The units before or after a day, up to it: 'the past three years'."""

    def value(day: int) -> tuple[int, int]:
        if unit == "quarter":  # of business, so whole ones
            first, last = (1, by) if by > 0 else (by, -1)
            return neighbour(unit, day, first)[0], neighbour(unit, day, last)[1]
        other = shift(day, unit, by)
        return (other, day) if by < 0 else (day + 1, other)

    return counted(anchor, "range", value)


def _vague(anchor: str) -> Node:
    """'A few weeks ago': a date, but no telling which."""
    return counted(anchor, "range", lambda day: None)


@units.rule("THIS UNIT")
def this_unit(place: Place, this: Item, unit: Item) -> Node | None:
    if unit.value in ("day", "half") or (_touch(unit, place.after()) and place.after().text == "-"):
        return None
    return _neighbour("publication", unit.value, 0)


@units.rule("LAST UNIT")
def last_unit(place: Place, last: Item, unit: Item) -> Node | None:
    if unit.value in ("day", "half") or symbol_of(place.after()) == "of":
        return None
    if symbol_of(place.before()) == "the" and unit.value != "quarter":
        return _rolling("publication", unit.value, -1)
    return _neighbour("publication", unit.value, -1)


@units.rule("(NEXT|COMING) UNIT")
def next_unit(place: Place, which: Item, unit: Item) -> Node | None:
    if symbol_of(place.before()) == "the" and unit.value != "quarter":
        if _text(place.before(2)) in _WITHIN:
            return _rolling("publication", unit.value, 1)
        if which.symbol == "NEXT":
            return _neighbour("previous", unit.value, 1)
    return _neighbour("previous" if unit.value == "day" else "publication", unit.value, 1)


@units.rule("FOLLOWING UNIT")
def following_unit(place: Place, following: Item, unit: Item) -> Node:
    return _neighbour("previous", unit.value, 1)


@units.rule("PREVIOUS UNIT")
def previous_unit(place: Place, previous: Item, unit: Item) -> Node:
    return _neighbour("previous", unit.value, -1)


@units.rule("(THAT|SAME) UNIT", "THAT SAME UNIT")
def same_unit(place: Place, *parts: Item) -> Node | None:
    if _touch(parts[-1], place.after()) and place.after().text == "-":
        return None
    return _neighbour("previous", parts[-1].value, 0)


@units.rule("(LAST|PAST|PREVIOUS) N ANYUNIT", "N (PAST|PREVIOUS) UNITS", "PAST UNIT")
def past_units(place: Place, *parts: Item) -> Node | None:
    if symbol_of(place.after()) in ("of", "in"):  # the last two weeks of October
        return None
    symbols = [part.symbol for part in parts]
    count = next((part.value for part in parts if part.symbol in COUNTS), 1)
    anchor = "previous" if "PREVIOUS" in symbols else "publication"
    return _rolling(anchor, parts[-1].value, -count)


@units.rule("(LAST|PAST) N HOUR")
def past_hours(place: Place, past: Item, count: Item, hour: Item) -> Node:
    return _rolling("publication", "day", -(count.value // 24 or 1))


@units.rule("N HOUR AGO")
def hours_ago(place: Place, count: Item, hour: Item, ago: Item) -> Node:
    """Some hours before an unknown hour of the day: that day or the ones before it."""
    return _rolling("publication", "day", -count.value // 24)


@units.rule("(NEXT|COMING) N ANYUNIT", "N (NEXT|COMING) UNITS")
def next_units(place: Place, *parts: Item) -> Node:
    count = next(part.value for part in parts if part.symbol in COUNTS)
    return _rolling("publication", parts[-1].value, count)


@units.rule("UNIT AFTER the? NEXT")
def unit_after_next(place: Place, unit: Item, after: Item, which: Item) -> Node:
    return _neighbour("publication", unit.value, 2)


@units.rule("UNIT to NOW", "UNIT dash to dash NOW")
def year_to_date(place: Place, unit: Item, now: Item) -> Node | None:
    """From the first day of the year or month to the day of publication."""
    if now.value != "date":
        return None
    return counted("publication", "range", lambda day: (neighbour(unit.value, day, 0)[0], day))


@units.rule("N ANYUNIT AGO")
def units_ago(place: Place, count: Item, unit: Item, ago: Item) -> Node:
    return _neighbour("publication", unit.value, -count.value)


@units.rule("UNIT A UNIT AGO", "NUMBER and A UNIT ANYUNIT AGO", "A UNIT and A UNIT AGO")
def halves_ago(place: Place, *parts: Item) -> Node | None:
    """'Half a year ago', 'two and a half years ago': a month."""
    words = [part.value for part in parts]
    if "half" not in words or "year" not in words:
        return None
    years = 0 if words[0] == "half" else words[0]
    return _neighbour("publication", "month", -6 - 12 * years)


@units.rule("A? FEW of? UNITS AGO")
def some_units_ago(place: Place, *parts: Item) -> Node:
    return _vague("publication")


@units.rule("N ANYUNIT from NOW")
def units_from_now(place: Place, count: Item, unit: Item, now: Item) -> Node:
    return _neighbour("publication", unit.value, count.value)


@units.rule("in N ANYUNIT")
def in_units(place: Place, count: Item, unit: Item) -> Node | None:
    """'In two years', where it is not how long something took, and not counted from a date."""
    counted_from = symbol_of(place.after()) in ("from", "AFTER", "BEFORE")
    if counted_from or not is_ahead(place.sentence, place.start):
        return None
    return _neighbour("publication", unit.value, count.value)


@units.rule("N ANYUNIT (LATER|EARLIER|AFTER|BEFORE)")
def units_later(place: Place, count: Item, unit: Item, way: Item) -> Node | None:
    if way.symbol in ("AFTER", "BEFORE") and not _ends_clause(place):
        return None
    by = count.value if way.symbol in ("LATER", "AFTER") else -count.value
    return _neighbour("previous", unit.value, by)


@units.rule("A? FEW UNITS (LATER|EARLIER)")
def some_units_later(place: Place, *parts: Item) -> Node:
    return _vague("previous")


@units.rule("UNIT (AFTER|BEFORE|EARLIER)")
def unit_after(place: Place, unit: Item, way: Item) -> Node | None:
    """'The year before', where nothing is named that it was before."""
    if symbol_of(place.before()) != "the" or not _ends_clause(place):
        return None
    return _neighbour("previous", unit.value, 1 if way.symbol == "AFTER" else -1)


@units.rule("TODAY PART_OF_DAY?")
def today(place: Place, found: Item, *part: Item) -> Node:
    return _neighbour("publication", "day", found.value)


@units.rule("UNIT (AFTER|BEFORE) TODAY")
def day_after_tomorrow(place: Place, unit: Item, way: Item, found: Item) -> Node | None:
    by = found.value + (1 if way.symbol == "AFTER" else -1)
    return _neighbour("publication", "day", by) if unit.value == "day" and found.value else None


@units.rule("(THIS|LAST) PART_OF_DAY")
def part_of_day(place: Place, which: Item, part: Item) -> Node:
    return _neighbour("publication", "day", -1 if which.symbol == "LAST" else 0)


@units.rule(
    "EVERY (N|ORDINAL|FEW)? (ANYUNIT|ANYDAY|MONTH|WEEKEND|SEASON|PART_OF_DAY|HOUR)",
    "A (ANYUNIT|ANYDAY) (possessive|dash)",
)
def frequency(place: Place, *parts: Item) -> object:
    return SKIP


@units.rule("NAMED")
def named_date(place: Place, found: Item) -> Node | object | None:
    """Festivals and congresses are dates where a preposition or a year stands by."""
    what, days, granularity = found.value
    if what == "name":
        return SKIP
    if what != "date":
        near = {symbol_of(place.before()), symbol_of(place.before(2)), symbol_of(place.after())}
        if not near & (_TEMPORAL | {"YEAR", "on", "THIS", "LAST", "NEXT"}):
            return None
    return bare(days, granularity) if what == "yearly" else fixed(days, granularity)


@units.rule("UNIT")
def the_unit(place: Place, unit: Item) -> Node | None:
    """'The year' in 'the end of the year': that of the date before it in the sentence, if any."""
    the = symbol_of(place.before()) == "the"
    of, part = place.before(2 if the else 1), place.before(3 if the else 2)
    edge = symbol_of(part) in ("END", "BEGINNING", "MID")
    if symbol_of(of) not in ("of", "in") or not (edge or (the and symbol_of(part) in _PARTS)):
        return None
    if unit.value in ("day", "half"):
        return None
    dated = any(item.symbol in ("YEAR", "MONTH", "DATE") for item in place.earlier())
    return _neighbour("previous" if dated else "publication", unit.value, 0)
