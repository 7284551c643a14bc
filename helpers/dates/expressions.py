"""The temporal expressions of a sentence."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from helpers.dates.days import days
from helpers.dates.lexicon import Item, items
from helpers.dates.named import NAMES
from helpers.dates.nodes import Node, derived
from helpers.dates.parts import bounds, parts, ranges
from helpers.dates.units import units

_LEVELS = (units, days, parts, ranges, bounds)

_LIST = 16  # items that a list of dates may have

# Sentences without any of these have no date, and most sentences have none. To look for them one
# by one is several times as fast as one pattern for all; and a pattern that begins with a digit
# skips all else: 2017, '17, 90s, 9/17, 3Q, Q3, 4th, of 17.
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(
    r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=['’]\d)\d|0['’]?s\b|/\d|[QH]|(?<=\b[QHqh]\d)"
    r"|st|nd|rd|th|(?<=of \d)\d\b)"
)
_WORDS = (
    *"day week month year decade centur quarter half hours tomorrow tonight morning".split(),
    *"afternoon evening night spring summer autumn winter fall".split(),
    *"fifties sixties seventies eighties nineties".split(),
    *"anuary bruary april june july august tember ctober vember cember".split(),
    *NAMES.hints,
)
_CAPITALS = (
    *"Jan Feb March Mar. Apr May Jun Jul Aug Sep Oct Nov Dec MARCH MAY".split(),
    "Mar ",
)


def _may_have_dates(sentence: str) -> bool:
    low = sentence.lower()
    for word in _WORDS:
        if word in low:
            return True
    for word in _CAPITALS:
        if word in sentence:
            return True
    fiscal = "FY" in sentence and _DIGIT.search(sentence)
    return bool(fiscal or _NUMBERS.search(sentence))


class Expression(NamedTuple):
    """A temporal expression: its span in the sentence, its meaning, the rule that read it."""

    start: int
    end: int
    node: Node
    rule: str


@lru_cache(maxsize=8192)  # both the day of publication and the dates ask for them
def expressions(sentence: str) -> Sequence[Expression]:
    """The temporal expressions of a sentence, in reading order."""
    if not _may_have_dates(sentence):
        return ()
    row = items(sentence)
    for level in _LEVELS:
        row = level.apply(sentence, row)
    return [
        Expression(item.start, item.end, _with_shared_year(row, at), item.rule)
        for at, item in enumerate(row)
        if item.rule
    ]


def _with_shared_year(row: list[Item], at: int) -> Node:
    """The node at a place, with the year of its list where it has one: 'June and July 2021'."""
    node = row[at].value
    if not node.recurring:
        return node
    for item in row[at + 1 : at + _LIST]:
        if item.rule and item.value.granularity == node.granularity:
            if item.value.whole:
                return _before(node, item.value)
        elif item.symbol not in ("comma", "and", "or"):
            break
    return node


def _before(node: Node, last: Node) -> Node:
    """The latest occurrence of a node that begins before another date."""
    latest = node.recurring.latest
    return derived(last, lambda span: latest(span[0]), node.granularity)
