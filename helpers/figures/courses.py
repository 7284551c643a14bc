"""Courses: figures of the record over time, as points on one axis of years."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.scales import Years
from helpers.figures.sheet import SMALL, Link, Sheet
from helpers.findings import cite

AXIS = 24  # height of the line of years
_POINT = 4.5  # half the width of a point
_LETTER = 7.8  # about the width of a small figure


class Trace(NamedTuple):
    """The rows of a series, and how they are drawn.

    `top` and `bottom` are the values at the edges of its lane; of ranks, the best is on top. Points
    are joined by a line, but for those of the ids in `apart`, which no line leads to. Values are
    said with `unit` behind them, unless the course is `quiet`.
    """

    rows: pd.DataFrame
    top: float
    bottom: float = 0
    colour: str = "promote"
    unit: str = ""
    apart: Collection[str] = ()
    hollow: bool = False
    quiet: bool = False


class Lane(NamedTuple):
    """The part of a sheet that a course has for itself."""

    top: float
    height: float
    years: Years

    def place(self, course: Trace, row: dict) -> tuple[float, float]:
        """Where a point is, in the middle of the days that it is of."""
        middle = row["earliest"] + (row["latest"] - row["earliest"]) / 2
        part = (course.top - row["value"]) / (course.top - course.bottom)
        return self.years.x(middle.date()), self.top + part * self.height


def draw_course(sheet: Sheet, corpus: Corpus, course: Trace, lane: Lane) -> None:
    """A course in its lane: lines, points that link to their rows, and as many values as fit."""
    rows = course.rows.to_dict("records")
    places = [lane.place(course, row) for row in rows]
    for number, row in enumerate(rows):
        if number and row["series_id"] not in course.apart:
            sheet.line(places[number - 1], places[number], edge=course.colour, thick=1.8)
    for row, place in zip(rows, places, strict=True):
        draw_point(sheet, *place, course.colour, course.hollow, Link.to(cite(corpus, row)))
    for number in () if course.quiet else _labelled(rows, places):
        value = float(f"{rows[number]['value']:.4g}")
        words = f"{value:,g}{course.unit}"
        _draw_label(sheet, words, places, number, lane, bold=not course.hollow)


def _draw_label(
    sheet: Sheet,
    words: str,
    places: list[tuple[float, float]],
    number: int,
    lane: Lane,
    bold: bool,
) -> None:
    """Words on the side of a point that its neighbours are not on, within the sheet."""
    x, y = places[number]
    beside = [places[n][1] for n in (number - 1, number + 1) if 0 <= n < len(places)]
    below = beside and sum(beside) / len(beside) < y
    half = len(words) * _LETTER / 2
    x = min(max(x, lane.years.left + half), lane.years.right - half)
    y += 21 if below else -11
    sheet.text(x, y, words, size=SMALL, align="center", bold=bold)


def draw_point(
    sheet: Sheet, x: float, y: float, colour: str, hollow: bool, link: Link | None = None
) -> None:
    """A figure at its time and value."""
    corners = [(x, y - _POINT), (x + _POINT, y), (x, y + _POINT), (x - _POINT, y)]
    fill = "paper" if hollow else colour
    sheet.path([[*corners, corners[0]]], fill=fill, edge=colour, thick=1.5, link=link)


def draw_ring(sheet: Sheet, x: float, y: float, link: Link | None = None) -> None:
    """A frame around a point: a source gives the same number."""
    sheet.box(x - 7.5, y - 7.5, 15, 15, edge="ink", thick=1.5, link=link)


def _labelled(rows: list[dict], places: list[tuple[float, float]]) -> Iterator[int]:
    """The points whose values are said: the ends, the extremes, then all that have room."""
    values = [row["value"] for row in rows]
    if not values:
        return
    first = [0, len(values) - 1, values.index(max(values)), values.index(min(values))]
    taken: list[tuple[float, float]] = []
    for number in dict.fromkeys([*first, *range(len(values))]):
        x, y = places[number]
        if all(abs(x - other) > 5.2 * _LETTER or abs(y - at) > 24 for other, at in taken):
            taken.append((x, y))
            yield number


def draw_years(sheet: Sheet, years: Years, top: float) -> None:
    """The line of years, in which a number begins where its year does."""
    sheet.line((years.left, top), (years.right, top), edge="ink")
    for year in years.numbered:
        x = years.x(date(year, 1, 1))
        sheet.line((x, top), (x, top + AXIS))
        sheet.text(x + 3, top + 17, f"{year}", size=SMALL)


def draw_bands(sheet: Sheet, corpus: Corpus, events: pd.DataFrame, lane: Lane) -> None:
    """Events as light lines from the top of a lane to its foot."""
    for event in events.to_dict("records"):
        left, right = lane.years.ends(event["earliest"].date(), event["latest"].date(), 1.2)
        link = Link.to(cite(corpus, event), quiet=True)
        fill = f"{event['stance']} light"
        sheet.box(left, lane.top, right - left, lane.height, fill=fill, link=link)
