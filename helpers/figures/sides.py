"""Two sides over the years: what each promotes and restricts."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.marks import Spot, draw_claim
from helpers.figures.scales import Years
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite
from helpers.tables import STANCES

_RIGHT = WIDTH - MARGIN
_TOP, _HEAD, _BAND, _GAP, _KEY = 40, 26, 22, 12, 54  # heights
_MARK, _PITCH = 6, 7.5  # the size of a mark, and from one to the next
_UNDATED = 7 * _PITCH  # the width of the column for what has no date
_AWAY = 4  # from the band of years to the first mark


class _Side:
    """The marks of one side in stacks, one for each year and stance; claims before events."""

    def __init__(self, claims: pd.DataFrame, events: pd.DataFrame, years: Years):
        self.years = years
        self.stacks: dict[tuple[int | None, str], list[dict]] = defaultdict(list)
        for table in (claims, events[events["stance"].isin(STANCES)]):
            for row in table.sort_values("earliest", kind="stable").to_dict("records"):
                year = row["earliest"].year if pd.notna(row["earliest"]) else None
                self.stacks[year, row["stance"]].append(row)

    def _column(self, year: int | None) -> tuple[float, int]:
        """Where the column of a year begins (or that of no year), and how many marks it holds."""
        if year is None:
            return _RIGHT - _UNDATED, round(_UNDATED / _PITCH)
        left, right = (self.years.x(date(of, 1, 1)) for of in (year, year + 1))
        return left + 2, max(1, int((right - left - 2) / _PITCH))

    def height(self, stance: str) -> float:
        """How high the highest stack of a stance is."""
        stacks = [(year, stack) for (year, of), stack in self.stacks.items() if of == stance]
        return _AWAY + _PITCH * max(
            (-(-len(s) // self._column(y)[1]) for y, s in stacks), default=0
        )

    def draw(self, sheet: Sheet, corpus: Corpus, top: float) -> None:
        """The band of years from `top` on, promotions upwards from it, restrictions downwards."""
        _draw_years(sheet, self.years, top)
        for (year, stance), stack in self.stacks.items():
            left, across = self._column(year)
            for number, row in enumerate(stack):
                step, place = divmod(number, across)
                away = _AWAY + step * _PITCH
                y = top - away - _MARK if stance == "promote" else top + _BAND + away
                _draw_mark(sheet, corpus, row, Spot(left + place * _PITCH, y, _MARK, _MARK))


def sides(
    corpus: Corpus, tables: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]], caption: Finding
) -> Figure:
    """What each side promotes, above its years, and restricts, below them.

    `tables` has for each side its claims and its events. A mark is one claim, or in a lighter tone
    one event of the record, in the year in which it began; what has no date stands beside the
    years. Each leads to its sentence, or to its row.
    """
    starts = [table["earliest"] for pair in tables.values() for table in pair]
    days = [day.date() for column in starts for day in column.dropna()]
    years = Years.around(days, MARGIN, _RIGHT - _UNDATED - 2 * MARGIN)
    drawn = {name: _Side(*pair, years) for name, pair in tables.items()}
    heights = {
        name: (_HEAD + side.height("promote"), _BAND + side.height("restrict") + _GAP)
        for name, side in drawn.items()
    }
    sheet = Sheet(_TOP + sum(map(sum, heights.values())) + _KEY)
    sheet.text(MARGIN, 21, "Coins: promoted above, restricted below", size=TITLE, bold=True)
    top = _TOP
    for name, side in drawn.items():
        above, below = heights[name]
        sheet.text(MARGIN, top + 10, name[0].upper() + name[1:], size=LABEL, bold=True)
        side.draw(sheet, corpus, top + above)
        top += above + below
    _draw_key(sheet, top + 12)
    return sheet.figure("What each side promotes and restricts, year by year", caption)


def _draw_mark(sheet: Sheet, corpus: Corpus, row: dict, spot: Spot) -> None:
    if "event" in row:
        link = Link.to(cite(corpus, row), quiet=True)
        sheet.box(*spot, fill=f"{row['stance']} light", link=link)
    else:
        draw_claim(sheet, spot, row["stance"], row["status"], Link.to(cite(corpus, row)))


def _draw_years(sheet: Sheet, years: Years, top: float) -> None:
    """The band of years, in which a number begins where its year does."""
    for year in years.numbered:
        x = years.x(date(year, 1, 1))
        sheet.line((x, top), (x, top + _BAND))
        sheet.text(x + 3, top + 16, f"{year}", size=SMALL)
    sheet.text(_RIGHT - _UNDATED / 2, top + 16, "no date", size=SMALL, align="center")
    for y in (top, top + _BAND):
        sheet.line((MARGIN, y), (years.right, y), edge="ink")
        sheet.line((_RIGHT - _UNDATED, y), (_RIGHT, y), edge="ink")


def _draw_key(sheet: Sheet, y: float) -> None:
    """What the looks of marks mean."""
    x = MARGIN
    for stance, status, words, width in (
        ("promote", "done", "promoted", 92),
        ("restrict", "done", "restricted", 92),
        ("promote", "planned", "planned", 84),
        ("promote", "denied", "rumoured or denied", 0),
    ):
        draw_claim(sheet, Spot(x, y, _MARK, _MARK), stance, status, None)
        sheet.text(x + 12, y + 8, words, size=SMALL, colour="muted")
        x += width
    for x, stance in ((MARGIN, "promote"), (MARGIN + 8, "restrict")):
        sheet.box(x, y + 22, _MARK, _MARK, fill=f"{stance} light")
    sheet.text(MARGIN + 22, y + 29, "lighter: events of the record", size=SMALL, colour="muted")
