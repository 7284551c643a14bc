"""Sightings: the events of the record by year and object, and whether a source has them."""

from datetime import date

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.scales import Years
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite
from helpers.tables import OBJECTS
from helpers.words import named

_RIGHT = WIDTH - MARGIN
_TOP, _HEAD, _FOOT = 32, 24, 8  # above the lanes; above and below the marks of a lane
_MARK, _PITCH = 6.5, 9
_AXIS, _KEY = 44, 52


def sightings(corpus: Corpus, events: pd.DataFrame, caption: Finding) -> Figure:
    """Each event as a mark in its year: full if a source has it, half if perhaps, or empty.

    `events` are events of the record with a column `seen`, an ordered category of three: seen,
    perhaps, not. Under the years stands when the sources were published.
    """
    years = Years.around([day.date() for day in events["earliest"]], MARGIN, _RIGHT)
    things = [thing for thing in OBJECTS if (events["object"] == thing).any()]
    lanes = {thing: _Lane(events[events["object"] == thing], years) for thing in things}
    height = sum(lane.height for lane in lanes.values())
    sheet = Sheet(_TOP + height + _AXIS + _KEY)
    sheet.text(MARGIN, 21, "What happened, and what the sources saw", size=TITLE, bold=True)
    top = _TOP
    for thing, lane in lanes.items():
        missed = int((lane.rows["seen"] == events["seen"].cat.categories[-1]).sum())
        sheet.text(MARGIN, top + 16, named(thing), size=LABEL, bold=True)
        words = f"{missed} of {len(lane.rows)} not seen"
        sheet.text(_RIGHT, top + 16, words, size=SMALL, colour="muted", align="right")
        lane.draw(sheet, corpus, top + lane.height - _FOOT)
        top += lane.height
    _draw_years(sheet, corpus, years, top)
    _draw_key(sheet, top + _AXIS + 18, list(events["seen"].cat.categories))
    return sheet.figure("Events of the record, and whether a source has them", caption)


class _Lane:
    """The events on one object, in columns of a few marks for each year."""

    def __init__(self, rows: pd.DataFrame, years: Years):
        self.rows, self.years = rows.sort_values(["seen", "earliest"]), years
        width = (_RIGHT - MARGIN) / max(1, years.last - years.first + 1)
        self.abreast = max(1, int((width - 2) // _PITCH))
        most = rows["earliest"].dt.year.value_counts().max() if len(rows) else 0
        self.height = _HEAD + -(-most // self.abreast) * _PITCH + _FOOT

    def draw(self, sheet: Sheet, corpus: Corpus, base: float) -> None:
        for year, rows in self.rows.groupby(self.rows["earliest"].dt.year):
            left = self.years.x(date(year, 1, 1)) + 2
            for number, event in enumerate(rows.to_dict("records")):
                line, place = divmod(number, self.abreast)
                spot = (left + place * _PITCH, base - (line + 1) * _PITCH)
                how = list(rows["seen"].cat.categories).index(event["seen"])
                link = Link.to(cite(corpus, event), quiet=True)
                _draw_event(sheet, *spot, event["stance"], how, link)
        sheet.line((MARGIN, base), (_RIGHT, base))


def _draw_event(
    sheet: Sheet, x: float, y: float, stance: str, how: int, link: Link | None = None
) -> None:
    """Full (0), half (1) or empty (2); a square for what is promoted, else a diamond."""
    right, bottom, middle = x + _MARK, y + _MARK, _MARK / 2
    corners = [(x, y), (right, y), (right, bottom), (x, bottom)]
    if stance == "restrict":
        around = _MARK * 0.66  # so that it looks as large as the square
        x, y = x + middle, y + middle
        corners = [(x, y - around), (x + around, y), (x, y + around), (x - around, y)]
    fill = stance if how == 0 else "paper"
    sheet.path([[*corners, corners[0]]], fill=fill, edge=stance, thick=1, link=link)
    if how == 1:
        half = [corners[0], corners[2], corners[3], corners[0]]
        sheet.path([half], fill=stance, link=link)


def _draw_years(sheet: Sheet, corpus: Corpus, years: Years, top: float) -> None:
    """The line of years, and under it where the sources were written."""
    for year in years.numbered:
        x = years.x(date(year, 1, 1))
        sheet.line((x, top), (x, top + 20))
        sheet.text(x + 3, top + 15, f"{year}", size=SMALL)
    known = corpus.documents.dropna(subset=["published_earliest"])
    for year, rows in known.groupby(known["published_earliest"].dt.year):
        if years.first <= year <= years.last:
            x = (years.x(date(year, 1, 1)) + years.x(date(year + 1, 1, 1))) / 2
            words = "↑" * len(rows)
            href = cite(corpus, rows.iloc[0].to_dict()).href
            link = Link(href, f"published in {year}: {', '.join(rows['source'])}")
            sheet.text(x, top + 36, words, align="center", bold=True, link=link)


def _draw_key(sheet: Sheet, y: float, meanings: list[str]) -> None:
    for how, meaning in enumerate(meanings):
        x = MARGIN + (0, 62, 180)[how]
        _draw_event(sheet, x, y - 8, "promote", how)
        sheet.text(x + 14, y, meaning, size=SMALL, colour="muted")
    sheet.text(285, y, "↑ a source is written", size=SMALL, colour="muted")
    for x, stance, words in (
        (MARGIN, "promote", "promoted"),
        (MARGIN + 110, "restrict", "restricted"),
    ):
        _draw_event(sheet, x, y + 14, stance, 0)
        sheet.text(x + 14, y + 22, words, size=SMALL, colour=stance)
