"""What the codebook says of lines, compiled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from helpers.codebook import load_codebook
from helpers.zones.lines import BULLET, Line

# A longer line is prose, whatever it opens with; so the patterns never meet one.
_LONGEST_FURNITURE = 400
_LONGEST_CASED = 160
_LONGEST_OPENER = 100


class Furniture:
    """The rules that tell furniture by the line alone."""

    def __init__(self, entries: list[dict]):
        self._lines = {line: entry["rule"] for entry in entries for line in entry.get("lines", ())}
        self._longest = max(map(len, self._lines)) + 12  # with marks around it
        self._starts = _named(entries, "patterns")
        self._cased = _named(entries, "cased")
        self._within = [
            _Within(entry["rule"], any_of(entry["within"]), entry["hints"], entry["longest"])
            for entry in entries
            if "within" in entry
        ]
        self._rules = [entry["rule"] for entry in entries]

    def within(self, low: str) -> list["_Within"]:
        """Of the rules that look into lines, those that a text has hints of, with these hints."""
        found = ((rule, [hint for hint in rule.hints if hint in low]) for rule in self._within)
        return [replace(rule, hints=hints) for rule, hints in found if hints]

    def rule(self, line: Line, within: list["_Within"]) -> str | None:
        """The rule by which a line is furniture, or None. `within`: those for its text."""
        if len(line.text) <= self._longest and (found := self._lines.get(line.bare)):
            return found
        if len(line.text) > _LONGEST_FURNITURE:
            return None
        low = line.low
        if not low[0].isalpha():
            low = BULLET.sub("", low, count=1).strip("_* ") or low
        if match := self._starts.match(low):
            return self._rules[int(match.lastgroup[1:])]
        if len(line.text) <= _LONGEST_CASED and (match := self._cased.match(_unmarked(line))):
            return self._rules[int(match.lastgroup[1:])]
        return next((rule.name for rule in within if rule.found(low)), None)


@dataclass(frozen=True)
class _Within:
    """A rule that looks for words anywhere in a line that is not too long."""

    name: str
    pattern: re.Pattern
    hints: list[str]  # words of which a line has one where the pattern matches
    longest: int  # characters

    def found(self, low: str) -> bool:
        hinted = len(low) <= self.longest and any(hint in low for hint in self.hints)
        return hinted and bool(self.pattern.search(low))


class Openers:
    """Lines that open a part of the page: as they stand, or by a pattern."""

    def __init__(self, lines: Iterable[str], patterns: Iterable[str]):
        self._lines, self._pattern = frozenset(lines), any_of(patterns)

    def __call__(self, line: Line) -> bool:
        if len(line.text) > _LONGEST_OPENER or line.prose:
            return False
        return line.bare in self._lines or bool(self._pattern.match(line.low))


class Rules:
    """The zone rules of a codebook, compiled."""

    def __init__(self, data: dict):
        comments = data["comments"]
        self.furniture = Furniture(data["furniture"])
        self.tail = Openers(data["tail"]["lines"], data["tail"]["patterns"])
        self.comments = Openers(comments["lines"], comments["patterns"])
        self.closing = Openers(comments["closing_lines"], comments["closing_patterns"])
        self.head = any_of(comments["heads"])
        self.dated = any_of(comments["dated"])
        self.talk = frozenset(comments["talk"])
        self.summaries = frozenset(data["keypoints"]["lines"])
        self.keys = {key: zone for zone, keys in data["front_matter"].items() for key in keys}


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules of the project's own codebook."""
    return Rules(load_codebook().zones)


def any_of(patterns: Iterable[str]) -> re.Pattern:
    """One pattern for some that small letters are matched against."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _named(entries: list[dict], key: str) -> re.Pattern:
    """One pattern with a group for each entry, `r` and its number."""
    groups = (
        f"(?P<r{number}>{'|'.join(entry[key])})"
        for number, entry in enumerate(entries)
        if key in entry
    )
    return re.compile("|".join(groups))


def _unmarked(line: Line) -> str:
    return BULLET.sub("", line.text, count=1).strip("_* ") or line.text
