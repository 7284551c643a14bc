"""The sources as pages: how much of each is an article, and when it was published."""

from collections import Counter
from datetime import date

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.scales import Years
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import ARTICLE, Finding, cite

_RIGHT = WIDTH - MARGIN
_TOP, _ROW, _KEY = 36, 52, 58  # heights
_STRIP = 22  # the height of a line of the article; what is round the article is lower
_LOOKS = {
    "headline": (1.0, {"fill": "ink"}),
    "keypoint": (1.0, {"fill": "muted"}),
    "body": (1.0, {"fill": "article"}),
    "comment": (0.6, {"fill": "aside"}),
    "furniture": (0.3, {"fill": "paper", "edge": "ink"}),
}
_NAMES = {
    "headline": "heading",
    "keypoint": "summary",
    "body": "body",
    "comment": "readers' comment",
    "furniture": "the page's own furniture",
}
_LONGEST_NAME = 32  # characters, so that what is said at the right has room beside it
_GAP = 1.0  # between lines
_LEAST = 2.0  # how narrow the shortest line is


def pages(corpus: Corpus, caption: Finding) -> Figure:
    """Each source as a strip of its lines, in their zones, each as long as it has characters."""
    lines = {source: rows.to_dict("records") for source, rows in corpus.zones.groupby("source")}
    longest = max((sum(len(line["exact"]) for line in rows) for rows in lines.values()), default=1)
    most = max(map(len, lines.values()), default=0)
    unit = (_RIGHT - MARGIN - most * (_GAP + _LEAST)) / longest
    sheet = Sheet(_TOP + _ROW * len(corpus.documents) + _KEY)
    sheet.text(MARGIN, 21, "The pages, line by line", size=TITLE, bold=True)
    for number, document in enumerate(corpus.documents.to_dict("records")):
        x, y = MARGIN, _TOP + number * _ROW
        mine = lines.get(document["source"], [])
        _draw_name(sheet, corpus, document, y + 17)
        sheet.text(_RIGHT, y + 17, _share(mine), size=SMALL, colour="muted", align="right")
        for line in mine:
            width = _LEAST + len(line["exact"]) * unit
            height, look = _look(line["zone"])
            link = Link.to(cite(corpus, line))
            sheet.box(x, y + 23 + _STRIP - height, width, height, link=link, **look)
            x += width + _GAP
    _draw_zones(sheet, sheet.height - _KEY + 24)
    return sheet.figure("The lines of each source, and what part of the page they are", caption)


def _share(lines: list[dict]) -> str:
    """How much of the lines' characters is the article's."""
    sizes = Counter()
    for line in lines:
        sizes[line["zone"] in ARTICLE] += len(line["exact"])
    return f"{sizes[True] / sizes.total():.0%} article" if sizes else ""


def _look(zone: str) -> tuple[float, dict]:
    share, look = _LOOKS[zone]
    return share * _STRIP, look


def _draw_name(sheet: Sheet, corpus: Corpus, document: dict, y: float) -> None:
    """A source's id and publisher, above what is shown of it."""
    name = " · ".join(filter(None, (document["source"], document["publisher"])))
    name = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
    sheet.text(MARGIN, y, name, size=LABEL, link=Link.to(cite(corpus, document)))


def _draw_zones(sheet: Sheet, y: float) -> None:
    """What the looks of lines mean, in two rows."""
    for place, (zone, name) in enumerate(_NAMES.items()):
        x = MARGIN + (0, 95, 200, 0, 165)[place]
        base = y if place < 3 else y + 22
        height, look = _look(zone)
        sheet.box(x, base - height / 2 - 2, 14, height / 2, **look)
        sheet.text(x + 20, base - 1, name, size=SMALL, colour="muted")


def windows(corpus: Corpus, caption: Finding) -> Figure:
    """When each source was published: by the table of sources, and by its text alone.

    The text's own window is wide and light, and open to the right where the text has no last day;
    that of the table of sources is dark.
    """
    known = corpus.documents[
        ["published_earliest", "published_latest", "text_earliest", "text_latest"]
    ]
    days = [day.date() for column in known for day in known[column].dropna()]
    years = Years.around(days, MARGIN, _RIGHT)
    bottom = _TOP + _ROW * len(corpus.documents)
    sheet = Sheet(bottom + _KEY + 6)
    sheet.text(MARGIN, 21, "When the sources were published", size=TITLE, bold=True)
    for year in years.numbered:
        x = years.x(date(year, 1, 1))
        sheet.text(x + 3, bottom + 17, f"{year}", size=SMALL)
        sheet.line((x, bottom), (x, bottom + 20))
    sheet.line((MARGIN, bottom), (_RIGHT, bottom), edge="ink")
    for number, document in enumerate(corpus.documents.to_dict("records")):
        y = _TOP + number * _ROW
        _draw_name(sheet, corpus, document, y + 17)
        if pd.isna(document["text_earliest"]) and pd.isna(document["text_latest"]):
            silence = "the text does not say"
            sheet.text(_RIGHT, y + 17, silence, size=SMALL, colour="muted", align="right")
        _draw_window(sheet, corpus, document, years, y + 24)
    y = bottom + 42
    sheet.box(MARGIN, y - 11, 26, 12, fill="promote light", edge="promote")
    sheet.text(MARGIN + 32, y, "what the text alone allows", size=SMALL, colour="muted")
    sheet.box(MARGIN + 240, y - 11, 6, 12, fill="ink")
    sheet.text(MARGIN + 252, y, "the table of sources", size=SMALL, colour="muted")
    return sheet.figure("When each source was published", caption)


def _draw_window(sheet: Sheet, corpus: Corpus, document: dict, years: Years, y: float) -> None:
    link = Link.to(cite(corpus, document))
    for year in years.numbered:
        x = years.x(date(year, 1, 1))
        sheet.line((x, y), (x, y + 16))
    earliest, latest = document["text_earliest"], document["text_latest"]
    if pd.notna(earliest) or pd.notna(latest):
        left = MARGIN if pd.isna(earliest) else years.x(earliest.date())
        right = _RIGHT if pd.isna(latest) else years.x(latest.date(), after=1)
        right = max(right, left + 5)
        closed = [(left, y), (right, y), (right, y + 16), (left, y + 16), (left, y)]
        sheet.path([closed], fill="promote light", link=link)
        if pd.notna(earliest):
            sheet.line((left, y), (left, y + 16), edge="promote", thick=1.5)
        if pd.notna(latest):
            sheet.line((right, y), (right, y + 16), edge="promote", thick=1.5)
    given = (document["published_earliest"], document["published_latest"])
    from_table = document["published_basis"] != document["text_basis"]
    if from_table and all(pd.notna(day) for day in given):
        left, right = years.ends(*(day.date() for day in given), 4)
        sheet.box(left, y + 3, right - left, 10, fill="ink", link=link)
