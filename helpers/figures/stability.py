"""Stability: which conclusions stand when things are otherwise, and how often."""

import textwrap
from collections.abc import Sequence

from helpers.answers.sensitivity import Standing
from helpers.figures.sheet import MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding

_HEADS = (("without", "a source"), ("another", "reading"), ("with", "errors"))
_LEFT, _COLUMN, _BAR = 240, 68, 56  # where columns begin, how far apart they are, how wide bars are
_TOP, _LINE, _GAP = 76, 17, 13  # heights
_LETTERS = 30  # of a line of words


def stability(found: Sequence[Standing], caption: Finding) -> Figure:
    """One row for each conclusion that falls somewhere, with a bar for each kind of variation.

    A bar says in how many it stands: with one source left out, with one disputed sentence read the
    other way, with errors as frequent as the coder's. Rows lead to the notebooks that conclude so.
    Those that stand in all are counted below.
    """
    falling = [one for one in found if not one.is_safe]
    rows = [textwrap.wrap(f"{one.notebook[:2]} {one.words}", _LETTERS) for one in falling]
    heights = [max(len(lines), 2) * _LINE + _GAP for lines in rows]
    sheet = Sheet(_TOP + sum(heights) + _LINE + _GAP)
    title = "Which conclusions fall, and when?"
    sheet.text(MARGIN, 21, title, size=TITLE, bold=True)
    for column, head in enumerate(_HEADS):
        for line, words in enumerate(head):
            x = _LEFT + column * _COLUMN
            sheet.text(x, 46 + line * 16, words, size=SMALL, colour="muted")
    top = _TOP
    for one, lines, height in zip(falling, rows, heights, strict=True):
        sheet.line((MARGIN, top - 6), (WIDTH - MARGIN, top - 6))
        for number, words in enumerate(lines):
            link = None if number else Link(one.notebook, one.words)
            sheet.text(MARGIN, top + 13 + number * _LINE, words, size=SMALL, link=link)
        _draw_bars(sheet, one, top)
        top += height
    sheet.line((MARGIN, top - 6), (WIDTH - MARGIN, top - 6))
    rest = f"{len(found) - len(falling)} others stand in all of these, or rest on the record."
    sheet.text(MARGIN, top + 13, rest, size=SMALL, colour="muted")
    return sheet.figure(title, caption)


def _draw_bars(sheet: Sheet, one: Standing, top: float) -> None:
    counts = (
        (one.sources - len(one.fallen), one.sources),
        (one.disputed - len(one.turning), one.disputed),
        (one.kept, one.runs),
    )
    for column, (stands, all_) in enumerate(counts):
        x = _LEFT + column * _COLUMN
        if not all_ or (column and one.basis == "sources"):
            sheet.text(x, top + 13, "–", size=SMALL, colour="muted")
            continue
        colour = "ink" if stands == all_ else "restrict"
        sheet.text(x, top + 13, f"{stands}/{all_}", size=SMALL, colour=colour)
        sheet.box(x, top + 20, _BAR, 6, fill="line")
        if stands:
            sheet.box(x, top + 20, _BAR * stands / all_, 6, fill="article")
