"""What stands for claims, events and years: the same in every figure."""

from datetime import date
from typing import NamedTuple

from helpers.figures.scales import Years
from helpers.figures.sheet import MARGIN, SMALL, WIDTH, Link, Sheet
from helpers.findings import CONFIRMED


class Spot(NamedTuple):
    """Where a mark is drawn, in units of the sheet."""

    left: float
    top: float
    width: float
    height: float


def draw_claim(sheet: Sheet, spot: Spot, stance: str, status: str, link: Link | None) -> None:
    """A claim: full if done, hollow if planned, struck through as well if a rumour or denied."""
    left, top = spot.left, spot.top
    right, bottom = left + spot.width, top + spot.height
    strokes = [[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]]
    if status not in CONFIRMED:
        middle, half = (left + right) / 2, min(spot.width, spot.height) / 2
        strokes.append([(middle - half, bottom), (middle + half, top)])
    fill = stance if status == "done" else "paper"
    sheet.path(strokes, fill=fill, edge=stance, thick=1.2, link=link)


def draw_band(sheet: Sheet, years: Years, top: float, height: float) -> None:
    """A band of years from side to side, in which a number begins where its year does."""
    for year in years.numbered:
        x = years.x(date(year, 1, 1))
        sheet.line((x, top), (x, top + height))
        sheet.text(x + 3, top + height / 2 + 5, f"{year}", size=SMALL)
    for y in (top, top + height):
        sheet.line((MARGIN, y), (WIDTH - MARGIN, y), edge="ink")
