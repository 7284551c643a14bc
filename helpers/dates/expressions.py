"""The temporal expressions of a sentence."""

import re
from typing import NamedTuple

from helpers.dates.days import days
from helpers.dates.lexicon import Item, items
from helpers.dates.named import NAMED
from helpers.dates.nodes import Node, derived
from helpers.dates.parts import bounds, parts, ranges
from helpers.dates.units import units

_LEVELS = (units, days, parts, ranges, bounds)

_LIST = 16  # items that a list of dates may have

# Sentences without any of these have no date, and most sentences have none.
_HINT = re.compile(
    r"(?:19|20)\d\d|['’]\d\d|\d0['’]?s\b|\d/\d|\b[1-4][QH]|\b[QHqh][1-4]\b|\dth\b|\b[Bb]y\b.{0,9}\bend\b"
    r"|[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear|[Dd]ecade|[Cc]entury|[Qq]uarter|[Hh]alf|[Tt]omorrow|[Tt]onight"
    r"|(?:th|st)is (?:morn|aft|even)|last (?:night|eve)|ties\b|of \d\d\b|hours"
    r"|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|\b[Ff]all\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV"
    r"|DEC|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|" + NAMED
)


class Expression(NamedTuple):
    """A temporal expression: its span in the sentence, its meaning, the rule that read it."""

    start: int
    end: int
    node: Node
    rule: str


def expressions(sentence: str) -> list[Expression]:
    """The temporal expressions of a sentence, in reading order."""
    if not _HINT.search(sentence):
        return []
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
