"""Dates that have a name, as `codebook/dates.toml` lists them."""

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from helpers.codebook import CodebookError
from helpers.dates.periods import Recurring, Span, month_days
from helpers.tables import GRANULARITIES

# Its kind ('date', 'event', 'yearly', or 'name' for what is no date), its days or their
# recurrence, and the granularity.
Named = tuple[str, Span | Recurring | None, str]

_FILE = Path(__file__).parents[1] / "codebook" / "dates.toml"


class Names(NamedTuple):
    """What dates.toml says: one pattern for all names, what each of its groups stands for, a word
    of which every sentence with a name has one, and words that tell a year from other numbers."""

    pattern: re.Pattern
    meanings: dict[str, Named]
    hints: tuple[str, ...]
    numbers: dict[str, frozenset[str]]


def load_names(path: Path = _FILE) -> Names:
    """The named dates of a dates.toml.

    Raises CodebookError, naming the file, the entry and the mend, for a file that cannot be read,
    a missing key, an unknown granularity, days that are no days or reversed, a broken pattern.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CodebookError(f"{path}: cannot be read: {error}") from None
    patterns, meanings, hints = [], {}, set()
    for entry, pattern, read in _entries(data):
        group = f"name{len(patterns)}"
        try:
            meanings[group] = read(entry)
            patterns.append(f"(?P<{group}>{re.compile(pattern).pattern})")
            hints.update(entry["hints"])
        except KeyError as error:
            raise CodebookError(f"{path}: the entry {pattern!r} lacks {error}; add it") from None
        except (re.error, TypeError, ValueError) as error:
            raise CodebookError(f"{path}: the entry {pattern!r} is wrong, {error}") from None
    numbers = {kind: frozenset(words) for kind, words in data["numbers"].items()}
    pattern = re.compile(rf"\b(?=[A-Z\d])(?:{'|'.join(patterns)})\b")
    return Names(pattern, meanings, tuple(sorted(hints)), numbers)


def _entries(data: dict) -> Iterator[tuple[dict, str, Callable[[dict], Named]]]:
    """Every entry with its pattern and how to read what it means."""
    for entry in data["once"]:
        yield entry, entry.get("pattern", ""), _once
    for entry in data["yearly"]:
        yield entry, entry.get("pattern", ""), _yearly
    for pattern in data["names"]["patterns"]:
        yield data["names"], pattern, lambda entry: ("name", None, "")
    plan = data["plans"]
    for count, ordinal in enumerate(plan["ordinals"]):
        start = plan["start"] + plan["years"] * count
        days = [date(start, 1, 1), date(start + plan["years"] - 1, 12, 31)]
        period = plan | {"days": days, "granularity": "range"}
        yield period, plan["pattern"].replace("ORDINAL", ordinal), _once


def _once(entry: dict) -> Named:
    kind = "event" if entry.get("event") else "date"
    return kind, _span(entry["days"]), _granularity(entry)


def _yearly(entry: dict) -> Named:
    """Either the same days of every year, or days that are listed year by year."""
    if "month" in entry:
        return "yearly", month_days(entry["month"], *entry["days"]), _granularity(entry)
    spans = {int(year): _span(days) for year, days in entry["years"].items()}
    return "yearly", Recurring("year", spans.get), _granularity(entry)


def _granularity(entry: dict) -> str:
    if entry["granularity"] not in GRANULARITIES:
        allowed = ", ".join(GRANULARITIES)
        raise ValueError(f"granularity {entry['granularity']!r} is unknown; use one of {allowed}")
    return entry["granularity"]


def _span(days: list[date]) -> Span:
    if not days or not all(isinstance(day, date) for day in days) or days[0] > days[-1]:
        raise ValueError("its days are to be dates, the first one first")
    return days[0].toordinal(), days[-1].toordinal()


NAMES = load_names()


def names(sentence: str) -> Iterator[tuple[int, int, Named]]:
    """The named dates of a sentence: start, end and meaning."""
    low = sentence.lower()
    if not any(hint in low for hint in NAMES.hints):
        return
    for match in NAMES.pattern.finditer(sentence):
        yield match.start(), match.end(), NAMES.meanings[match.lastgroup]
