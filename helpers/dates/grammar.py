"""The engine of the grammar: rules that join items into dates, level by level.

A rule is a pattern over the symbols of items and a function that makes a date of what matched.
Levels are passed in order, the later ones building on what the earlier ones made: units and years,
then days and months, then parts of them, then ranges. Where several rules match at one place, the
longest that makes sense wins.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from helpers.dates.lexicon import Item
from helpers.dates.nodes import Node

# What a pattern calls by one name.
_SETS = {
    "N": "INT COUNT NUMBER A",
    "D": "INT ORDINAL",
    "ANYUNIT": "UNIT UNITS",
    "ANYDAY": "WEEKDAY SHORT_WEEKDAY",
    "PERIOD": "WHOLE SPAN BARE",
}
_OUTSIDE = {"IN", "ON", "the"}  # a span does not begin with these

# What a rule gives back that takes its items out of the way of all others ("every Thursday").
SKIP = object()

_characters: dict[str, str] = {}


def symbol_of(item: Item | None) -> str:
    """The symbol of an item, or nothing where there is none."""
    return item.symbol if item else ""


class Place:
    """Where a rule matched: its items, and what stands around them."""

    def __init__(self, sentence: str, row: list[Item], first: int, end: int):
        self.sentence, self._row, self._first, self._end = sentence, row, first, end

    def before(self, steps: int = 1) -> Item | None:
        """The item so many steps before the match."""
        return self._row[self._first - steps] if self._first >= steps else None

    def after(self, steps: int = 1) -> Item | None:
        """The item so many steps after the match."""
        at = self._end + steps - 1
        return self._row[at] if at < len(self._row) else None

    def earlier(self) -> list[Item]:
        """All items before the match."""
        return self._row[: self._first]

    @property
    def start(self) -> int:
        """Where in the sentence the match begins."""
        return self._row[self._first].start


class _Rule(NamedTuple):
    name: str
    pattern: re.Pattern
    make: Callable


def _character(symbol: str) -> str:
    """One character that stands for a symbol in patterns and has no meaning for `re`."""
    return _characters.setdefault(symbol, chr(0x4E00 + len(_characters)))


def _compiled(pattern: str) -> str:
    """A pattern over the names of symbols as one over their characters."""

    def characters(match: re.Match) -> str:
        names = _SETS.get(match.group(), match.group()).split()
        return "[" + "".join(map(_character, names)) + "]"

    return re.sub(r"\w+", characters, pattern).replace(" ", "")


class Level:
    """Some rules, applied from left to right; a `repeated` level again to what it made."""

    def __init__(self, *, repeated: bool = False):
        self._rules: list[_Rule] = []
        self._repeated = repeated
        self._any: re.Pattern | None = None

    def rule(self, *patterns: str) -> Callable:
        """Makes the function below a rule.

        It is called with the place and the items whose symbol is in capitals, and gives back a
        date, SKIP, or None where the match makes no sense.
        """

        def register(make: Callable) -> Callable:
            name = make.__name__.replace("_", " ")
            self._rules += [_Rule(name, re.compile(_compiled(p)), make) for p in patterns]
            return make

        return register

    def apply(self, sentence: str, row: list[Item]) -> list[Item]:
        """The row with what the rules could join put in place of its parts."""
        joined = self._once(sentence, row)
        while self._repeated and len(joined) < len(row):
            row, joined = joined, self._once(sentence, joined)
        return joined

    def _once(self, sentence: str, row: list[Item]) -> list[Item]:
        if self._any is None:
            self._any = re.compile("|".join(rule.pattern.pattern for rule in self._rules))
        symbols = "".join([_character(item.symbol) for item in row])
        joined, done, at = [], 0, 0
        while match := self._any.search(symbols, at):
            first = match.start()
            end, item = self._longest(sentence, row, symbols, first)
            if item:
                joined += row[done:first]
                joined.append(item)
                done = end
            at = end
        return joined + row[done:] if done else row

    def _longest(
        self, sentence: str, row: list[Item], symbols: str, first: int
    ) -> tuple[int, Item | None]:
        """The end and the result of the longest rule that makes sense at one place."""
        matches = [(rule.pattern.match(symbols, first), rule) for rule in self._rules]
        found = [(match.end(), rule) for match, rule in matches if match]
        for end, rule in sorted(found, key=lambda pair: -pair[0]):
            parts = row[first:end]
            telling = [item for item in parts if item.symbol.isupper()]
            node = rule.make(Place(sentence, row, first, end), *telling)
            if node:
                return end, _item(sentence, parts, node, rule.name)
        return first + 1, None


def _item(sentence: str, parts: list[Item], node: Node, rule: str) -> Item:
    start, end = parts[0].start, parts[-1].end
    if node is SKIP:
        return Item("other", start, end, None, sentence[start:end])
    while parts[0].symbol in _OUTSIDE:
        parts = parts[1:]
    start = parts[0].start
    return Item(node.symbol, start, end, node, sentence[start:end], rule)
