"""The engine of the grammar: rules that join items into dates, level by level.

A rule is a pattern over the symbols of items and a function that makes a date of what matched.
Levels are passed in order, the later ones building on what the earlier ones made: units and years,
then days and months, then parts of them, then ranges. Where several rules match at one place, the
longest that makes sense wins.
"""

import re
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
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
_OUTSIDE = {"in", "on", "the"}  # a span does not begin with these

# What a rule gives back that takes its items out of the way of all others ("every Thursday").
SKIP = object()


class _Characters(dict[str, str]):
    """For each symbol one character that stands for it in patterns and means nothing to `re`."""

    def __missing__(self, symbol: str) -> str:
        self[symbol] = chr(0x4E00 + len(self))
        return self[symbol]


_CHARACTERS = _Characters()


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
    pattern: str
    make: Callable


def _over_characters(pattern: str) -> str:
    """A pattern over the names of symbols as one over their characters."""

    def characters(match: re.Match) -> str:
        return "[" + "".join(_CHARACTERS[symbol] for symbol in _symbols(match[0])) + "]"

    return re.sub(r"\w+", characters, pattern).replace(" ", "")


def _symbols(name: str) -> list[str]:
    return _SETS.get(name, name).split()


def _firsts(pattern: str) -> set[str]:
    """The symbols with which a match of a pattern can begin."""
    tokens = re.findall(r"\w+|[()|?]", pattern)

    def read(at: int) -> tuple[set[str], bool, int]:
        """What the alternatives from here on begin with, whether they may be empty, their end."""
        begin, empty, firsts, skipped = set(), False, set(), True
        while at < len(tokens) and tokens[at] != ")":
            token, at = tokens[at], at + 1
            if token == "|":
                begin, empty, firsts, skipped = begin | firsts, empty or skipped, set(), True
                continue
            inner, optional = set(_symbols(token)), False
            if token == "(":
                inner, optional, at = read(at)
                at += 1
            if tokens[at : at + 1] == ["?"]:
                optional, at = True, at + 1
            firsts |= inner if skipped else set()
            skipped = skipped and optional
        return begin | firsts, empty or skipped, at

    return read(0)[0]


class Level:
    """Some rules, applied from left to right; a `repeated` level again to what it made."""

    def __init__(self, *, repeated: bool = False):
        self._rules: dict[str, list[_Rule]] = {}  # by the symbol that a match begins with
        self._repeated = repeated

    def rule(self, *patterns: str) -> Callable:
        """Makes the function below a rule.

        It is called with the place and the items whose symbol is in capitals, and gives back a
        date, SKIP, or None where the match makes no sense.
        """

        def register(make: Callable) -> Callable:
            for pattern in patterns:
                rule = _Rule(make.__name__.replace("_", " "), pattern, make)
                for symbol in _firsts(pattern):
                    self._rules.setdefault(symbol, []).append(rule)
            return make

        return register

    def apply(self, sentence: str, row: list[Item]) -> list[Item]:
        """The row with what the rules could join put in place of its parts."""
        joined = self._once(sentence, row)
        while self._repeated and len(joined) < len(row):
            row, joined = joined, self._once(sentence, joined)
        return joined

    def _once(self, sentence: str, row: list[Item]) -> list[Item]:
        symbols, joined, done, at = _spelt(row), [], 0, 0
        while match := self._screen.search(symbols, at):
            first = match.start()
            end, item = self._longest(sentence, row, symbols, first)
            at = end if item else first + 1
            if item:
                joined += row[done:first]
                joined.append(item)
                done = end
        return joined + row[done:] if joined else row

    @cached_property
    def _screen(self) -> re.Pattern:
        """What any rule matches: most rows have nothing for a level, and one look tells."""
        patterns = {rule.pattern: None for rules in self._rules.values() for rule in rules}
        firsts = "".join(map(_CHARACTERS.__getitem__, self._rules))
        return re.compile(f"(?=[{firsts}])(?:{'|'.join(map(_over_characters, patterns))})")

    @cached_property
    def _reach(self) -> re.Pattern:
        """What a match can reach: symbols that some rule has, and no more of them than one has."""
        patterns = [
            _over_characters(rule.pattern) for rules in self._rules.values() for rule in rules
        ]
        symbols = "".join(sorted(set("".join(patterns)) & set(_CHARACTERS.values())))
        longest = max(pattern.count("[") for pattern in patterns)
        return re.compile(f"[{symbols}]{{1,{longest}}}")

    @cached_property
    def _compiled(self) -> Callable[[str], list[tuple[re.Pattern, _Rule]]]:
        """The rules whose matches begin with a symbol, compiled when first tried."""
        return cache(
            lambda symbol: [
                (re.compile(_over_characters(r.pattern)), r) for r in self._rules[symbol]
            ]
        )

    @cached_property
    def _matching(self) -> Callable[[str, str], list[tuple[int, _Rule]]]:
        """The rules that match the beginning of some symbols, the longest match first.

        Dates are written in few ways: so what matched is kept.
        """

        def matching(first: str, symbols: str) -> list[tuple[int, _Rule]]:
            tried = ((pattern.match(symbols), rule) for pattern, rule in self._compiled(first))
            found = [(match.end(), rule) for match, rule in tried if match]
            return sorted(found, key=lambda pair: -pair[0])

        return lru_cache(maxsize=1 << 12)(matching)

    def _longest(
        self, sentence: str, row: list[Item], symbols: str, first: int
    ) -> tuple[int, Item | None]:
        """The end and the result of the longest rule that makes sense at one place."""
        reached = self._reach.match(symbols, first)[0]
        for length, rule in self._matching(row[first].symbol, reached):
            end = first + length
            parts = row[first:end]
            telling = [item for item in parts if item.symbol.isupper()]
            node = rule.make(Place(sentence, row, first, end), *telling)
            if node:
                return end, _item(sentence, parts, node, rule.name)
        return first, None


def _spelt(row: list[Item]) -> str:
    """A row as a text of one character for each item."""
    return "".join([_CHARACTERS[item[0]] for item in row])


def _item(sentence: str, parts: list[Item], node: Node, rule: str) -> Item:
    start, end = parts[0].start, parts[-1].end
    if node is SKIP:
        return Item("other", start, end, None, sentence[start:end])
    while parts[0].symbol in _OUTSIDE:
        parts = parts[1:]
    start = parts[0].start
    return Item(node.symbol, start, end, node, sentence[start:end], rule)
