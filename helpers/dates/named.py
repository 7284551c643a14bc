"""Dates that have a name, as `codebook/dates.toml` lists them."""

import re
import tomllib
from datetime import date
from pathlib import Path

from helpers.dates.periods import Recurring, Span, month_days

# Its kind ('date', 'event', 'yearly', or 'name' for what is no date), its days or their
# recurrence, and the granularity.
Named = tuple[str, Span | Recurring | None, str]

_FILE = Path(__file__).parents[1] / "codebook" / "dates.toml"


def _names(data: dict) -> tuple[str, dict[str, Named]]:
    """One pattern for all names, and what each of its groups stands for."""
    patterns, meanings = [], {}

    def add(pattern: str, meaning: Named) -> None:
        group = f"name{len(patterns)}"
        patterns.append(f"(?P<{group}>{pattern})".replace(" ", r"\ "))
        meanings[group] = meaning

    for entry in data["once"]:
        kind = "event" if entry.get("event") else "date"
        add(entry["pattern"], (kind, _span(entry["days"]), entry["granularity"]))
    for entry in data["yearly"]:
        add(entry["pattern"], ("yearly", _yearly(entry), entry["granularity"]))
    for pattern in data["names"]["patterns"]:
        add(pattern, ("name", None, ""))
    plan = data["plans"]
    for count, ordinal in enumerate(plan["ordinals"], plan["first"]):
        start = plan["start"] + plan["years"] * (count - plan["first"])
        days = date(start, 1, 1), date(start + plan["years"] - 1, 12, 31)
        add(plan["pattern"].replace("ORDINAL", ordinal), ("date", _span(days), "range"))
    return r"\b(?=[A-Z\d])(?:" + "|".join(patterns) + r")\b", meanings


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

NAMED, _MEANINGS = _names(_DATA)
NUMBERS = {kind: frozenset(words) for kind, words in _DATA["numbers"].items()}


def named(match: re.Match) -> Named:
    """What the name that was matched stands for."""
    groups = match.groupdict()
    return next(meaning for group, meaning in _MEANINGS.items() if groups[group] is not None)
