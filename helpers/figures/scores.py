"""Scores: how well two codings agree, variable by variable."""

from collections.abc import Mapping

import pandas as pd

from helpers.figures.scales import Shares
from helpers.figures.sheet import MARGIN, SMALL, TITLE, WIDTH, Figure, Sheet
from helpers.findings import Finding

_RIGHT = WIDTH - MARGIN
_LEFT = 168  # where the scale begins, right of the names
_TOP, _ROW, _KEY = 36, 23, 72  # heights


def scores(agreement: pd.DataFrame, readings: Mapping[str, float], caption: Finding) -> Figure:
    """F1 of each variable as a point in its bootstrap interval.

    `agreement` is a table of `helpers.reliability.agreement`; `readings` says, for some of its
    variables, how well two readings agreed with one another.
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
            low, high = scale.x(row["low"]), scale.x(row["high"])
            sheet.line((low, y), (high, y), edge="article", thick=3)
        if row["variable"] in readings:
            x = scale.x(readings[row["variable"]])
            sheet.line((x, y - 8), (x, y + 8), edge="restrict", thick=2.5)
        x = scale.x(row["f1"])
        sheet.path([[(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y), (x, y - 6)]], fill="ink")
        sheet.text(_RIGHT, y + 5, f"{row['f1']:.2f}", size=SMALL, align="right")
    y = bottom + 40
    sheet.path([[(14, y - 10), (20, y - 4), (14, y + 2), (8, y - 4), (14, y - 10)]], fill="ink")
    sheet.text(MARGIN + 20, y, "coder", size=SMALL, colour="muted")
    sheet.line((85, y - 4), (110, y - 4), edge="article", thick=3)
    sheet.text(117, y, "95 in 100 draws of sources", size=SMALL, colour="muted")
    sheet.line((14, y + 10), (14, y + 24), edge="restrict", thick=2.5)
    sheet.text(
        MARGIN + 20, y + 22, "the two readings behind the reference", size=SMALL, colour="muted"
    )
    return sheet.figure("Agreement of coder and reference by variable", caption)
