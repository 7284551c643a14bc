"""Dates that have a name, as `codebook/dates.toml` lists them."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from helpers.dates.periods import Recurring, Span, month_days

# Its kind ('date', 'event', 'yearly', or 'name' for what is no date), its days or their
# recurrence, and the granularity.
Named = tuple[str, Span | Recurring | None, str]

_FILE = Path(__file__).parents[1] / "codebook" / "dates.toml"


def _names(data: dict) -> tuple[re.Pattern, dict[str, Named], tuple[str, ...]]:
    """One pattern for all names, what each of its groups stands for, and all hints."""
    patterns: list[str] = []
    meanings: dict[str, Named] = {}
    hints: set[str] = set()

    def add(entry: dict, pattern: str, meaning: Named) -> None:
        group = f"name{len(patterns)}"
        patterns.append(f"(?P<{group}>{pattern})")
        meanings[group] = meaning
        hints.update(entry["hints"])

    for entry in data["once"]:
        kind = "event" if entry.get("event") else "date"
        add(entry, entry["pattern"], (kind, _span(entry["days"]), entry["granularity"]))
    for entry in data["yearly"]:
        add(entry, entry["pattern"], ("yearly", _yearly(entry), entry["granularity"]))
    for pattern in data["names"]["patterns"]:
        add(data["names"], pattern, ("name", None, ""))
    plan = data["plans"]
    for count, ordinal in enumerate(plan["ordinals"], plan["first"]):
        start = plan["start"] + plan["years"] * (count - plan["first"])
        days = date(start, 1, 1), date(start + plan["years"] - 1, 12, 31)
        add(plan, plan["pattern"].replace("ORDINAL", ordinal), ("date", _span(days), "range"))
    return (
        re.compile(r"\b(?=[A-Z\d])(?:" + "|".join(patterns) + r")\b"),
        meanings,
        tuple(sorted(hints)),
    )


def _span(days: list[date]) -> Span:
    return days[0].toordinal(), days[-1].toordinal()


def _yearly(entry: dict) -> Recurring:
    """Either the same days of every year, or days that are listed year by year."""
    if "month" in entry:
        return month_days(entry["month"], *entry["days"])
    spans = {int(year): _span(days) for year, days in entry["years"].items()}
    return Recurring("year", spans.get)


with _FILE.open("rb") as _file:
    _DATA = tomllib.load(_file)

_PATTERN, _MEANINGS, HINTS = _names(_DATA)
NUMBERS = {kind: frozenset(words) for kind, words in _DATA["numbers"].items()}


def names(sentence: str) -> Iterator[tuple[int, int, Named]]:
    """The named dates of a sentence: start, end and meaning."""
    low = sentence.lower()
    if not any(hint in low for hint in HINTS):
        return
    for match in _PATTERN.finditer(sentence):
        yield match.start(), match.end(), _MEANINGS[match.lastgroup]
