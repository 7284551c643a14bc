"""How values are said in words, and how words from outside are made harmless.

Templates are filled here: `"{n:words} {n:source/sources} {n:says/say} so"` becomes 'one source
says so' or 'three sources say so'.
"""

import html
import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NAMES = {
    "stablecoin": "stablecoins",
    "cbdc": "the digital yuan",
    "digital_asset": "digital assets",
    "central": "the central state",
    "local": "cities and provinces",
    "hong_kong": "Hong Kong",
    "public": "the public",
}
# Not from the calendar module, whose names change with the machine's locale.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# 'one' is also a pronoun and 'no' an article; every other number in a template was typed by hand.
_TYPED = re.compile(rf"\b(?:\d+|(?:{'|'.join(_NUMBERS[2:])}|dozen|hundred|thousand)\b)", re.I)
# What means something in Markdown or MyST, or to software that makes links by itself: anywhere,
# at the start of a paragraph, or before another character.
_MARKDOWN = re.compile(r"[#&*<>@\[\]^_`{|}~]|^ ?[-+=%:]|^ ?\d+[.)]|\.(?=\w)|:(?=/)")
# To MathJax these mean something even in the page that Markdown has become.
_MATHEMATICS = str.maketrans({"$": "＄", "\\": "＼"})
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # letters of some scripts and emoji are made with them


def visible(text: str) -> str:
    """Text on one line, where invisible characters (such as bidi overrides) show by name."""
    return "".join(
        f"⟨U+{ord(char):04X}⟩"
        if unicodedata.category(char) in _INVISIBLE and char not in _JOINERS
        else char
        for char in re.sub(r"\s+", " ", text)
    )


def to_html(text: str) -> str:
    """Text as HTML that shows its characters and does nothing else, not even in MathJax."""
    return re.sub(r"[$\\]", r"<span>\g<0></span>", to_attribute(text))


def to_attribute(text: str) -> str:
    """Text as the value of an HTML attribute."""
    return html.escape(visible(text))


def to_markdown(text: str) -> str:
    """Text as inline Markdown (or the title of a link) that shows its characters, and no more.

    The dollar and the backslash become their wide forms, because MathJax cannot be told otherwise
    to leave them alone.
    """
    text = _MARKDOWN.sub(_as_references, visible(text).translate(_MATHEMATICS))
    return text.replace('"', "&quot;")


def _as_references(match: re.Match) -> str:
    return "".join(
        char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in match[0]
    )


def slug(*words: str) -> str:
    """Words as an id: lower-case letters and digits, with hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")


def listed(items: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'; 'none' for an empty list."""
    if not items:
        return "none"
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def named(code: str) -> str:
    """How prose calls what a code of the codebook stands for: 'digital assets', 'Hong Kong'."""
    return _NAMES.get(code, code.replace("_", " "))


def number(value: int) -> str:
    """A whole number in words up to twelve, in digits beyond: 'no', 'one', 'twelve', '1,300'."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else f"{value:,}"


def day(value: date) -> str:
    """'24 October 2019'."""
    return f"{value.day} {_month(value)}"


def when(earliest: date | None, latest: date | None) -> str:
    """An interval of days (both ends included, either may be missing) with its preposition.

    'on 24 October 2019', 'in October 2019', 'in 2019', 'between October and December 2016',
    'between 30 November and 29 December 2019', 'by 31 December 2020', 'on a day not stated'.
    """
    if pd.isna(earliest):
        return "on a day not stated" if pd.isna(latest) else f"by {day(latest)}"
    if pd.isna(latest):
        return f"from {day(earliest)} on"
    if earliest == latest:
        return f"on {day(earliest)}"
    first, last = _ends(earliest, latest)
    if first == last:
        return f"in {first}"
    for said_once in (_month(latest), str(latest.year)):
        first = first.removesuffix(f" {said_once}")
    return f"between {first} and {last}"


def _ends(earliest: date, latest: date) -> tuple[str, str]:
    """The ends of an interval, in years or months where it is made of whole ones, or else days."""
    after = latest + timedelta(days=1)
    if not earliest.day == after.day == 1:
        return day(earliest), day(latest)
    if earliest.month == after.month == 1:
        return str(earliest.year), str(latest.year)
    return _month(earliest), _month(latest)


def _month(value: date) -> str:
    return f"{_MONTHS[value.month - 1]} {value.year}"


def fill(template: str, values: Mapping[str, object]) -> str:
    """A template with its values in it, as plain text.

    A template is plain text with `{name}` or `{name:how}`, where how is one of: nothing (a whole
    number with its thousands apart, a day, a text, or a list of texts); `words`, `Words` or `count`
    (a number up to twelve in words; zero is 'no', or 'none' for `count`); `one/many` (the form that
    goes with the number, or with the list's length); `share` (0.27 as 27%); `when` (a pair of
    days); `quote` (a text in quotation marks); `name` (a code, or a list of codes, by its name in
    prose); or a format of Python's own, such as `.2f`.

    Raises ValueError for a number typed into the template, KeyError for a name with no value.
    """
    for literal, *_ in string.Formatter().parse(template):
        typed = _TYPED.search(literal)
        if typed:
            raise ValueError(f"{typed[0]!r} is typed into {template!r}: compute it")
    return _Words().vformat(template, (), values)


class _Words(string.Formatter):
    """Values in words."""

    def format_field(self, value: object, how: str) -> str:
        if "/" in how:
            one, many = how.split("/")
            return one if (value if isinstance(value, int) else len(value)) == 1 else many
        if how in _SAID:
            return _SAID[how](value)
        return format(value, how)


def _plainly(value: object) -> str:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (list, tuple)):
        return listed([visible(item) for item in value])
    return f"{value:,}"


_SAID = {
    "": _plainly,
    "words": number,
    "count": lambda value: number(value) if value else "none",
    "Words": lambda value: number(value).capitalize(),
    "share": "{:.0%}".format,
    "when": lambda value: when(*value),
    "name": lambda value: named(value) if isinstance(value, str) else listed([*map(named, value)]),
    "quote": lambda value: f"“{visible(value)}”",
}
