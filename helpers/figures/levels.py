"""Small multiples: for each level of actor, what it restricts and what it promotes."""

from collections import defaultdict

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.marks import Spot, draw_claim
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite, group_anchor
from helpers.record import Record
from helpers.tables import LEVELS, OBJECTS, STANCES, STATUSES
from helpers.words import named

_TOP, _HEAD, _ROW, _GAP, _KEY = 62, 24, 24, 8, 56  # heights
_NAMES = 112  # the width of the column with the names of objects
_COUNT = 26  # the room for a number at the end of a row of marks
_CLAIM, _EVENT = 9, 5  # heights of marks


class _Axis:
    """Restrictions run to the left from the axis, promotions to the right, one unit each."""

    def __init__(self, tables: list[pd.DataFrame]):
        most = {
            stance: max([1, *(_longest(table, stance) for table in tables)]) for stance in STANCES
        }
        left = MARGIN + _NAMES + _COUNT
        self.unit = (WIDTH - MARGIN - _COUNT - left) / sum(most.values())
        self.x = left + most["restrict"] * self.unit

    def spot(self, stance: str, number: int, top: float, height: float) -> Spot:
        """The place of a mark by its number from the axis on, counted from 0."""
        steps = number if stance == "promote" else -number - 1
        return Spot(self.x + steps * self.unit + 0.3, top, self.unit - 0.6, height)

    def end(self, stance: str, length: int) -> float:
        """Where a row of so many marks ends."""
        return self.x + (length if stance == "promote" else -length) * self.unit


def _longest(table: pd.DataFrame, stance: str) -> int:
    rows = table[table["stance"] == stance]
    return int(rows.groupby(["level", "object"], observed=True).size().max()) if len(rows) else 0


def levels(corpus: Corpus, record: Record, caption: Finding, anchor: str = "evidence") -> Figure:
    """One panel for each level: its claims, and under them in a lighter tone the record's events.

    A row is an object. Restrictions run to the left, promotions to the right; each mark is one
    claim or one event and leads to it. Numbers are those of claims, and lead to their group in the
    evidence table `anchor`, if that is grouped by stance, object and level.
    """
    axis = _Axis([corpus.claims, record.events])
    cells = _cells(corpus.claims), _cells(record.events)
    panels = {level: _objects(corpus, record, level) for level in LEVELS}
    rows = sum(max(len(things), 1) for things in panels.values())
    bottom = _TOP + len(LEVELS) * (_HEAD + _GAP) + rows * _ROW
    sheet = Sheet(bottom + _KEY)
    sheet.text(MARGIN, 21, "Who restricts, and who promotes", size=TITLE, bold=True)
    words = {"size": SMALL, "bold": True}
    sheet.text(axis.x - 6, 45, "▼ restricted", colour="restrict", align="right", **words)
    sheet.text(axis.x + 6, 45, "▲ promoted", colour="promote", **words)
    top = _TOP
    for level, things in panels.items():
        sheet.text(MARGIN, top + _HEAD - 8, _title(level), size=LABEL, bold=True)
        top += _HEAD
        height = max(len(things), 1) * _ROW
        sheet.line((axis.x, top - 4), (axis.x, top + height - 4), edge="ink")
        if not things:
            sheet.text(MARGIN, top + 11, "nothing", size=SMALL, colour="muted")
        for number, thing in enumerate(things):
            _draw_row(sheet, axis, corpus, cells, (level, thing), top + number * _ROW, anchor)
        top += height + _GAP
    _draw_key(sheet, bottom + 8)
    return sheet.figure("What each level restricts and promotes", caption)


def _objects(corpus: Corpus, record: Record, level: str) -> list[str]:
    """The objects that a level restricts or promotes, in the sources or in the record."""
    known = {
        thing
        for table in (corpus.claims, record.events)
        for thing in table.loc[(table["level"] == level) & table["stance"].isin(STANCES), "object"]
    }
    return [thing for thing in OBJECTS if thing in known]


def _title(level: str) -> str:
    words = named(level)
    return words[0].upper() + words[1:]


def _cells(table: pd.DataFrame) -> dict[tuple, list[dict]]:
    """The rows of a table by level, object and stance."""
    cells = defaultdict(list)
    for row in table.to_dict("records"):
        cells[row["level"], row["object"], row["stance"]].append(row)
    return cells


def _draw_row(
    sheet: Sheet,
    axis: _Axis,
    corpus: Corpus,
    cells: tuple[dict[tuple, list[dict]], ...],
    of: tuple[str, str],
    top: float,
    anchor: str,
) -> None:
    """The claims and events of one level on one object."""
    level, thing = of
    sheet.text(MARGIN, top + 11, named(thing), size=SMALL)
    for stance in STANCES:
        claims, events = (table.get((level, thing, stance), []) for table in cells)
        # What is done stands next to the axis, what is doubtful at the end.
        claims = sorted(claims, key=lambda row: STATUSES.index(row["status"]))
        for number, row in enumerate(claims):
            spot = axis.spot(stance, number, top, _CLAIM)
            draw_claim(sheet, spot, stance, row["status"], Link.to(cite(corpus, row)))
        for number, row in enumerate(events):
            link = Link.to(cite(corpus, row), quiet=True)
            spot = axis.spot(stance, number, top + _CLAIM + 2, _EVENT)
            sheet.box(*spot, fill=f"{stance} light", link=link)
        if len(claims):
            words = f"{len(claims)} claims: {named(level)}, {stance}, {named(thing)}"
            link = Link(f"#{group_anchor(anchor, (stance, thing, level))}", words)
            x, align = axis.end(stance, len(claims)), "left" if stance == "promote" else "right"
            gap = 4 if stance == "promote" else -4
            sheet.text(x + gap, top + 10, f"{len(claims)}", size=SMALL, align=align, link=link)


def _draw_key(sheet: Sheet, y: float) -> None:
    """What the looks of marks mean."""
    x = MARGIN
    for status, words, width in (
        ("done", "done", 62),
        ("planned", "planned", 84),
        ("denied", "rumoured or denied", 0),
    ):
        draw_claim(sheet, Spot(x, y, 6, _CLAIM), "promote", status, None)
        sheet.text(x + 12, y + 9, words, size=SMALL, colour="muted")
        x += width
    for x in (MARGIN, MARGIN + 7):
        sheet.box(x, y + 22, 6, _EVENT, fill="promote light")
    sheet.text(MARGIN + 20, y + 29, "lighter: events of the record", size=SMALL, colour="muted")
