"""The contract of the tables: which columns they have, and which values those columns may hold.

A column name means the same thing in every table, so one dictionary of dtypes serves them all.
Names and values follow the codebook.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter

import numpy as np
import pandas as pd

# The closed sets, each in the order in which the codebook lists its values.
ZONES = ("headline", "keypoint", "body", "comment", "furniture")
CARRYING = ("headline", "keypoint", "body")  # the zones whose sentences carry claims
STANCES = ("restrict", "promote")
OBJECTS = ("cryptocurrency", "stablecoin", "cbdc", "blockchain", "digital_asset")
LEVELS = ("central", "local", "hong_kong", "industry", "public")
STATUSES = ("done", "planned", "rumoured", "denied")
GRANULARITIES = ("day", "week", "month", "quarter", "half", "year", "range")
ANCHORS = ("calendar", "publication", "previous")
COMPARISONS = ("exact", "about", "more_than", "at_least", "less_than", "up_to", "range")
TYPES = ("actor", "person", "system", "place", "asset")

CLOSED_SETS: dict[str, tuple[str, ...]] = {
    "zone": ZONES,
    "stance": STANCES,
    "object": OBJECTS,
    "level": LEVELS,
    "status": STATUSES,
    "granularity": GRANULARITIES,
    "anchor": ANCHORS,
    "comparison": COMPARISONS,
    "type": TYPES,
}

_SPAN = ("source", "sentence", "start", "end", "exact")

COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": (
        "source",
        "file",
        "title",
        "publisher",
        "published_earliest",
        "published_latest",
        "published_basis",
        "url",
        "sha256",
        "characters",
        "text_earliest",
        "text_latest",
        "text_basis",
        "note",
    ),
    "zones": ("source", "start", "end", "exact", "line", "zone", "rule"),
    "sentences": (*_SPAN, "line", "zone"),
    "dates": (*_SPAN, "earliest", "latest", "granularity", "anchor", "rule"),
    "quantities": (
        *_SPAN,
        "value",
        "value_high",
        "unit_of_measure",
        "comparison",
        "of",
        "rule",
    ),
    "mentions": (*_SPAN, "entity", "type", "level"),
    "claims": (
        *_SPAN,
        "stance",
        "object",
        "level",
        "status",
        "earliest",
        "latest",
        "place",
        "actor",
        "attribution",
        "rule",
    ),
}

_ORDER = ("source", "start", "end")
_INTEGERS = {"sentence", "start", "end", "line", "characters"}
_NUMBERS = {"value", "value_high"}
_DAYS = {
    "earliest",
    "latest",
    "published_earliest",
    "published_latest",
    "text_earliest",
    "text_latest",
}


def table(name: str, rows: Iterable[Sequence | Mapping]) -> pd.DataFrame:
    """The table called `name`, built from rows in any order.

    Rows are all tuples in the order of `COLUMNS[name]`, or all dictionaries; a dictionary may
    leave out a column, which is then missing, and may bring more columns, which come after those
    of the contract. The table is sorted by source and start (of two spans that start together the
    shorter comes first, otherwise the order given stays) and numbered from 0.

    Columns: those of `COLUMNS[name]`, with the dtypes that `frame` gives them.

    Raises ValueError for a value outside its closed set, and for a row of the wrong length.
    """
    columns = list(COLUMNS[name])
    rows = list(rows)
    if rows and isinstance(rows[0], Mapping):
        columns = list(dict.fromkeys([*columns, *(key for row in rows for key in row)]))
        rows = [tuple(map(row.get, columns)) for row in rows]
    rows.sort(key=itemgetter(*(columns.index(c) for c in _ORDER if c in columns)))
    try:
        return frame(columns, rows)
    except ValueError as error:
        raise ValueError(f"table {name!r}: {error}") from error


def frame(
    columns: Sequence[str],
    rows: Sequence[Sequence],
    closed_sets: Mapping[str, tuple[str, ...]] = CLOSED_SETS,
) -> pd.DataFrame:
    """Rows as a data frame whose dtypes follow from the names of the columns.

    `start`, `end` are code points, `line` counts from 1, `sentence` from 0: int64. Days are
    datetime64[s], with NaT where there is none; `value` and `value_high` are float64; what
    `closed_sets` lists is an ordered category; the rest are strings (dtype object, None where
    missing).

    Raises ValueError for a value outside its closed set, and for a row of the wrong length.
    """
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    index = pd.RangeIndex(len(rows))
    data = {
        column: _column(column, cells, index, closed_sets)
        for column, cells in zip(columns, values, strict=True)
    }
    return pd.DataFrame(data, index, copy=False)


def _column(column: str, cells: Sequence, index: pd.Index, closed_sets: Mapping):
    if column in closed_sets:
        return _category(column, cells, closed_sets[column])
    if column in _DAYS:
        # NumPy knows None and dates, but not pandas' own missing day.
        days = [None if cell is pd.NaT else cell for cell in cells]
        return np.array(days, dtype="datetime64[s]")
    if column in _INTEGERS:
        return np.array(cells, dtype="int64")
    if column in _NUMBERS:
        return np.array(cells, dtype="float64")
    return pd.Series(cells, index, dtype=object)


def _category(column: str, cells: Sequence, allowed: tuple[str, ...]) -> pd.Categorical:
    """The cells as an ordered category; pandas alone would make a value outside it missing."""
    dtype, codes = _closed_set(allowed)
    try:
        return pd.Categorical.from_codes([codes[cell] for cell in cells], dtype=dtype)
    except KeyError as error:
        expected = ", ".join(allowed)
        raise ValueError(f"{column} {error.args[0]!r} is none of {expected}") from None


@cache
def _closed_set(allowed: tuple[str, ...]) -> tuple[pd.CategoricalDtype, dict[str | None, int]]:
    """The dtype of a closed set, and the code of each value (-1: missing)."""
    codes: dict[str | None, int] = {value: code for code, value in enumerate(allowed)}
    return pd.CategoricalDtype(allowed, ordered=True), codes | {None: -1}
