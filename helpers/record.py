"""The cited record: what is known apart from the sources, and what in it a claim corresponds to."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.corpus import Corpus
from helpers.reading import (
    CellError,
    Column,
    SourceError,
    day,
    number,
    one_of,
    problem,
    read_rows,
    repetitions,
    reversed_intervals,
    whole,
)
from helpers.tables import LEVELS, OBJECTS, STANCES, frame

CLOSED_SETS = {
    "stance": (*STANCES, "clarify"),
    "object": OBJECTS,
    "level": LEVELS,
    "granularity": ("day", "month", "year", "range"),
    "instrument": (
        *("law", "notice", "enforcement", "licence", "standard", "plan", "funding"),
        *("launch", "pilot", "speech", "statement"),
    ),
    "confidence": ("medium", "high"),
    "verdict": ("confirmed", "partly", "contradicted", "unverified"),
    "located": ("in place", "moved", "orphan"),
}


@dataclass(frozen=True, eq=False)
class Record:
    """The three tables of the record."""

    events: pd.DataFrame
    series: pd.DataFrame
    checks: pd.DataFrame


class _Period(NamedTuple):
    """A year, a month or a day as it is written, and the days that it bounds."""

    date: str
    earliest: date
    latest: date
    granularity: str

    def __str__(self) -> str:
        return self.date


def _address(cell: str) -> str:
    if not re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+\.?(:[0-9]+)?([/?#]\S*)?", cell):
        raise CellError("is not the address of a page", "write it out, from https:// on")
    return cell


def _event_id(cell: str) -> str:
    if not re.fullmatch(r"E\d{3,}", cell):
        raise CellError("is not the id of an event", "write E and three digits")
    return cell


def _period(cell: str) -> _Period:
    for granularity, first, form in (
        ("year", f"{cell}-01-01", r"[0-9]{4}"),
        ("month", f"{cell}-01", r"[0-9]{4}-[0-9]{2}"),
        ("day", cell, r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    ):
        if re.fullmatch(form, cell):
            return _Period(cell, *_days(day(first), granularity), granularity)
    raise CellError("is not a year, month or day", "write it as YYYY, YYYY-MM or YYYY-MM-DD")


def _days(first: date, granularity: str) -> tuple[date, date]:
    """The first and last day of the year, month or day that begins with `first`."""
    if granularity == "year":
        return first, first.replace(month=12, day=31)
    if granularity == "month":
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return first, first


def _closed(column: str) -> Column:
    return Column(one_of(*CLOSED_SETS[column]), filled=True)


_FILLED = Column(filled=True)
_CITED = {"url": Column(_address, filled=True), "publisher": _FILLED}
_EVENTS = {
    "event": Column(_event_id, filled=True),
    "earliest": Column(day, filled=True),
    "latest": Column(day, filled=True),
    "granularity": _closed("granularity"),
    "issuer": _FILLED,
    "level": _closed("level"),
    "place": _FILLED,
    "stance": _closed("stance"),
    "object": _closed("object"),
    "instrument": _closed("instrument"),
    "title": _FILLED,
    "summary": _FILLED,
    **_CITED,
    "second_url": Column(_address),
    "confidence": _closed("confidence"),
}
_SERIES = {
    "series": _FILLED,
    "unit": _FILLED,
    "date": Column(_period, filled=True),
    "value": Column(number, filled=True),
    **_CITED,
    "note": Column(),
}
_SERIES_COLUMNS = (
    *("series_id", "series", "unit", "date", "earliest", "latest", "granularity", "value"),
    *("url", "publisher", "note", "line"),
)
_CHECKS = {
    "source": _FILLED,
    "start": Column(whole, filled=True),
    "end": Column(whole, filled=True),
    "exact": _FILLED,
    "statement": _FILLED,
    "verdict": _closed("verdict"),
    "finding": _FILLED,
    "url": Column(_address),
    "second_url": Column(_address),
}


def read_record(folder: str | PathLike[str], corpus: Corpus | None = None) -> Record:
    """The record in events.csv, series.csv and checks.csv, in the order of the files.

    - events: event (E001 …), earliest, latest, granularity, issuer, level, place, stance (also
      `clarify`), object, instrument, title, summary, url, publisher, second_url, confidence.
    - series: series_id (S001 …, by row), series, unit, date (a year, month or day, as written),
      earliest, latest, granularity (the same as days), value (in that unit), url, publisher, note.
      Two values of one series on one date are two sources that disagree: both stay.
    - checks: check (K001 …, by row), source, start, end, exact (a quotation and its span in code
      points), statement, verdict, finding, url, second_url.

    All have `line`, the row's line in its file. Closed sets are those of `CLOSED_SETS`.

    A folder of texts needs no record: where there is none, all three are empty.

    Raises SourceError that lists everything to be mended, with file and line: what `read_rows`
    refuses, an id that occurs twice, an interval that is reversed or not of its granularity, a span
    that is not as long as its quotation; and, where a corpus is given, a quotation that is not
    verbatim at its span in it.
    """
    folder = Path(folder)
    if folder.parent.is_dir() and not folder.exists():
        return _record([], [], [])
    problems: list[str] = []
    events = read_rows(folder / "events.csv", _EVENTS, problems)
    series = read_rows(folder / "series.csv", _SERIES, problems)
    checks = read_rows(folder / "checks.csv", _CHECKS, problems)
    problems += repetitions(folder / "events.csv", events, "event")
    problems += reversed_intervals(folder / "events.csv", events, "earliest", "latest")
    problems += repetitions(folder / "series.csv", series, "series", "date", "value", "url")
    problems += reversed_intervals(folder / "checks.csv", checks, "start", "end")
    if not problems:
        problems += _wrong_granularities(folder / "events.csv", events)
        problems += _wrong_lengths(folder / "checks.csv", checks)
    if problems:
        raise SourceError(problems)
    record = _record(events, [row | row["date"]._asdict() for row in series], checks)
    if corpus is not None:
        _require_quotations(folder / "checks.csv", locate(record.checks, corpus))
    return record


def _record(events: list[dict], series: list[dict], checks: list[dict]) -> Record:
    return Record(
        events=_frame(events, (*_EVENTS, "line")),
        series=_frame(_numbered("series_id", "S", series), _SERIES_COLUMNS),
        checks=_frame(_numbered("check", "K", checks), ("check", *_CHECKS, "line")),
    )


def locate(checks: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The checks with their quotations found again in a corpus, whose texts may have changed.

    Columns: those of `checks`, where start and end are the quotation's span in the corpus; sentence
    (the corpus's, in which it begins) and located: `in place`; `moved`, where the quotation stands
    once, elsewhere in its source; or `orphan`, where it is not there, or more than once, so that
    any choice would be a guess: then start, end and sentence are missing (these columns are Int64).
    """
    sentences_of = {
        source: (rows["start"].tolist(), rows["sentence"].tolist())
        for source, rows in corpus.sentences.groupby("source")
    }
    starts, ends, sentences, located = [], [], [], []
    for check in checks.itertuples():
        start, how = _find(check, corpus)
        known = start is not None
        starts.append(start)
        ends.append(start + len(check.exact) if known else None)
        sentences.append(_sentence_at(start, *sentences_of[check.source]) if known else None)
        located.append(how)
    return checks.assign(
        start=pd.array(starts, "Int64"),
        end=pd.array(ends, "Int64"),
        sentence=pd.array(sentences, "Int64"),
        located=pd.Categorical(located, CLOSED_SETS["located"], ordered=True),
    )


