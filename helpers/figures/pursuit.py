"""The pursuit: what enforcement counted, and what went on meanwhile, on one axis of years."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.courses import (
    AXIS,
    Lane,
    Trace,
    draw_bands,
    draw_course,
    draw_point,
    draw_ring,
    draw_years,
)
from helpers.figures.scales import Years
from helpers.figures.sheet import MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite
from helpers.record import Record
from helpers.series import (
    COUNTED,
    MINING,
    MINING_OTHERWISE,
    RANK,
    RANK_OVERALL,
    bans,
    counts,
    points,
    ranks,
)

_RIGHT = WIDTH - MARGIN
_TOP, _ROW = 58, 21  # above the first lane; from tally to tally
_HEAD, _FOOT = 52, 28  # above and below the points of a lane
_MINING, _RANKS = 92, 118  # heights of lanes
_KEY = 66


def pursuit(corpus: Corpus, record: Record, caption: Finding) -> Figure:
    """Tallies of enforcement, the share of mining, and ranks in trade, below one another.

    Behind shares and ranks are the events by which the central state restricts cryptocurrency. A
    number that a source has as well is framed; the frame leads to its sentence.
    """
    tallies = points(record, *COUNTED)
    mined, otherwise = points(record, MINING), points(record, MINING_OTHERWISE)
    ranked, overall = points(record, RANK), points(record, RANK_OVERALL)
    rows = pd.concat([tallies, mined, otherwise, ranked, overall])
    years = Years.around([day.date() for day in rows["earliest"]], MARGIN, _RIGHT)
    mining = Lane(_TOP + _ROW * len(tallies) + _HEAD, _MINING, years)
    ranking = Lane(mining.top + _MINING + _FOOT + _HEAD, _RANKS, years)
    bottom = ranking.top + _RANKS + _FOOT
    sheet = Sheet(bottom + AXIS + _KEY)
    sheet.text(MARGIN, 21, "What was counted, and what went on", size=TITLE, bold=True)
    sheet.text(MARGIN, _TOP - 8, "▼ counted by enforcement", colour="restrict", bold=True)
    for number, row in enumerate(tallies.to_dict("records")):
        _draw_tally(sheet, corpus, row, years, _TOP + (number + 0.5) * _ROW)
    events = bans(record)
    events = events[events["earliest"].dt.year.between(years.first, years.last)]
    for lane, words in (
        (mining, "share of bitcoin mining, declared"),
        (ranking, "rank in trade from person to person"),
    ):
        draw_bands(sheet, corpus, events, lane)
        sheet.text(MARGIN, lane.top - 28, f"▲ {words}", colour="promote", bold=True)
    highest = max([*mined["value"], *otherwise["value"], 1])
    draw_course(sheet, corpus, Trace(mined, highest, unit="%"), mining)
    draw_course(sheet, corpus, Trace(otherwise, highest, unit="%", hollow=True), mining)
    lowest = max([*ranked["value"], *overall["value"], 2])
    _draw_overall(sheet, corpus, Trace(overall, 1, lowest, "article", quiet=True), ranking)
    course = Trace(ranked, 1, lowest)
    draw_course(sheet, corpus, course, ranking)
    for row in ranks(corpus).to_dict("records"):
        if (ranked["value"] == row["value"]).any():
            draw_ring(sheet, *ranking.place(course, row), Link.to(cite(corpus, row)))
    draw_years(sheet, years, bottom)
    _draw_key(sheet, bottom + AXIS + 22)
    return sheet.figure("What enforcement counted, and what went on", caption)


def _draw_tally(sheet: Sheet, corpus: Corpus, row: dict, years: Years, y: float) -> None:
    """A tally at its day, with its number and what was counted beside it."""
    x = years.x(row["latest"].date())
    link = Link.to(cite(corpus, row))
    sheet.box(x - 4, y - 4, 8, 8, fill="restrict", link=link)
    words = f"{row['value']:,g} {COUNTED[row['series']]}"
    right = x > WIDTH / 2
    align = "right" if right else "left"
    sheet.text(x + (-14 if right else 14), y + 5, words, size=SMALL, align=align)
    stated = counts(corpus)
    for said in stated[stated["value"] == row["value"]].to_dict("records"):
        draw_ring(sheet, x, y, Link.to(cite(corpus, said)))


def _draw_overall(sheet: Sheet, corpus: Corpus, course: Trace, lane: Lane) -> None:
    """The ranks over all kinds of use, with words beside the last of them."""
    draw_course(sheet, corpus, course, lane)
    for row in course.rows.tail(1).to_dict("records"):
        x, y = lane.place(course, row)
        words = ("all kinds", f"of use: {row['value']:g}")
        for line, said in enumerate(words):
            sheet.text(
                min(x + 9, _RIGHT - 80), y + 12 + 15 * line, said, size=SMALL, colour="muted"
            )


def _draw_key(sheet: Sheet, y: float) -> None:
    draw_ring(sheet, MARGIN + 8, y - 4)
    sheet.text(MARGIN + 24, y, "same number in a source", size=SMALL, colour="muted")
    for x in (MARGIN + 2, MARGIN + 6, MARGIN + 13):
        sheet.box(x, y + 10, 1.2, 15, fill="restrict light")
    sheet.text(MARGIN + 24, y + 23, "ban by the central state", size=SMALL, colour="muted")
    draw_point(sheet, 235, y + 18, "promote", hollow=True)
    sheet.text(248, y + 23, "by another method", size=SMALL, colour="muted")
