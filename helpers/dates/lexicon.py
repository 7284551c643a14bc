"""Words to symbols: what the grammar of dates sees of a sentence.

A sentence becomes a list of items, one for each word, number or mark, and an item has a symbol:
`MONTH` for "October" and "Oct", `INT` for "24", `other` for whatever has no part in any date.
What a symbol in small letters stands for only joins others.
"""

import re
from typing import NamedTuple

from helpers.dates import periods
from helpers.dates.named import names


class Item(NamedTuple):
    """A word, or several that a rule of the grammar has joined: symbol, span, value, text, rule."""

    symbol: str
    start: int
    end: int
    value: object
    text: str
    rule: str = ""


_made = tuple.__new__  # much faster than Item(), and there are many
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
    "in": "in",
    "on": "on",
    "and": "and",
    "or": "or",
    "from": "from",
    "between": "between",
    "by": "by",
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


_WORDS = {
    form: known for word, known in _words().items() for form in (word, word.title(), word.upper())
}
_WORDS |= dict.fromkeys("-–—~", ("dash", None))
_WORDS |= {",": ("comma", None), ".": ("dot", None), "/": ("slash", None), "&": ("and", None)}
_WORDS |= {"(": ("open", None), ")": ("close", None)}
_OTHER = ("other", None)
_MARK = ("mark", None)

_TOKEN = re.compile(r"\w+|[^\w\s]")
# What is more than a word or a mark, by what it begins with: no alternative repeats a group that
# repeats, so that a scan is linear in the text.
_LONGER = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)\S+)
  | (?P<tens>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y-[a-z]+)
  | (?P<possessive>['’]s\b)
  | (?P<SHORT_YEAR>(?<!\w)['’]\d\d\b)
  | (?P<money>[$¥€£₩\#№]\s?\d[\d.,]*\w*)
  | (?P<time>\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)
  | (?P<DATE>(?<![\w./–-])(?:
        (?:19|20)\d\d(?:[-–]\d{1,2}[-–]\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})
      | \d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)(?:19|20)\d\d
      | \d{1,2}/\d{1,2}/\d\d
    )(?:T[\d:.]+Z?)?(?![\w/-]|\.\d))
  | (?P<YEAR_MONTH>(?<![\w./-])(?:
        (?:19|20)\d\d-(?:0?[1-9]|1[0-2]) | (?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d
    )(?![\w/-]|\.\d))
  | (?P<DECADE>['’]?\b(?:(?:19|20)\d|[5-9]|(?<=['’])[3-9])0['’]?s\b)
  | (?P<QUARTER>\b[QH][1-4]\b|\b[1-4][QH](?:(?:20)?\d\d)?\b)
  | (?P<FISCAL_YEAR>\bFY\s?'?(?:20)?\d\d\b)
  | (?P<ORDINAL>\b\d{1,2}(?:st|nd|rd|th)(?=\b|http))
  | (?P<numeral>\d+(?:[.,]\d+)*\w*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Words that may be the beginning of something longer ("twenty-first", an address).
_MAY_GO_ON = {form: _WORDS.pop(form) for ten in _TENS for form in (ten, ten.title(), ten.upper())}
_MAY_GO_ON |= dict.fromkeys(("http", "https", "www"), _OTHER)


def items(sentence: str) -> list[Item]:
    """The words, numbers and marks of a sentence, in reading order."""
    found: list[Item] = []
    at = 0
    for start, end, meaning in names(sentence):
        found += _items(sentence, at, start)
        found.append(Item("NAMED", start, end, meaning, sentence[start:end]))
        at = end
    return found + _items(sentence, at, len(sentence))


def _items(sentence: str, at: int, last: int) -> list[Item]:
    found = []
    for match in _TOKEN.finditer(sentence, at, last):
        start, end = match.span()
        if start < at:
            continue
        text = match[0]
        known = _WORDS.get(text)
        if known is None and text.isalpha() and text not in _MAY_GO_ON:
            known = _OTHER
        elif known is None:
            known, end = _read(sentence, start, end, text)
            text = sentence[start:end]
        found.append(_made(Item, (known[0], start, end, known[1], text, "")))
        at = end
    return found


def _read(sentence: str, start: int, end: int, text: str) -> tuple[tuple[str, object], int]:
    """Symbol and value of what is not just a word that dates are made of, and its end."""
    longer = _LONGER.match(sentence, start)
    if not longer:
        return _MAY_GO_ON.get(text) or (_OTHER if text[0].isalnum() else _MARK), end
    text, kind = longer[0], longer.lastgroup
    known = _OTHER
    if kind == "numeral":
        known = _numeral(text)
    elif kind == "tens":
        known = _WORDS.get(text.lower(), _OTHER)
    elif kind in ("ORDINAL", "SHORT_YEAR", "DECADE", "FISCAL_YEAR"):
        known = kind, int(re.sub(r"\D", "", text))
    elif kind == "QUARTER":
        known = kind, _quarter(text)
    elif kind in ("DATE", "YEAR_MONTH", "possessive"):
        known = kind, None
    return known, longer.end()


def _quarter(text: str) -> tuple[str, int, int | None]:
    """'Q3', '4Q19', 'H1': the unit, which one it is, and the year if there is one."""
    digits = re.sub(r"\D", "", text)
    year = periods.full_year(int(digits[1:])) if len(digits) > 1 else None
    return "quarter" if "Q" in text.upper() else "half", int(digits[0]), year


def _numeral(text: str) -> tuple[str, object]:
    if not text.isdecimal() or len(text) > 4:
        return "other", None
    value = int(text)
    if len(text) == 4 and 1900 <= value <= 2099:
        return "YEAR", value
    return ("INT" if len(text) <= 2 and 1 <= value <= 31 else "COUNT"), value
