"""The interruption: what was done in the months before a day and after it, and chance beside it."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.marks import Spot, draw_claim
from helpers.figures.sheet import MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite
from helpers.record import Record
from helpers.shifts import DAY, SIDES, WINDOW, Shift, acts, on_the_day, placed, shift
from helpers.words import day

_SPAN = 18  # months that are drawn on either side of the day
_PITCH = (WIDTH - 2 * MARGIN) / (2 * _SPAN + 1)  # from month to month, and from mark to mark
_MARK = _PITCH - 2
_LEAST = 2  # rows that a side has at the least, so that words have room
_AXIS = 22  # height of the line of days
_BARS, _BLOCK = 62, 112  # heights of the bars of chance, and of all that goes with them
_WIDEST = 40  # width of a bar
_SIGNS = {"promote": "▲", "restrict": "▼"}
_DOINGS = {"promote": "promoted", "restrict": "restricted"}


def interruption(corpus: Corpus, record: Record, caption: Finding) -> Figure:
    """Each act near the day as a square in its month, and how many chance would put after it.

    What is promoted stands above the line of days, what is restricted below it. Events of the
    record are light, claims of the sources as in the timeline. The window that is compared lies
    between dotted ends. Under it, for each side, a bar for each number of events that might have
    fallen after the day if the months came in another order; dark are those at least as large as
    what was found.
    """
    columns = {stance: _columns(corpus, record, stance) for stance in SIDES}
    rows = {stance: max(_LEAST, *map(len, columns[stance].values())) for stance in SIDES}
    axis = 70 + rows["promote"] * _PITCH
    bottom = axis + _AXIS + rows["restrict"] * _PITCH
    sheet = Sheet(bottom + 106 + _BLOCK * len(SIDES))
    sheet.text(MARGIN, 21, f"Before and after {day(DAY)}", size=TITLE, bold=True)
    _draw_window(sheet, 52, bottom + 4)
    for stance, base in (("promote", axis), ("restrict", axis + _AXIS)):
        found = shift(record.events, stance)
        sign = -1 if stance == "promote" else 1
        label, totals = (43, 62) if stance == "promote" else (bottom + 36, bottom + 17)
        what = f"{SIDES[stance]} {_DOINGS[stance]}"
        sheet.text(MARGIN, label, f"{_SIGNS[stance]} {what}", colour=stance, bold=True)
        _draw_totals(sheet, found, stance, totals, what)
        for month, rows_of_month in columns[stance].items():
            for number, row in enumerate(rows_of_month):
                top = base + sign * number * _PITCH + (1 if sign > 0 else 1 - _PITCH)
                _draw_act(sheet, corpus, row, Spot(_x(month) + 1, top, _MARK, _MARK))
    _draw_axis(sheet, axis)
    _draw_key(sheet, bottom + 62)
    sheet.text(MARGIN, bottom + 98, "If the months are shuffled: how many after it", bold=True)
    for number, stance in enumerate(SIDES):
        found = shift(record.events, stance)
        _draw_chance(sheet, found, stance, bottom + 106 + number * _BLOCK)
    return sheet.figure("Acts before and after the day, and what chance would bring", caption)


def _columns(corpus: Corpus, record: Record, stance: str) -> dict[float, list[dict]]:
    """The acts of one side by month, events first; those of the day itself are at the half month
    before it."""
    columns: dict[float, list[dict]] = {}
    for table in (record.events, corpus.claims):
        rows = acts(table, stance)
        drawn = placed(rows).dropna(subset=["month"])
        drawn = pd.concat([drawn, on_the_day(rows).assign(month=-0.5)])
        for row in drawn[drawn["month"].between(-_SPAN, _SPAN - 1)].to_dict("records"):
            columns.setdefault(row["month"], []).append(row)
    return columns or {0: []}


def _x(month: float) -> float:
    """The left of a month's column; between the months there is one for the day itself."""
    place = month + _SPAN if month <= -1 else _SPAN if month < 0 else month + _SPAN + 1
    return MARGIN + place * _PITCH


def _draw_act(sheet: Sheet, corpus: Corpus, row: dict, spot: Spot) -> None:
    link = Link.to(cite(corpus, row), quiet=True)
    if "status" in row:
        draw_claim(sheet, spot, row["stance"], row["status"], link)
    else:
        sheet.box(*spot, fill=f"{row['stance']} light", link=link)


def _draw_window(sheet: Sheet, top: float, bottom: float) -> None:
    for month in (-WINDOW, WINDOW):
        sheet.line((_x(month), top), (_x(month), bottom))
    for x in (_x(-0.5), _x(0)):
        sheet.line((x, top), (x, bottom), edge="muted")


def _draw_totals(sheet: Sheet, found: Shift, stance: str, y: float, what: str) -> None:
    """How many events there are on either side of the day, beside it."""
    link = Link("#evidence", f"{found.before} before, {found.after} after: {what}")
    for x, align, number in (
        (_x(-0.5) - 6, "right", found.before),
        (_x(0) + 6, "left", found.after),
    ):
        sheet.text(x, y, f"{number}", colour=stance, align=align, bold=True, link=link)


def _draw_axis(sheet: Sheet, top: float) -> None:
    for y in (top, top + _AXIS):
        sheet.line((MARGIN, y), (WIDTH - MARGIN, y), edge="ink")
    for x, align, words in (
        ((_x(-WINDOW) + _x(-0.5)) / 2, "center", f"{WINDOW} months before"),
        ((_x(0) + _x(WINDOW)) / 2, "center", f"{WINDOW} months after"),
    ):
        sheet.text(x, top + 16, words, size=SMALL, align=align)


def _draw_key(sheet: Sheet, y: float) -> None:
    sheet.box(MARGIN, y - 9, _MARK, _MARK, fill="promote light")
    sheet.text(MARGIN + 15, y, "event of the record", size=SMALL, colour="muted")
    for x, status in ((185, "done"), (310, "planned")):
        draw_claim(sheet, Spot(x, y - 9, _MARK, _MARK), "promote", status, None)
        sheet.text(x + 15, y, f"claim: {status}", size=SMALL, colour="muted")


def _draw_chance(sheet: Sheet, found: Shift, stance: str, top: float) -> None:
    """A bar for each number of events after the day, as high as it is likely."""
    by_chance = found.by_chance
    words = (
        f"{_SIGNS[stance]} {found.after} of {len(found.rows)}: so many or more in"
        f" {found.chance:.1%} of all orders"
    )
    sheet.text(MARGIN, top + 14, words, size=SMALL, colour=stance, bold=True)
    pitch = min((WIDTH - 2 * MARGIN) / len(by_chance), _WIDEST)
    base = top + 24 + _BARS
    for number, likely in enumerate(by_chance):
        x, height = MARGIN + number * pitch, likely / max(by_chance) * _BARS
        is_found = number == found.after
        colour = stance if number >= found.after else f"{stance} light"
        sheet.box(x + 1, base - height, pitch - 2, height, fill=colour)
        if number % 5 == 0 or is_found:
            words = f"{number}"
            sheet.text(x + pitch / 2, base + 15, words, size=SMALL, align="center", bold=is_found)
    sheet.line((MARGIN, base), (MARGIN + len(by_chance) * pitch, base), edge="ink")
