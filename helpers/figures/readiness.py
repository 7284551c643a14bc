"""Readiness: a promise, and on one axis of years what came of it."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.courses import AXIS, Lane, Trace, draw_course, draw_years
from helpers.figures.scales import Years
from helpers.figures.sheet import MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Citation, Finding, cite
from helpers.series import falls

_RIGHT = WIDTH - MARGIN
_TOP = 62
_HEAD, _FOOT = 20, 8  # above and below the marks of a stage
_MARK, _PITCH = 8, 10
_LETTER = 7.9  # about the width of a small bold letter
_TITLE, _COURSE = 58, 62  # above the points of a course, and of the points themselves


def readiness(
    corpus: Corpus,
    events: pd.DataFrame,
    figures: dict[str, pd.DataFrame],
    promised: tuple[Citation, pd.Timestamp] | None,
    caption: Finding,
) -> Figure:
    """Events by `stage`, each figure as a course, and the day of a promise through all of them.

    `events` are events of the record with a column `stage`; `figures` are rows of the series table
    under their titles. A running total that falls counts something else: no line leads there.
    """
    rows = [events, *figures.values()]
    days = [day.date() for table in rows for day in table["earliest"]]
    days += [promised[1].date()] if promised else []
    years = Years.around(days, MARGIN, _RIGHT)
    stages = [
        (stage, _Stage(group, years)) for stage, group in events.groupby("stage", observed=True)
    ]
    top = _TOP + sum(stage.height for _, stage in stages)
    bottom = top + len(figures) * (_TITLE + _COURSE) + 24
    sheet = Sheet(bottom + AXIS + 8)
    sheet.text(MARGIN, 21, "From promise to use", size=TITLE, bold=True)
    if promised:
        citation, day = promised
        x = years.x(day.date())
        sheet.line((x, 48), (x, bottom), edge="restrict", thick=1.5)
        link = Link.to(citation)
        words = f"promised: [{citation.label}]"
        sheet.text(x, 43, words, size=SMALL, colour="restrict", align="center", link=link)
    y = _TOP
    for name, stage in stages:
        _draw_title(sheet, y + 13, f"{name} · {len(stage.rows)}")
        stage.draw(sheet, corpus, y + _HEAD)
        y += stage.height
    lanes = [
        Lane(top + number * (_TITLE + _COURSE) + _TITLE, _COURSE, years)
        for number in range(len(figures))
    ]
    fallen = {name: set(falls(rows)["series_id"]) for name, rows in figures.items()}
    for lane, name in zip(lanes, figures, strict=True):
        gap = " (gap: counted anew)" if fallen[name] else ""
        _draw_title(sheet, lane.top - 28, name + gap)
    for lane, (name, rows) in zip(lanes, figures.items(), strict=True):
        course = Trace(rows, max([*rows["value"], 1]), apart=fallen[name])
        sheet.line((MARGIN, lane.top + _COURSE), (_RIGHT, lane.top + _COURSE))
        draw_course(sheet, corpus, course, lane)
    draw_years(sheet, years, bottom)
    return sheet.figure("The promise of the digital yuan, and what came of it", caption)


def _draw_title(sheet: Sheet, y: float, words: str) -> None:
    """Words on a ground of their own, since the line of the promise may run through them."""
    sheet.box(MARGIN, y - 12, len(words) * _LETTER, 16, fill="paper")
    sheet.text(MARGIN, y, words, size=SMALL, bold=True)


class _Stage:
    """The events of one stage, in rows in which each has room."""

    def __init__(self, rows: pd.DataFrame, years: Years):
        self.rows = rows.sort_values("earliest").to_dict("records")
        self.ends = [
            years.ends(row["earliest"].date(), row["latest"].date(), _MARK) for row in self.rows
        ]
        self.places: list[int] = []
        taken: list[float] = []
        for left, right in self.ends:
            row = next((n for n, end in enumerate(taken) if end + 1 < left), len(taken))
            taken[row : row + 1] = [right]
            self.places.append(row)
        self.height = _HEAD + max([1, *(place + 1 for place in self.places)]) * _PITCH + _FOOT

    def draw(self, sheet: Sheet, corpus: Corpus, top: float) -> None:
        for row, (left, right), place in zip(self.rows, self.ends, self.places, strict=True):
            link = Link.to(cite(corpus, row))
            y = top + place * _PITCH
            sheet.box(left, y, right - left, _MARK, fill="promote", link=link)
