"""Our dates beside those of other taggers, on the public English specs of Recognizers-Text.

Run by `make bench` where RECOGNIZERS names a checkout of microsoft/Recognizers-Text; another tagger
(dateparser, datefinder) is run where it is installed. `recognizers.toml` says which cases are left
out, and why. The figures are printed and land in build/: the share of the expected dates that are
found, of those with the same span (prepositions aside), of those with the same days (where the
codebook does not fix them otherwise), and in how many of the texts without a date one is found.
"""

import calendar
import json
import os
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from helpers.dates import dates

SPECS = "Specs/DateTime/English"
FILES = ("DateParser", "DatePeriodParser", "DateTimeModel")
KINDS = {"datetimeV2.date", "datetimeV2.daterange", "date", "daterange"}
RULES = tomllib.loads(Path(__file__).with_name("recognizers.toml").read_text(encoding="utf-8"))
BEFORE = re.compile(
    r"(?:(?:on|in|at|of|the|since|before|after|until|till|by|during|within|for|from|around|circa|as|"
    r"early|late|no|later|than|earlier|prior|to|starting|over|this past|any ?time|sometime|about|"
    r"more|less|up|between|throughout)\s+)+",
    re.IGNORECASE,
)

ONE = timedelta(days=1)

Days = tuple[date | None, date | None]


class Tagged(NamedTuple):
    """A date in a text: its span, and the days that it can stand for."""

    start: int
    end: int
    days: list[Days]


# --- the specs --------------------------------------------------------------------------------


def _cases(folder: Path) -> dict[tuple[str, date], list[Tagged]]:
    """What is expected of each text on its day; a text without dates has none."""
    cases = {}
    for file in FILES:
        path = folder / SPECS / f"{file}.json"
        for case in json.loads(path.read_text(encoding="utf-8-sig")):
            told = case.get("Context", {}).get("ReferenceDateTime", "2016-11-07")
            results = case["Results"]
            if all(result.get("TypeName", result.get("Type")) in KINDS for result in results):
                key = case["Input"], date.fromisoformat(told[:10])
                if results or file == "DateTimeModel":
                    cases.setdefault(key, [_expected(result) for result in results])
    return cases


def _expected(result: dict) -> Tagged:
    if "Resolution" in result:
        values = (result["Resolution"] or {}).get("values", [])
    else:
        both = [(result.get("Value") or {}).get(f"{way}Resolution") for way in ("Future", "Past")]
        values = [
            {"value": v.get("date"), "start": v.get("startDate"), "end": v.get("endDate")}
            for v in both
            if v
        ]
    days = [_days(value) for value in values]
    end = result["End"] + 1 if "End" in result else result["Start"] + result["Length"]
    return Tagged(result["Start"], end, [pair for pair in days if any(pair)])


def _days(value: dict) -> Days:
    """First day, and the day after the last; either may be missing."""
    if day := _day(value.get("value")):
        return day, day + ONE
    return _day(value.get("start")), _day(value.get("end"))


def _day(text: str | None) -> date | None:
    """A day; they write one of the year 1 where there is none."""
    try:
        day = date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
    return day if day.year > 1 else None


def _why(text: str, expected: list[Tagged], rules: str) -> str | None:
    """Why a case is left out, or its days are not compared, if so."""
    for tagged in expected:
        words = text[tagged.start : tagged.end]
        for rule in RULES[rules]:
            if re.search(rule["pattern"], words):
                return rule["why"]
    return None


# --- the taggers ------------------------------------------------------------------------------


def _ours() -> Callable[[str, date], Iterator[Tagged]]:
    def tag(text: str, day: date) -> Iterator[Tagged]:
        unit = [("s", 0, 0, text, "body")]
        sentences = pd.DataFrame(unit, columns=["source", "sentence", "start", "exact", "zone"])
        window = [("s", pd.Timestamp(day), pd.Timestamp(day))]
        columns = ["source", "published_earliest", "published_latest"]
        for row in dates(sentences, pd.DataFrame(window, columns=columns)).itertuples():
            found = [None if pd.isna(at) else at.date() for at in (row.earliest, row.latest)]
            yield Tagged(row.start, row.end, [tuple(found)])

    return tag


