"""A reference coding: sources coded by hand, sentence by sentence, by the same codebook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

import pandas as pd

from helpers.reading import (
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
from helpers.tables import CLOSED_SETS, frame

_SPAN = {
    "source": Column(filled=True),
    "unit": Column(whole, filled=True),
    "start": Column(whole, filled=True),
    "end": Column(whole, filled=True),
    "exact": Column(filled=True),
}
_INTERVAL = {"earliest": Column(day), "latest": Column(day)}


def _closed(*columns: str) -> dict[str, Column]:
    return {column: Column(one_of(*CLOSED_SETS[column]), filled=True) for column in columns}


_FILES = {
    "sentences": _SPAN | _closed("zone"),
    "claims": _SPAN
    | _closed("stance", "object", "level", "status")
    | _INTERVAL
    | {"place": Column(), "actor": Column(), "attribution": Column()},
    "dates": _SPAN | _INTERVAL | _closed("anchor"),
    "quantities": _SPAN
    | {
        "value": Column(number, filled=True),
        "value_high": Column(number),
        "unit_of_measure": Column(),
        "of": Column(),
    }
    | _closed("comparison"),
    "mentions": _SPAN | {"entity": Column(filled=True)} | _closed("type"),
}


_READINGS = {"variable": Column(filled=True), "f1": Column(number, filled=True)}


@dataclass(frozen=True, eq=False)
class Reference:
    """A reference coding: tables like the corpus's, with `unit` in place of `sentence`."""

    sentences: pd.DataFrame
    claims: pd.DataFrame
    dates: pd.DataFrame
    quantities: pd.DataFrame
    mentions: pd.DataFrame
    # How well the readings behind it agreed with one another (F1), by variable, before they were
    # made one; and what else a reader must know of how it was made.
    readings: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def read_reference(folder: str | PathLike[str]) -> Reference:
    """The reference coding in sentences.csv, claims.csv, dates.csv, quantities.csv, mentions.csv.

    Each has the columns source, unit, start, end, exact (spans in code points of the source, end
    excluded), and further: sentences zone; claims stance, object, level, status, earliest, latest,
    place, actor, attribution; dates earliest, latest, anchor; quantities value, value_high,
    unit_of_measure, of, comparison; mentions entity, type. The tables also have `line`, which is
    the row's line in its file. Where the coding was made from several readings, readings.csv has
    the columns variable and f1, how well they agreed; note.txt says what else must be known of it.

    A folder of texts needs no reference coding: where there is none, all tables are empty.

    Raises SourceError that lists everything to be mended, with file and line.
    """
    folder = Path(folder)
    if not folder.exists():
        return Reference(**{name: _frame([], _FILES[name]) for name in _FILES})
    problems: list[str] = []
    rows = {name: read_rows(folder / f"{name}.csv", _FILES[name], problems) for name in _FILES}
    problems += repetitions(folder / "sentences.csv", rows["sentences"], "source", "unit")
    units = {(row["source"], row["unit"]) for row in rows["sentences"]}
    for name in _FILES:
        path = folder / f"{name}.csv"
        problems += reversed_intervals(path, rows[name], "start", "end")
        if "earliest" in _FILES[name]:
            problems += reversed_intervals(path, rows[name], "earliest", "latest")
        for row in rows[name]:
            if (row["source"], row["unit"]) not in units:
                what = f"unit {row['unit']} of source {row['source']} is not in sentences.csv"
                problems.append(problem(path, what, "add it there, or mend it", row["line"]))
    agreed, note = folder / "readings.csv", folder / "note.txt"
    readings = read_rows(agreed, _READINGS, problems) if agreed.exists() else []
    if problems:
        raise SourceError(problems)
    return Reference(
        **{name: _frame(rows[name], _FILES[name]) for name in _FILES},
        readings={row["variable"]: row["f1"] for row in readings},
        note=note.read_text(encoding="utf-8").strip() if note.exists() else "",
    )


def _frame(rows: list[dict], columns: Iterable[str]) -> pd.DataFrame:
    rows.sort(key=lambda row: (row["source"], row["start"]))
    columns = [*columns, "line"]
    table = frame(columns, [[row[column] for column in columns] for row in rows])
    return table.astype({"unit": "int64"})
