"""A story in evidence: from top to bottom its steps, and in each the words that it rests on."""

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.marks import Spot, draw_claim
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite
from helpers.words import visible, when

_TOP, _HEAD, _LINE, _PAD, _FOOT = 34, 30, 17, 25, 40  # heights
_RAIL, _TEXT = MARGIN + 7, MARGIN + 26  # where the rail runs, and where words begin
_LETTERS = 56  # in a line
_LINES = 3  # of a quotation
_MARK = 10
# How marks of the mentions of a system look: as claims of this status do.
_STATUS = {"planned": "planned", "piloted": "done", "launched": "done", "withdrawn": "denied"}


def story(corpus: Corpus, steps: Sequence[tuple[str, pd.DataFrame]], caption: Finding) -> Figure:
    """The steps of a story below one another; in each its rows, with their days and their words.

    `steps` are pairs of a name and rows of any table of the corpus, or of the record. A mark leads
    to the words: full for what is said to be done, hollow for what is planned, struck through for
    what is rumoured, denied or withdrawn; that of an event of the record is lighter.
    """
    told = [
        (name, [_Piece(corpus, row) for row in rows.to_dict("records")]) for name, rows in steps
    ]
    height = sum(_HEAD + sum(piece.height for piece in pieces) for _, pieces in told)
    sheet = Sheet(_TOP + height + _FOOT)
    sheet.text(MARGIN, 21, "The story, piece by piece", size=TITLE, bold=True)
    sheet.line((_RAIL, _TOP + 8), (_RAIL, _TOP + height - 4), edge="line", thick=2)
    top = _TOP
    for name, pieces in told:
        sheet.box(MARGIN, top, WIDTH - 2 * MARGIN, _HEAD - 4, fill="paper")
        sheet.text(MARGIN, top + 19, name, size=LABEL, bold=True)
        top += _HEAD
        for piece in pieces:
            piece.draw(sheet, top)
            top += piece.height
    _draw_key(sheet, top + 12)
    return sheet.figure("The story in its evidence", caption)


class _Piece:
    """One row as a piece of evidence: its mark, where and of when it is, and its words."""

    def __init__(self, corpus: Corpus, row: Mapping):
        self.row = row
        self.link = Link.to(cite(corpus, row))
        words = row.get("title") or _sentence(corpus, row)
        self.lines = textwrap.wrap(visible(words), _LETTERS, max_lines=_LINES, placeholder=" …")
        self.head = row["event"] if "event" in row else f"{row['source']}:{row['sentence']}"
        if _is_dated(row):
            self.head += f" · {when(row['earliest'], row['latest'])}"

    @property
    def height(self) -> float:
        return _PAD + _LINE * len(self.lines)

    def draw(self, sheet: Sheet, top: float) -> None:
        """The mark on the rail, and the words beside it."""
        spot = Spot(_RAIL - _MARK / 2, top + 1, _MARK, _MARK)
        stance = self.row.get("stance", "promote")
        if "event" in self.row:
            look = f"{stance} light" if stance in ("promote", "restrict") else "article"
            sheet.box(*spot, fill=look, link=self.link)
        elif "status" in self.row or "stage" in self.row:
            status = self.row.get("status") or _STATUS[self.row["stage"]]
            draw_claim(sheet, spot, stance, status, self.link)
        else:
            sheet.box(*spot, fill="ink", link=self.link)
        sheet.text(_TEXT, top + 10, self.head, size=SMALL, colour="muted", link=self.link)
        for number, line in enumerate(self.lines, 1):
            sheet.text(_TEXT, top + 10 + number * _LINE, line, size=SMALL)


def _is_dated(row: Mapping) -> bool:
    """Whether the row gives days itself, and not only its source."""
    known = any(pd.notna(row.get(end)) for end in ("earliest", "latest"))
    return known and bool(row.get("dated", True))


def _sentence(corpus: Corpus, row: Mapping) -> str:
    """The sentence of the row, cut before and after the row's own words to what fits."""
    units = corpus.sentences[corpus.sentences["source"] == row["source"]]
    [unit] = units[units["sentence"] == row["sentence"]].to_dict("records")
    text, most = unit["exact"], _LETTERS * _LINES - 16
    if len(text) <= most:
        return text
    start = max(0, min(row["start"] - unit["start"] - most // 3, len(text) - most))
    start = text.rfind(" ", 0, start) + 1
    end = start + most if start + most >= len(text) else text.rfind(" ", 0, start + most)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _draw_key(sheet: Sheet, y: float) -> None:
    """What the looks of marks mean."""
    x = MARGIN
    for status, words, width in (
        ("done", "done", 56),
        ("planned", "planned", 78),
        ("denied", "rumoured, denied, withdrawn", 0),
    ):
        draw_claim(sheet, Spot(x, y, _MARK, _MARK), "promote", status, None)
        sheet.text(x + 15, y + 10, words, size=SMALL, colour="muted")
        x += width
    x = WIDTH - MARGIN - 66
    sheet.box(x, y, _MARK, _MARK, fill="promote light")
    sheet.text(x + 15, y + 10, "record", size=SMALL, colour="muted")
