"""The register: how far each system is said to have come, and when."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.marks import Spot
from helpers.figures.scales import Years
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite, group_anchor
from helpers.systems import STAGES
from helpers.systems.register import ANCHOR, GROUPS, STAGE_WORDS, Entry

_RIGHT = WIDTH - MARGIN
_TOP, _HEAD, _ROW, _YEARS, _KEY = 34, 30, 33, 26, 100  # heights
_MARK, _STEP = 9, 11  # the size of a mark, and from one to the next
_UNDATED = 40  # the width of the column for what has no date
_TICK = 1.4  # the least width of an event


class _Mark(NamedTuple):
    """What is said of a system for some days, or for none."""

    stage: str
    earliest: date | None
    latest: date | None
    link: Link

    def meets(self, other: "_Mark") -> bool:
        """Whether both are of one stage, and of days that are the same or next to one another."""
        if self.stage != other.stage or not (self.earliest and other.latest):
            return (self.stage, *self[1:3]) == (other.stage, *other[1:3])
        return self.earliest <= other.latest + timedelta(days=1)


def register(corpus: Corpus, entries: Sequence[Entry], caption: Finding) -> Figure:
    """A row for each system; on it, at its days, each stage that the sources give it.

    A stage stands in the middle of the days for which it is told, and its line is as long as these.
    Behind it are the record's events that name the system. Marks lead to what they stand for, the
    name of a system to its namings in the evidence table.
    """
    marks = {entry.system: _marks(corpus, entry) for entry in entries}
    starts = [day for entry in entries for day in entry.events["earliest"].dt.date]
    days = [day for mine in marks.values() for mark in mine for day in mark[1:3] if day]
    years = Years.around([*starts, *days], MARGIN, _RIGHT - _UNDATED)
    groups = [group for group in GROUPS if any(entry.group == group for entry in entries)]
    bottom = _TOP + len(groups) * (_HEAD + _YEARS) + len(entries) * _ROW
    sheet = Sheet(bottom + _KEY)
    sheet.text(MARGIN, 21, "How far has each system come?", size=TITLE, bold=True)
    top = _TOP
    for group in groups:
        mine = [entry for entry in entries if entry.group == group]
        sheet.text(MARGIN, top + 20, GROUPS[group], size=LABEL, bold=True, colour="promote")
        _draw_years(sheet, years, top + _HEAD, len(mine) * _ROW)
        top += _HEAD + _YEARS
        for entry in mine:
            _draw_row(sheet, corpus, years, entry, marks[entry.system], top)
            top += _ROW
    _draw_key(sheet, bottom + 16)
    return sheet.figure("How far each system is said to have come", caption)


def _marks(corpus: Corpus, entry: Entry) -> list[_Mark]:
    """Each stage, once for days that meet; where no stage is known, the times that it is named."""
    known = entry.namings[entry.namings["stage"] != "unknown"]
    rows = known if len(known) else entry.namings
    marks: list[_Mark] = []
    for row in rows.sort_values(["earliest", "stage"], kind="stable").to_dict("records"):
        days = [row[end].date() if pd.notna(row[end]) else None for end in ("earliest", "latest")]
        mark = _Mark(row["stage"], *days, Link.to(cite(corpus, row)))
        if not any(mark.meets(other) for other in marks):
            marks.append(mark)
    return sorted(marks, key=lambda mark: (mark.earliest or date.max, STAGES.index(mark.stage)))


def _draw_years(sheet: Sheet, years: Years, top: float, height: float) -> None:
    """The years above the rows of a group, with a line through the rows where each begins."""
    for year in years.numbered:
        x = years.x(date(year, 1, 1))
        sheet.line((x, top), (x, top + _YEARS + height - 4))
        sheet.text(x + 3, top + 15, f"{year}", size=SMALL, colour="muted")


def _draw_row(
    sheet: Sheet, corpus: Corpus, years: Years, entry: Entry, marks: list[_Mark], top: float
) -> None:
    link = Link(f"#{group_anchor(ANCHOR, (entry.system,))}", f"All that names {entry.system}")
    sheet.text(MARGIN, top + 10, entry.system, size=SMALL, link=link)
    top += 15
    sheet.line((MARGIN, top + _MARK / 2), (_RIGHT, top + _MARK / 2))
    for row in entry.events.to_dict("records"):
        left, right = years.ends(row["earliest"].date(), row["latest"].date(), _TICK)
        look = {"fill": "muted", "link": Link.to(cite(corpus, row), quiet=True)}
        sheet.box(left, top - 2, min(right - left, 3), _MARK + 4, **look)
    taken = 0.0
    for mark in marks:
        left, middle, right = _ends(mark, years)
        sheet.line((left, top + _MARK / 2), (right, top + _MARK / 2), edge="ink", thick=1.5)
        x = min(max(middle - _MARK / 2, taken), _RIGHT - _MARK)
        _draw_stage(sheet, mark.stage, Spot(x, top, _MARK, _MARK), mark.link)
        taken = x + _STEP


def _ends(mark: _Mark, years: Years) -> tuple[float, float, float]:
    """Where the days of a mark begin, where their middle is, and where they end."""
    known = [day for day in (mark.earliest, mark.latest) if day]
    if not known:
        x = _RIGHT - _UNDATED + _MARK
        return x, x, x
    left, right = years.ends(known[0], known[-1], 0)
    return left, (left + right) / 2, right


def _draw_stage(sheet: Sheet, stage: str, spot: Spot, link: Link | None) -> None:
    """A stage: hollow while planned, half full on trial, full when launched, crossed out after."""
    left, top, width, height = spot
    right, bottom, middle = left + width, top + height, left + width / 2
    if stage == "unknown":
        sheet.box(left + 2.5, top + 2.5, 4, 4, fill="ink", link=link)
        return
    square = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    if stage == "withdrawn":
        crossed = [square, [(left, top), (right, bottom)], [(left, bottom), (right, top)]]
        sheet.path(crossed, fill="paper", edge="restrict", thick=1.6, link=link)
        return
    fill = "promote" if stage == "launched" else "paper"
    sheet.path([square], fill=fill, edge="promote", thick=1.4, link=link)
    if stage == "piloted":
        half = [(left, top), (middle, top), (middle, bottom), (left, bottom), (left, top)]
        sheet.path([half], fill="promote")


def _draw_key(sheet: Sheet, y: float) -> None:
    """What the looks of marks mean."""
    x = MARGIN
    for stage, width in (("planned", 88), ("piloted", 80), ("launched", 96), ("withdrawn", 0)):
        _draw_stage(sheet, stage, Spot(x, y, _MARK, _MARK), None)
        sheet.text(x + 15, y + 9, STAGE_WORDS[stage], size=SMALL, colour="muted")
        x += width
    _draw_stage(sheet, "unknown", Spot(MARGIN, y + 21, _MARK, _MARK), None)
    sheet.text(MARGIN + 15, y + 30, "named, and no more", size=SMALL, colour="muted")
    sheet.box(MARGIN + 176, y + 19, _TICK, _MARK + 4, fill="muted")
    sheet.text(MARGIN + 186, y + 30, "an event of the record", size=SMALL, colour="muted")
    sheet.line((MARGIN, y + 48), (MARGIN + 24, y + 48), edge="ink", thick=1.5)
    words = "the days that it is told of"
    sheet.text(MARGIN + 32, y + 52, words, size=SMALL, colour="muted")
    words = "Side by side: told of the same days."
    sheet.text(MARGIN, y + 72, words, size=SMALL, colour="muted")
