"""Words to symbols: what the grammar of dates sees of a sentence.

A sentence becomes a list of items, one for each word, number or mark, and an item has a symbol:
`MONTH` for "October" and "Oct", `INT` for "24", `other` for whatever has no part in any date.
Symbols in capitals may begin an expression, those in small letters only stand inside one.
"""

import re
from typing import NamedTuple

from helpers.dates import periods
from helpers.dates.named import NAMED, named


class Item(NamedTuple):
    """A word, or several that a rule of the grammar has joined: symbol, span, value, text, rule."""

    symbol: str
    start: int
    end: int
    value: object
    text: str
    rule: str = ""


_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_UNITS = "day week month quarter half year decade century".split()
_PLAIN = {
    "FEW": "few several couple some many",
    "PART_OF_DAY": "morning afternoon evening night",
    "HOUR": "hour hours",
    "THIS": "this current",
    "LAST": "last",
    "PAST": "past",
    "PREVIOUS": "previous preceding prior",
    "NEXT": "next",
    "COMING": "coming upcoming",
    "FOLLOWING": "following subsequent ensuing",
    "THAT": "that",
    "SAME": "same",
    "AGO": "ago",
    "NOW": "now present date",
    "LATER": "later",
    "EARLIER": "earlier",
    "AFTER": "after",
    "BEFORE": "before",
    "EARLY": "early",
    "LATE": "late",
    "MID": "mid middle",
    "END": "end close",
    "BEGINNING": "beginning start outset",
    "EVERY": "every each per",
    "FISCAL": "fiscal financial",
    "since": "since during throughout around circa as",
    "to": "to through thru until till",
    "the": "the",
    "of": "of",
    "IN": "in",
    "ON": "on",
    "and": "and",
    "or": "or",
    "FROM": "from",
    "BETWEEN": "between",
    "BY": "by",
}


def _words() -> dict[str, tuple[str, object]]:
    """Every word that has a part in dates, in lower case, with its symbol and value."""
    words: dict[str, tuple[str, object]] = {
        word: (symbol, word) for symbol, text in _PLAIN.items() for word in text.split()
    }
    for count, word in enumerate(_MONTHS, 1):
        words[word] = words[word[:3]] = ("MONTH", count)
    words["sept"] = ("MONTH", 9)
    for count, word in enumerate(_WEEKDAYS):
        words[word] = ("WEEKDAY", count)
        words[word[:3]] = ("SHORT_WEEKDAY", count)
    words |= {"tues": ("SHORT_WEEKDAY", 1)} | dict.fromkeys(("thur", "thurs"), ("SHORT_WEEKDAY", 3))
    words |= {word: ("NUMBER", count) for count, word in enumerate(_ONES, 1)}
    words |= {word: ("ORDINAL", count) for count, word in enumerate(_ORDINALS, 1)}
    for tens, word in enumerate(_TENS, 2):
        words[word] = ("NUMBER", tens * 10)
        words[word[:-1] + "ieth"] = ("ORDINAL", tens * 10)
        for count, (one, first) in enumerate(zip(_ONES[:9], _ORDINALS, strict=False), 1):
            words[f"{word}-{one}"] = ("NUMBER", tens * 10 + count)
            words[f"{word}-{first}"] = ("ORDINAL", tens * 10 + count)
    words |= dict.fromkeys(("a", "an"), ("A", 1))
    for unit in _UNITS:
        words[unit] = ("UNIT", unit)
        words[unit + "s"] = ("UNITS", unit)
    words |= {"centuries": ("UNITS", "century"), "halves": ("UNITS", "half")}
    words["weekend"] = ("WEEKEND", None)
    for word, first in {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}.items():
        words[word] = ("SEASON", periods.months(first, 3))
    for word, by in {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}.items():
        words[word] = ("TODAY", by)
    return words


_WORDS = _words()
_MARKS = {",": "comma", "-": "dash", "–": "dash", "—": "dash", ".": "dot", "/": "slash"}
_MARKS |= {"(": "open", ")": "close", "&": "and", "'s": "possessive", "’s": "possessive"}

# No alternative repeats a group that repeats, so that the scan is linear in the text.
_TOKEN = re.compile(
    r"""
    (?P<other>(?:https?://|www\.)\S+
      | \d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?
      | \d{1,2}\s?[ap]\.?m\b\.?
      | [$¥€£₩\#№]\s?\d[\d.,]*\w*)
  | (?P<NAMED>"""
    + NAMED
    + r""")
  | (?P<DATE>(?<![\w./-])(?:
        (?:19|20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})
      | \d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)(?:19|20)\d\d
      | \d{1,2}/\d{1,2}/\d\d
    )(?:T[\d:.]+Z?)?(?![\w/-]|\.\d))
  | (?P<YEAR_MONTH>(?<![\w./-])(?:19|20)\d\d-(?:0\d|1[0-2])(?![\w/-]|\.\d))
  | (?P<DECADE>['’]?\b(?:(?:19|20)\d|[5-9])0['’]?s\b)
  | (?P<QUARTER>\b[QqHh][1-4]\b|\b[1-4][QqHh](?:(?:20)?\d\d)?\b)
  | (?P<FISCAL_YEAR>\bFY\s?'?(?:20)?\d\d\b)
  | (?P<ORDINAL>\b\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<SHORT_YEAR>(?<!\w)['’]\d\d\b)
  | (?P<numeral>\d+(?:[.,]\d+)*\w*)
  | (?P<possessive>['’]s\b)
  | (?P<word>(?:[Tt]went|[Tt]hirt|[Ff]ort|[Ff]ift|[Ss]ixt|[Ss]event|[Ee]ight|[Nn]inet)y-[a-z]+
      | [^\W\d_]+\w*)
  | (?P<mark>[^\s\w])
    """,
    re.VERBOSE,
)


def items(sentence: str) -> list[Item]:
    """The words, numbers and marks of a sentence, in reading order."""
    found = []
    for match in _TOKEN.finditer(sentence):
        symbol, value = _read(match.lastgroup, match.group(), match)
        found.append(Item(symbol, match.start(), match.end(), value, match.group()))
    return found


def _read(kind: str, text: str, match: re.Match) -> tuple[str, object]:
    """Symbol and value of one word, number or mark."""
    if kind == "word":
        return _WORDS.get(text.lower(), ("other", None))
    if kind == "mark":
        return _MARKS.get(text, "mark"), None
    if kind == "numeral":
        return _numeral(text)
    if kind == "NAMED":
        return kind, named(match)
    if kind in ("ORDINAL", "SHORT_YEAR", "DECADE", "FISCAL_YEAR"):
        return kind, int(re.sub(r"\D", "", text))
    if kind == "QUARTER":
        return kind, _quarter(text)
    return kind, None


def _quarter(text: str) -> tuple[str, int, int | None]:
    """'Q3', '4Q19', 'H1': the unit, which one it is, and the year if there is one."""
    digits = re.sub(r"\D", "", text)
    year = int(digits[1:]) if len(digits) > 1 else None
    year = year + 2000 if year and year < 100 else year
    return "quarter" if "Q" in text.upper() else "half", int(digits[0]), year


def _numeral(text: str) -> tuple[str, object]:
    if not text.isdecimal() or len(text) > 4:
        return "other", None
    value = int(text)
    if len(text) == 4 and 1900 <= value <= 2099:
        return "YEAR", value
    return ("INT" if len(text) <= 2 and 1 <= value <= 31 else "COUNT"), value
