"""Scores: how well two codings agree, variable by variable."""

from collections.abc import Mapping

import pandas as pd

from helpers.figures.scales import Shares
from helpers.figures.sheet import MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding

_RIGHT = WIDTH - MARGIN
_LEFT = 168  # where the scale begins, right of the names
_TOP, _ROW, _KEY = 36, 23, 72  # heights


def scores(
    agreement: pd.DataFrame,
    readings: Mapping[str, float],
    caption: Finding,
    anchor: str = "evidence",
) -> Figure:
    """F1 of each variable as a diamond on its bootstrap interval.

    `agreement` is a table of `helpers.reliability.agreement`; `readings` says, for some of its
    variables, how well readings by people agreed with one another. The diamonds lead to `anchor`.
    """
    shown = agreement.dropna(subset=["f1"]).to_dict("records")
    values = [row[name] for row in shown for name in ("f1", "low") if pd.notna(row[name])]
    lowest = int(10 * min([*values, *readings.values(), 0.9])) / 10
    scale = Shares(lowest, _LEFT, _RIGHT - 42)
    bottom = _TOP + _ROW * len(shown)
    sheet = Sheet(bottom + _KEY)
    sheet.text(MARGIN, 21, "How well coder and reference agree (F1)", size=TITLE, bold=True)
    for tenth in range(round(10 * lowest), 11, 2 if lowest < 0.5 else 1):
        x = scale.x(tenth / 10)
        sheet.line((x, _TOP), (x, bottom))
        sheet.text(x, bottom + 17, f"{tenth / 10:.1f}", size=SMALL, colour="muted", align="center")
    for number, row in enumerate(shown):
        y = _TOP + (number + 0.5) * _ROW
        sheet.text(MARGIN, y + 5, row["variable"], size=SMALL)
        if pd.notna(row["low"]):
            _draw_interval(sheet, scale.x(row["low"]), scale.x(row["high"]), y)
        if row["variable"] in readings:
            _draw_readings(sheet, scale.x(readings[row["variable"]]), y)
        words = "{variable}: F1 {f1:.2f}; {matched} of {n_reference} found, {n_coded} coded"
        _draw_coder(sheet, scale.x(row["f1"]), y, Link(f"#{anchor}", words.format(**row)))
        sheet.text(_RIGHT, y + 5, f"{row['f1']:.2f}", size=SMALL, align="right")
    _draw_key(sheet, bottom + 36)
    return sheet.figure("Agreement of coder and reference by variable", caption)


def _draw_interval(sheet: Sheet, low: float, high: float, y: float) -> None:
    sheet.line((low, y), (high, y), edge="article", thick=3)


def _draw_readings(sheet: Sheet, x: float, y: float) -> None:
    sheet.line((x, y - 8), (x, y + 8), edge="restrict", thick=2.5)


def _draw_coder(sheet: Sheet, x: float, y: float, link: Link | None = None) -> None:
    around = [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y), (x, y - 6)]
    sheet.path([around], fill="ink", link=link)


def _draw_key(sheet: Sheet, y: float) -> None:
    _draw_coder(sheet, MARGIN + 6, y)
    sheet.text(MARGIN + 20, y + 4, "coder", size=SMALL, colour="muted")
    _draw_interval(sheet, 85, 110, y)
    sheet.text(117, y + 4, "bootstrap interval, by source", size=SMALL, colour="muted")
    _draw_readings(sheet, MARGIN + 6, y + 22)
    words = "the readings behind the reference"
    sheet.text(MARGIN + 20, y + 26, words, size=SMALL, colour="muted")
