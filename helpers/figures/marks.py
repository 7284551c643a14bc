"""The marks that stand for claims and events: the same in every figure."""

from typing import NamedTuple

from helpers.figures.sheet import Link, Sheet
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
