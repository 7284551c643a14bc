"""The matrix: who promotes and who restricts what."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import CONFIRMED, Finding, group_anchor
from helpers.tables import LEVELS, OBJECTS, STANCES
from helpers.words import named

GROUPS = ("stance", "object", "level")  # of the evidence table that the counts lead to

_COLUMN = (WIDTH - 2 * MARGIN) / len(LEVELS)
_TOP, _HEAD, _CELL, _FOOT, _KEY = 62, 19, 25, 9, 46  # heights
_SIGNS = {"promote": "▲", "restrict": "▼"}


def matrix(corpus: Corpus, caption: Finding, anchor: str = "evidence") -> Figure:
    """How many claims promote and restrict each object, by the level of who acts.

    Acts that are done or planned are counted apart from rumours and denials. A frame marks where
    one level both promotes and restricts one object by such acts. Each count leads to its group in
    the evidence table `anchor`, if that is grouped by `GROUPS`.
    """
    objects = [thing for thing in OBJECTS if (corpus.claims["object"] == thing).any()]
    block = _HEAD + 2 * _CELL + _FOOT
    sheet = Sheet(_TOP + block * len(objects) + _KEY)
    sheet.text(MARGIN, 21, "Who promotes and who restricts what", size=TITLE, bold=True)
    for column, level in enumerate(LEVELS):
        middle = MARGIN + (column + 0.5) * _COLUMN
        words = "Hong Kong" if level == "hong_kong" else level
        sheet.text(middle, 48, words, size=SMALL, colour="muted", align="center")
    for number, thing in enumerate(objects):
        top = _TOP + number * block
        sheet.text(MARGIN, top + _HEAD - 6, named(thing), size=LABEL, bold=True)
        for column, level in enumerate(LEVELS):
            claims = corpus.claims[
                (corpus.claims["object"] == thing) & (corpus.claims["level"] == level)
            ]
            _draw_cell(sheet, claims, MARGIN + column * _COLUMN, top + _HEAD, anchor)
    _draw_key(sheet, sheet.height - _KEY + 15)
    return sheet.figure("Claims by what they speak of and by who acts", caption)


def _draw_cell(sheet: Sheet, claims: pd.DataFrame, x: float, top: float, anchor: str) -> None:
    """The claims of one level on one object: promoting ones above restricting ones."""
    width = _COLUMN - 4
    confirmed = claims["status"].isin(CONFIRMED)
    for stance in ("promote", "restrict"):
        mine = claims["stance"] == stance
        y = top if stance == "promote" else top + _CELL
        acts, others = (mine & confirmed).sum(), (mine & ~confirmed).sum()
        if not mine.any():
            sheet.text(x + width / 2, y + 17, "·", colour="muted", align="center")
            continue
        group = (stance, *claims[["object", "level"]].iloc[0])
        words = (
            f"{acts} done or planned, {others} rumoured or denied: {', '.join(map(named, group))}"
        )
        link = Link(f"#{group_anchor(anchor, group)}", words)
        look = {"fill": f"{stance} light"} if acts else {"fill": "paper", "edge": stance}
        sheet.box(x, y, width, _CELL - 2, link=link, **look)
        count = " ".join([f"{acts}"] * bool(acts) + [f"({others})"] * bool(others))
        sheet.text(x + width / 2, y + 17, f"{_SIGNS[stance]} {count}", align="center", link=link)
    if _is_both(claims):
        sheet.box(x - 2, top - 2, width + 4, 2 * _CELL + 2, edge="ink", thick=2)


def _is_both(claims: pd.DataFrame) -> bool:
    """Whether these claims hold acts of both stances."""
    acts = claims[claims["status"].isin(CONFIRMED)]
    return acts["stance"].nunique() == len(STANCES)


def _draw_key(sheet: Sheet, y: float) -> None:
    sheet.text(MARGIN, y, "▲ promoted", size=SMALL, colour="promote", bold=True)
    sheet.text(MARGIN + 108, y, "▼ restricted", size=SMALL, colour="restrict", bold=True)
    sheet.text(MARGIN + 222, y, "(n) rumoured or denied", size=SMALL, colour="muted")
    sheet.box(MARGIN + 1, y + 9, 14, 14, edge="ink", thick=2)
    sheet.text(
        MARGIN + 24, y + 21, "one level does both, rumours apart", size=SMALL, colour="muted"
    )