def _sentence_at(offset: int, starts: list[int], numbers: list[int]) -> int:
    """The sentence that an offset lies in, or the one before it (a bullet is in no sentence)."""
    return numbers[max(bisect_right(starts, offset) - 1, 0)]


def _find(check, corpus: Corpus) -> tuple[int | None, str]:
    """Where a check's quotation begins in the corpus, and how it was found."""
    if check.source not in set(corpus.documents["source"]):
        return None, "orphan"
    text = corpus.text(check.source)
    if text.startswith(check.exact, check.start):
        return check.start, "in place"
    first = text.find(check.exact)
    if first >= 0 and text.find(check.exact, first + 1) < 0:
        return first, "moved"
    return None, "orphan"


def _require_quotations(path: Path, checks: pd.DataFrame) -> None:
    """Raises SourceError unless every quotation is verbatim at its span."""
    problems = []
    for check in checks[checks["located"] != "in place"].itertuples():
        what = f"{check.exact!r} is not verbatim at its span in source {check.source}"
        mend = "mend the quotation or its span"
        if check.located == "moved":
            mend = f"it begins at {check.start} and ends at {check.end}"
        problems.append(problem(path, what, mend, check.line))
    if problems:
        raise SourceError(problems)


def _frame(rows: Iterable[dict], columns: tuple[str, ...]) -> pd.DataFrame:
    return frame(columns, [[row[column] for column in columns] for row in rows], CLOSED_SETS)


def _numbered(column: str, letter: str, rows: list[dict]) -> Iterator[dict]:
    """The rows with ids by their order in the file."""
    return (row | {column: f"{letter}{number:03}"} for number, row in enumerate(rows, start=1))


def _wrong_granularities(path: Path, events: list[dict]) -> Iterator[str]:
    """A problem for each event whose days are not what its granularity says."""
    for event in events:
        first, last, granularity = event["earliest"], event["latest"], event["granularity"]
        whole_year, whole_month = first.replace(month=1, day=1), first.replace(day=1)
        begins = {"year": whole_year, "month": whole_month}.get(granularity, first)
        if granularity != "range" and _days(begins, granularity) != (first, last):
            what = f"{first} to {last} is no {granularity}"
            yield problem(path, what, "mend the days, or make it a range", event["line"])


def _wrong_lengths(path: Path, checks: list[dict]) -> Iterator[str]:
    """A problem for each check whose span is not as long as its quotation."""
    for check in checks:
        length, span = len(check["exact"]), check["end"] - check["start"]
        if length != span:
            what = f"the quotation has {length} characters, its span {span}"
            yield problem(path, what, "copy both from the source", check["line"])
