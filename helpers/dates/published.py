"""When a source was published, as far as its own text tells."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.dates.expressions import Expression, expressions
from helpers.dates.nodes import UNKNOWN, Window, resolve
from helpers.dates.periods import year
from helpers.dates.tense import is_past, looks_ahead, verb_after
from helpers.letters import lowered

_ARTICLE = {"headline", "keypoint", "body"}

# Only sentences with one of these can tell a year.
_DIGITS = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=\b9).?4\b)")
_YEARS = re.compile(r"last year|years? ago")
_LABEL = re.compile(
    r"\b(?:(?:first |date )?(?:published|posted|released|issued|created)|date|publish(?:ing)? date)"
    r"(?: on| at| date| time| by [^\d:]{1,40})?[\s:|·•–—-]*$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|(?:last )?modified|edited)(?: on| at)?[\s:|·•–—-]*$", re.IGNORECASE
)
_DATELINE = re.compile(r"^[\s(]*[A-Z][^\d.]{1,40}, *$")
_AGENCY = re.compile(r"^\s*(?:\([^)]{2,40}\)\s*)?(?:-|–|—|:)|^\s*\([^)]{2,40}\)")
_BYLINE = 48  # characters that may stand beside a date in a line that is about nothing else
_AT = re.compile(
    r"\b(?:in|on|since|during|until|of|from|and|at(?: the)?)\s*(?:the\s)?$", re.IGNORECASE
)
_IN_OR_UNTIL = re.compile(r"\b(?:in|until)\s*$", re.IGNORECASE)
_CURRENT = re.compile(r"^\W*(?:so far )?in\s*$", re.IGNORECASE)


class _Sentence(NamedTuple):
    zone: str
    text: str
    found: Sequence[Expression]


class _Evidence(NamedTuple):
    """A window of days, and the words that it rests on."""

    earliest: int | None
    latest: int | None
    because: str


def publication(sentences: pd.DataFrame) -> pd.DataFrame:
    """The days between which the text of each source was published, as far as the text alone tells.

    What counts, in this order: a line that gives the date ('Published: …', a byline), a dateline,
    and otherwise bounds: what is told as past came before, what is told as future comes after,
    a year with the present perfect ('In 2019, two have closed') is the current one, and a day
    'of last year' that the text names elsewhere with its year gives the year. A side that nothing
    bounds is missing, and so is all of it where the text tells nothing.

    `sentences` has the columns source, exact and zone, furniture included. Columns: source,
    earliest, latest (days, both included, or NaT), basis (what it rests on, quoted, or None).
    """
    columns = (sentences[name].tolist() for name in ("source", "zone", "exact"))
    rows = []
    for source, group in groupby(zip(*columns, strict=True), key=lambda row: row[0]):
        window, basis = _window([_Sentence(zone, text, _tagged(text)) for _, zone, text in group])
        rows.append((source, *window, basis))
    frame = pd.DataFrame(rows, columns=["source", "earliest", "latest", "basis"], dtype=object)
    for column in ("earliest", "latest"):
        frame[column] = np.array([_date(day) for day in frame[column]], dtype="datetime64[s]")
    return frame


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def _tagged(text: str) -> Sequence[Expression]:
    low = lowered(text)
    hinted = _DIGITS.search(low) or ("year" in low and _YEARS.search(low))
    return expressions(text) if hinted else ()


def _window(text: list[_Sentence]) -> tuple[Window, str | None]:
    lower, upper = _bounds(text)
    given = _given(text) or _dateline(text)
    if given and not (lower and given.latest < lower.earliest):
        return (given.earliest, given.latest), given.because
    if lower and upper and upper.latest < lower.earliest:
        upper = None  # what happened is the better witness
    bounds = [bound for bound in (lower, upper) if bound]
    if not bounds:
        return UNKNOWN, None
    window = lower and lower.earliest, upper and upper.latest
    return window, "; ".join(dict.fromkeys(bound.because for bound in bounds))


def _given(text: list[_Sentence]) -> _Evidence | None:
    """What the page says of itself: a labelled date, or else the line nearest above the text."""
    body = next((at for at, line in enumerate(text) if line.zone == "body"), len(text))
    nearest = None
    for at, line in enumerate(text):
        if line.zone != "furniture":
            continue
        for found in line.found:
            day = _day(found)
            if day is None:
                continue
            before = _before(line.text, found)
            label = before if before.strip() else text[at - 1].text if at else ""
            if _LABEL.search(label):
                return _Evidence(day, day, f"the page says “{_quote(line.text)}”")
            alone = len(line.text) - (found.end - found.start) <= _BYLINE
            if alone and at < body and not _UPDATED.search(before):
                nearest = _Evidence(day, day, f"the page says “{_quote(line.text)}” by the text")
    return nearest


def _dateline(text: list[_Sentence]) -> _Evidence | None:
    """'BEIJING, 24 October 2019 (Xinhua) --': written on that day, published then or the next."""
    body = (line for line in text if line.zone == "body")
    for line in [line for line, _ in zip(body, range(2), strict=False)]:
        for found in line.found[:1]:
            day = _day(found)
            before, after = _before(line.text, found), line.text[found.end : found.end + 60]
            if day is not None and _DATELINE.match(before) and _AGENCY.match(after):
                return _Evidence(
                    day, day + 1, f"its dateline is “{_quote(line.text[: found.end])}”"
                )
    return None


def _day(found: Expression) -> int | None:
    """The day that an expression names with its year; None for others, and for 31 February."""
    if found.node.anchor != "calendar" or found.node.granularity != "day":
        return None
    return resolve(found.node, UNKNOWN, False)[0]


def _bounds(text: list[_Sentence]) -> tuple[_Evidence | None, _Evidence | None]:
    """The latest lower and the earliest upper bound that the article gives."""
    article = [line for line in text if line.zone in _ARTICLE and line.found]
    evidence = [bound for line in article for bound in _told(line)]
    evidence += _last_year(article)
    lower = [bound for bound in evidence if bound.earliest is not None]
    upper = [bound for bound in evidence if bound.latest is not None]
    return (
        max(lower, key=lambda bound: bound.earliest, default=None),
        min(upper, key=lambda bound: bound.latest, default=None),
    )


def _told(line: _Sentence) -> Iterable[_Evidence]:
    """What the tense of a sentence tells about the calendar dates in it."""
    for found in line.found:
        if found.node.anchor != "calendar":
            continue
        earliest, latest = resolve(found.node, UNKNOWN, False)
        before, quoted = _before(line.text, found), _around(line.text, found)
        if found.node.granularity == "year" and _CURRENT.match(before) and _is_perfect(line, found):
            yield _Evidence(earliest, latest, f"it speaks of the current year in “{quoted}”")
        elif latest and _is_target(line.text, found):
            yield _Evidence(None, latest, f"“{quoted}” lies ahead of it")
        elif earliest and _AT.search(before) and is_past(line.text, found.start):
            yield _Evidence(earliest, None, f"“{quoted}” lies behind it")


def _is_target(text: str, found: Expression) -> bool:
    """Whether something is to happen in or by a year that so lies ahead.

    Days are no such witness: reports quote what was to close on some day long after it closed.
    """
    by = found.node.open or _IN_OR_UNTIL.search(_before(text, found))
    return bool(by and found.node.granularity == "year" and looks_ahead(text, found.start))


def _is_perfect(line: _Sentence, found: Expression) -> bool:
    verb = verb_after(line.text, found.end)
    return bool(verb and verb["perfect"])


def _last_year(article: list[_Sentence]) -> Iterable[_Evidence]:
    """'4 September of last year', where the text also names a 4 September with its year."""
    days: dict[int, str] = {}
    relative: list[tuple[Expression, str]] = []
    for line in article:
        for found in line.found:
            if found.node.granularity != "day":
                continue
            quoted = line.text[found.start : found.end]
            day, _ = resolve(found.node, UNKNOWN, False)
            if found.node.anchor == "publication" and found.node.whole:
                relative.append((found, quoted))
            elif day is not None:
                days.setdefault(day, quoted)
    for day, named in days.items():
        on = date.fromordinal(day)
        for of in range(on.year, on.year + 3):
            for found, quoted in relative:
                if resolve(found.node, year(of), False) == (day, day):
                    told = f"“{quoted}” is the {on} that it also calls “{named}”"
                    yield _Evidence(*year(of), told)


def _before(text: str, found: Expression) -> str:
    """The words before a date; not more of them, so that a long line costs no more to read."""
    return text[max(0, found.start - 80) : found.start]


def _around(text: str, found: Expression) -> str:
    """The words in which a date stands."""
    start = text.rfind(" ", 0, max(0, found.start - 24)) + 1
    end = text.find(" ", found.end + 24)
    return _quote(text[start : end if end > 0 else len(text)])


def _quote(text: str) -> str:
    return " ".join(text.split())[:120]