def _dateparser() -> Callable[[str, date], Iterator[Tagged]]:
    search = pytest.importorskip("dateparser.search", reason="dateparser is not installed")
    parser = pytest.importorskip("dateparser.date").DateDataParser

    def tag(text: str, day: date) -> Iterator[Tagged]:
        base = {"RELATIVE_BASE": datetime(*day.timetuple()[:3]), "PREFER_DATES_FROM": "past"}
        at = 0
        for words, found in search.search_dates(text, languages=["en"], settings=base) or ():
            start = max(text.find(words, at), 0)
            at = start + len(words)
            data = parser(languages=["en"], settings=base).get_date_data(words)
            yield Tagged(start, at, [_period(found.date(), data.period)])

    return tag


def _datefinder() -> Callable[[str, date], Iterator[Tagged]]:
    datefinder = pytest.importorskip("datefinder", reason="datefinder is not installed")

    def tag(text: str, day: date) -> Iterator[Tagged]:
        base = datetime(*day.timetuple()[:3])
        for found, span in datefinder.find_dates(text, index=True, base_date=base):
            yield Tagged(*span, [(found.date(), found.date())])

    return tag


def _period(day: date, period: str) -> Days:
    if period == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if period == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    return day, day


# --- the comparison ---------------------------------------------------------------------------


def _core(text: str, tagged: Tagged) -> tuple[int, int]:
    """A span without the prepositions before it and the marks behind it."""
    words = text[tagged.start : tagged.end].rstrip(" .,;")
    before = BEFORE.match(words)
    skipped = before.end() if before and before.end() < len(words) else 0
    return tagged.start + skipped, tagged.start + len(words)


def _same(found: Days, wanted: Days) -> bool:
    """Whether days that are found are those wanted.

    Of a range with two ends theirs stops where the second begins; of 'before' and 'after' a date
    they give the days on that side, where others give the date.
    """
    (first, last), (start, end) = found, wanted
    if start is None:
        return last in (end - ONE, end) or first == end
    if end is None:
        return first == start or last in (start - ONE, start)
    if first != start or last is None:
        return False
    whole = end.day == 1 and (last + ONE).day == 1 and end < last < end + 366 * ONE
    return last in (end - ONE, end) or whole


def _compare(cases: dict, tag: Callable[[str, date], Iterator[Tagged]]) -> dict[str, float]:
    n: Counter[str] = Counter()
    for (text, day), expected in cases.items():
        found = list(tag(text, day))
        if not expected:
            n["empty"] += 1
            n["false"] += bool(found)
        for wanted in expected:
            here = [t for t in found if t.start < wanted.end and wanted.start < t.end]
            same = [t for t in here if _core(text, t) == _core(text, wanted)]
            compared = not _why(text, [wanted], "differs")
            days = (same or here)[0].days[0] if here else None
            right = days and any(_same(days, other) for other in wanted.days)
            n.update(dates=1, found=bool(here), span=bool(same), compared=compared)
            n["days"] += bool(compared and right)
    shares = {"found": n["found"] / n["dates"], "span": n["span"] / n["dates"]}
    return shares | {"days": n["days"] / n["compared"], "false": n["false"], "empty": n["empty"]}


@pytest.mark.parametrize("tagger", [_ours, _dateparser, _datefinder])
def test_dates_of_recognizers(benchmark, capsys, tagger):
    if "RECOGNIZERS" not in os.environ:
        pytest.skip("no comparison: RECOGNIZERS names no checkout of microsoft/Recognizers-Text")
    cases = _cases(Path(os.environ["RECOGNIZERS"]))
    reasons = {
        key: _why(key[0], tagged, "left_out")
        or (None if all(one.days for one in tagged) else "not resolved there either")
        for key, tagged in cases.items()
    }
    used = {key: tagged for key, tagged in cases.items() if not reasons[key]}
    figures = benchmark.pedantic(_compare, (used, tagger()), rounds=1)
    left = Counter(reason for reason in reasons.values() if reason)
    benchmark.extra_info |= figures | {"cases": len(used), "left out": dict(left)}
    with capsys.disabled():
        shares = ", ".join(f"{name} {figures[name]:.3f}" for name in ("found", "span", "days"))
        print(f"\n{tagger.__name__[1:]}: {len(used)} cases, {shares},", end=" ")
        print(f"false in {figures['false']} of {figures['empty']} texts without a date")
