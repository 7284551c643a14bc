"""Temporal expressions and the days that they denote: a tagger for English news.

A sentence is read in levels (words, units and years, days and months, parts of them, ranges); each
level is a list of rules over what the one before it found. What a rule makes is a function from
the day of publication, or from the date before it in the text, to days. Where that day is known
only as a window, the answer is as wide as the window allows.

The design owes to HeidelTime (Strötgen and Gertz 2013) and TIMEX3 the anchors, news style (a month
without a year is the latest one) and that nothing is guessed where an anchor is missing.
"""

from datetime import date

import pandas as pd

from helpers.dates.expressions import Expression, expressions
from helpers.dates.nodes import UNKNOWN, Window, resolve
from helpers.dates.published import publication
from helpers.dates.tense import is_ahead
from helpers.tables import table

__all__ = ["dates", "publication"]

_ZONES = {"headline", "keypoint", "body"}


def dates(sentences: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The temporal expressions of the headlines, key points and body of each source.

    What comments and furniture date is no row (`publication` may use it). `sentences` has the
    columns source, sentence, start, exact and zone; `documents` has source, published_earliest and
    published_latest, and may leave sources out.

    Columns: source, sentence, start, end, exact, earliest, latest (days, both included; NaT where
    the text, or what is known of the day of publication, does not say), granularity, anchor
    (`calendar`, `publication`, `previous`), rule.
    """
    windows = {
        source: (_ordinal(earliest), _ordinal(latest))
        for source, earliest, latest in zip(
            documents["source"],
            documents["published_earliest"],
            documents["published_latest"],
            strict=True,
        )
    }
    rows: list[tuple] = []
    columns = (
        sentences[name].tolist() for name in ("source", "sentence", "start", "exact", "zone")
    )
    reading, previous = None, UNKNOWN
    for source, sentence, start, exact, zone in zip(*columns, strict=True):
        if source != reading:
            reading, previous = source, UNKNOWN
        if zone not in _ZONES:
            continue
        for found in expressions(exact):
            anchor, days = _days(found, exact, windows.get(source, UNKNOWN), previous)
            if days != UNKNOWN:
                previous = days
            span = start + found.start, start + found.end, exact[found.start : found.end]
            earliest, latest = map(_date, days)
            granularity = found.node.granularity
            rows.append(
                (source, sentence, *span, earliest, latest, granularity, anchor, found.rule)
            )
    return table("dates", rows)


def _days(
    found: Expression, sentence: str, published: Window, previous: Window
) -> tuple[str, Window]:
    """Anchor and days of an expression.

    Where nothing is known of the day of publication, a month or weekday without a year is the
    first one after the date before it, as in a narrative.
    """
    node, anchor = found.node, found.node.anchor
    ahead = anchor == "publication" and is_ahead(sentence, found.start)
    if node.recurring and published == UNKNOWN and previous != UNKNOWN:
        anchor, ahead = "previous", True
    window = previous if anchor == "previous" else published
    return anchor, resolve(node, window, ahead)


def _ordinal(day: date | None) -> int | None:
    return None if pd.isna(day) else day.toordinal()


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
