"""Stated numbers: how many, how much, what share, which rank.

A number is found first, in digits or in words. What stands before it says how it is compared and in
which money, what stands after it gives scale, measure and the thing counted. The words for all this
are data, in `codebook/quantities.toml`.
"""

from bisect import bisect_right
from collections import defaultdict

import pandas as pd

from helpers.quantities.readings import readings
from helpers.tables import table

__all__ = ["quantities"]

_ZONES = {"headline", "keypoint", "body"}


def quantities(sentences: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """The stated numbers in the headlines, key points and body of each source.

    Money, percentages, fractions, counts and ranks; not dates, durations, ages, list numbers or
    names, nor numbers inside a span of `dates`. `sentences` has the columns source, sentence,
    start, exact and zone.

    Columns: source, sentence, start, end, exact, value, value_high (of a range), unit_of_measure
    (a currency by its ISO 4217 code, `percent`, `share` for fractions, `rank`, a measure or the
    noun counted), comparison, of (the words for what is counted), rule.
    """
    dated = defaultdict(list)
    spans = (dates[name].tolist() for name in ("source", "sentence", "start", "end"))
    for source, sentence, start, end in zip(*spans, strict=True):
        dated[source, sentence].append((end, start))
    columns = (
        sentences[name].tolist() for name in ("source", "sentence", "start", "exact", "zone")
    )
    rows = []
    for source, sentence, offset, exact, zone in zip(*columns, strict=True):
        if zone not in _ZONES:
            continue
        for found in readings(exact):
            start, end = offset + found.start, offset + found.end
            if not _overlaps(dated[source, sentence], start, end):
                rows.append(
                    (source, sentence, start, end, exact[found.start : found.end], *found[2:])
                )
    return table("quantities", rows)


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether another span meets one of these, which are given as (end, start) in reading order."""
    at = bisect_right(spans, (start, end))
    return at < len(spans) and spans[at][1] < end
