"""The record over time: each of its events and figures as a mark that leads to its row."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from helpers.corpus import Corpus
from helpers.figures.marks import draw_band
from helpers.figures.scales import Years
from helpers.figures.sheet import MARGIN, SMALL, TITLE, WIDTH, Link, Sheet
from helpers.findings import evidence, finding
from helpers.record import Record
from helpers.site.figure import figure_to_html
from helpers.site.links import Place
from helpers.site.passages import Row, records
from helpers.tables import OBJECTS
from helpers.words import named, visible, when

_RIGHT = WIDTH - MARGIN
_TOP, _YEARS = 36, 24  # heights: above the lanes, of the years among them
_HEAD, _FOOT = 20, 8  # above and below the marks of a lane
_LAST = 24  # for the number of the last year
_MARK, _PITCH = 6, 7.5  # the width and height of a mark, and from one to the next
# What is promoted stands above the years; the rest is below them.
_ABOVE = ("promote",)
_BELOW = ("restrict", "clarify")
_DONE = {"promote": "promoted", "restrict": "restricted", "clarify": "clarified"}
_SIGNS = {"promote": "▲ ", "restrict": "▼ ", "clarify": ""}
_COLOURS = {"promote": "promote", "restrict": "restrict", "clarify": "aside"}


class _Mark(NamedTuple):
    earliest: date
    latest: date
    link: Link


class _Lane(NamedTuple):
    """Marks of one kind, in rows so that none lies on another."""

    name: str
    colour: str
    rows: list[list[tuple[float, float, Link]]]  # left and right end

    @property
    def height(self) -> float:
        return _HEAD + len(self.rows) * _PITCH + _FOOT

    def draw(self, sheet: Sheet, years: Years, top: float) -> None:
        for year in years.numbered:
            x = years.x(date(year, 1, 1))
            sheet.line((x, top + _HEAD), (x, top + self.height - _FOOT))
        sheet.text(MARGIN, top + _HEAD - 5, self.name, size=SMALL)
        for number, row in enumerate(self.rows):
            for left, right, link in row:
                y = top + _HEAD + number * _PITCH
                sheet.box(left, y, right - left, _MARK, fill=self.colour, link=link)


def history(corpus: Corpus, record: Record) -> str:
    """The figure as HTML, for the page of the record's tables; empty where it has no events.

    In a lane for each object what was promoted, above the years, and below them what was restricted
    or clarified; in the last lane the figures. A mark is as wide as the days that it may mean.
    """
    events, series = records(record.events), records(record.series)
    if not events:
        return ""
    marks = [_mark(row) for row in (*events, *series)]
    years = Years.around([day for m in marks for day in m[:2]], MARGIN, _RIGHT - _LAST)
    above, below = (list(_lanes(events, stances, years)) for stances in (_ABOVE, _BELOW))
    if series:
        name = f"figures of all kinds · {len(series)}"
        below.append(_Lane(name, "article", _stacked(map(_mark, series), years)))
    axis = _TOP + sum(lane.height for lane in above)
    sheet = Sheet(axis + _YEARS + sum(lane.height for lane in below))
    sheet.text(MARGIN, 21, "What the record has, year by year", size=TITLE, bold=True)
    for lanes, top in ((above, _TOP), (below, axis + _YEARS)):
        for lane in lanes:
            lane.draw(sheet, years, top)
            top += lane.height
    draw_band(sheet, years, axis, _YEARS)
    says = finding(
        "record.history",
        "The record has {events} {events:event/events} and {figures} {figures:figure/figures}.",
        {"events": len(events), "figures": len(series)},
        evidence(corpus, record.events),
    )
    svg = sheet.figure("The events and figures of the record, by year", says).svg
    # The tables that it stands above are its data.
    return figure_to_html(svg, Place, tabled=False)


def _lanes(events: list[Row], stances: tuple[str, ...], years: Years) -> Iterator[_Lane]:
    for stance in stances:
        for thing in OBJECTS:
            mine = [e for e in events if (e["stance"], e["object"]) == (stance, thing)]
            if mine:
                name = f"{_SIGNS[stance]}{_DONE[stance]}: {named(thing)} · {len(mine)}"
                yield _Lane(name, _COLOURS[stance], _stacked(map(_mark, mine), years))


def _mark(row: Row) -> _Mark:
    days = row["earliest"].date(), row["latest"].date()
    if "event" in row:
        id, words = row["event"], f"{when(*days)}: {row['title']}"
    else:
        words = f"{when(*days)}: {named(row['series'])}, {row['value']:,.10g} {row['unit']}"
        id = row["series_id"]
    return _Mark(*days, Link(f"#{id}", f"[{id}] {visible(words)}"))


def _stacked(marks: Iterator[_Mark], years: Years) -> list[list[tuple[float, float, Link]]]:
    """Marks from left to right, each in the first row where it has room beside those before it."""
    rows: list[list[tuple[float, float, Link]]] = []
    for mark in sorted(marks, key=lambda mark: mark[:2]):
        left, right = years.ends(mark.earliest, mark.latest, _MARK)
        row = next((row for row in rows if row[-1][1] + 1 <= left), None)
        if row is None:
            rows.append(row := [])
        row.append((left, right, mark.link))
    return rows
