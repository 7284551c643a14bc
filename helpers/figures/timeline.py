"""The timeline: what is promoted above the years, what is restricted below."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.marks import Spot, draw_band, draw_claim
from helpers.figures.scales import Years
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite
from helpers.record import Record
from helpers.tables import OBJECTS, STANCES
from helpers.words import named

_RIGHT = WIDTH - MARGIN
_TOP, _YEARS, _KEY = 52, 24, 70  # heights: above the lanes, of the years among them, below them
_HEAD, _FOOT = 18, 7  # above and below the marks of a lane
_MARK, _PITCH = 8, 10  # the height of a mark, and from one to the next
_PER_ROW = 8  # marks in the band beside the axis, for what has no date
_BAND = _PER_ROW * _PITCH
_TICK = 1.2  # the least width of an event


class _Mark(NamedTuple):
    """What stands for a claim or an event; the days are None where none is given."""

    stance: str
    object: str
    status: str
    earliest: date | None
    latest: date | None
    link: Link


class _Lane:
    """What is said of one object with one stance, and behind it what the record has of it."""

    def __init__(self, stance: str, object: str, claims: list[_Mark], events: list[_Mark]):
        self.stance, self.object = stance, object
        mine, self.events = (
            [mark for mark in marks if (mark.stance, mark.object) == (stance, object)]
            for marks in (claims, events)
        )
        self.dated = sorted((m for m in mine if m.earliest), key=lambda m: (m.earliest, m.latest))
        self.undated = [mark for mark in mine if not mark.earliest]

    def __len__(self) -> int:
        return len(self.dated) + len(self.undated)

    def rows(self, time: Years) -> list[int]:
        """For each dated mark, the first row where it has room beside those before it."""
        rows: list[int] = []
        taken: list[float] = []
        for mark in self.dated:
            left, right = time.ends(mark.earliest, mark.latest, _MARK)
            row = next((n for n, end in enumerate(taken) if end + 1 < left), len(taken))
            taken[row : row + 1] = [right]
            rows.append(row)
        return rows

    def height(self, time: Years) -> float:
        rows = max(*self.rows(time), -(-len(self.undated) // _PER_ROW) - 1, 0, 0) + 1
        return _HEAD + rows * _PITCH + _FOOT

    def draw(self, sheet: Sheet, time: Years, top: float) -> None:
        name = f"{named(self.object)} · {len(self) or 'none'}"
        sheet.text(MARGIN, top + _HEAD - 5, name, size=SMALL)
        top, height = top + _HEAD, self.height(time) - _HEAD - _FOOT
        for year in time.numbered:
            x = time.x(date(year, 1, 1))
            sheet.line((x, top), (x, top + height))
        for mark in self.events:
            left, right = time.ends(mark.earliest, mark.latest, _TICK)
            sheet.box(left, top, right - left, height, fill=f"{self.stance} light", link=mark.link)
        for mark, row in zip(self.dated, self.rows(time), strict=True):
            left, right = time.ends(mark.earliest, mark.latest, _MARK)
            spot = Spot(left, top + row * _PITCH, right - left, _MARK)
            draw_claim(sheet, spot, mark.stance, mark.status, mark.link)
        for number, mark in enumerate(self.undated):
            row, place = divmod(number, _PER_ROW)
            spot = Spot(_RIGHT - _BAND + place * _PITCH + 1, top + row * _PITCH, _MARK, _MARK)
            draw_claim(sheet, spot, mark.stance, mark.status, mark.link)


def timeline(corpus: Corpus, record: Record, caption: Finding) -> Figure:
    """Every claim above the years (promote) or below them (restrict), in a lane for its object.

    A claim is a bar from the earliest to the latest day that it may mean; where only one of them
    is known, it stands there; where neither is, in a band beside the years. Behind the claims are
    the record's events, in a lighter tone.
    """
    claims = _marks(corpus, corpus.claims)
    events = _marks(corpus, record.events[record.events["stance"].isin(STANCES)], quiet=True)
    days = [day for mark in (*claims, *events) for day in (mark.earliest, mark.latest) if day]
    time = Years.around(days, MARGIN, _RIGHT - _BAND - MARGIN)
    above, below = (
        [
            lane
            for thing in objects
            if len(lane := _Lane(stance, thing, claims, events)) or lane.events
        ]
        for stance, objects in (("promote", OBJECTS[::-1]), ("restrict", OBJECTS))
    )
    heights = [sum(lane.height(time) for lane in side) for side in (above, below)]
    sheet = Sheet(_TOP + heights[0] + _YEARS + heights[1] + _KEY)
    sheet.text(MARGIN, 21, "Promoted above, restricted below", size=TITLE, bold=True)
    sheet.text(MARGIN, 43, "▲ promoted", size=LABEL, colour="promote", bold=True)
    sheet.text(_RIGHT, 43, "no date given", size=SMALL, colour="muted", align="right")
    top = _draw_lanes(sheet, above, time, _TOP)
    draw_band(sheet, time, top, _YEARS)
    top = _draw_lanes(sheet, below, time, top + _YEARS + 4)
    sheet.text(MARGIN, top + 15, "▼ restricted", size=LABEL, colour="restrict", bold=True)
    _draw_key(sheet, top + 38)
    title = "What the sources say is promoted and restricted, and when"
    return sheet.figure(title, caption)


def _marks(corpus: Corpus, rows: pd.DataFrame, quiet: bool = False) -> list[_Mark]:
    marks = []
    for row in rows.to_dict("records"):
        known = [row[end].date() for end in ("earliest", "latest") if pd.notna(row[end])]
        days = (known[0], known[-1]) if known else (None, None)
        link = Link.to(cite(corpus, row), quiet)
        marks.append(_Mark(row["stance"], row["object"], row.get("status", ""), *days, link))
    return marks


def _draw_lanes(sheet: Sheet, lanes: list[_Lane], time: Years, top: float) -> float:
    """Lanes below one another from `top` on; returns where they end."""
    for lane in lanes:
        lane.draw(sheet, time, top)
        top += lane.height(time)
    return top


def _draw_key(sheet: Sheet, y: float) -> None:
    """What the looks of marks mean: one of each kind, and beside it its meaning."""
    for x, status, words in (
        (MARGIN, "done", "done"),
        (MARGIN + 70, "planned", "planned"),
        (MARGIN + 160, "denied", "rumoured or denied"),
    ):
        draw_claim(sheet, Spot(x, y - 10, _MARK, _MARK), "promote", status, None)
        sheet.text(x + 13, y - 2, words, size=SMALL, colour="muted")
    for x in (MARGIN, MARGIN + 3, MARGIN + 7):
        sheet.box(x, y + 7, _TICK, 11, fill="promote light")
    sheet.text(MARGIN + 13, y + 17, "lighter: events of the record", size=SMALL, colour="muted")
