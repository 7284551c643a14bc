"""Verdicts: each statement that was checked, as a square in the order of its source."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, cite

_TOP, _HEAD, _FOOT, _KEY = 36, 22, 12, 56  # heights
_MARK, _PITCH = 14, 17
_PER_ROW = int((WIDTH - 2 * MARGIN) // _PITCH)
_MEANINGS = {
    "confirmed": "confirmed",
    "partly": "in part",
    "contradicted": "contradicted",
    "unverified": "nothing found",
}


def verdicts(corpus: Corpus, checks: pd.DataFrame, caption: Finding) -> Figure:
    """A row of squares for each source, each leading to the words that were checked.

    `checks` are rows of the record's checks with their place in the sources, as
    `helpers.record.locate` gives them.
    """
    rows = {source: group.sort_values("start") for source, group in checks.groupby("source")}
    lines = {source: -(-len(group) // _PER_ROW) for source, group in rows.items()}
    height = sum(_HEAD + _FOOT + number * _PITCH for number in lines.values())
    sheet = Sheet(_TOP + height + _KEY)
    sheet.text(MARGIN, 21, "What was checked, source by source", size=TITLE, bold=True)
    top = _TOP
    for document in corpus.documents.to_dict("records"):
        source = document["source"]
        if source not in rows:
            continue
        name = " · ".join(filter(None, (source, document["publisher"])))
        sheet.text(MARGIN, top + 15, name, size=LABEL, link=Link.to(cite(corpus, document)))
        held = int((rows[source]["verdict"] == "confirmed").sum())
        words = f"{held} of {len(rows[source])} confirmed"
        sheet.text(WIDTH - MARGIN, top + 15, words, size=SMALL, colour="muted", align="right")
        for number, check in enumerate(rows[source].to_dict("records")):
            line, place = divmod(number, _PER_ROW)
            x, y = MARGIN + place * _PITCH, top + _HEAD + line * _PITCH
            _draw_verdict(sheet, x, y, check["verdict"], _link(corpus, check))
        top += _HEAD + _FOOT + lines[source] * _PITCH
    for place, (verdict, meaning) in enumerate(_MEANINGS.items()):
        x, y = MARGIN + (place % 2) * 170, top + 8 + (place // 2) * 22
        _draw_verdict(sheet, x, y, verdict, None)
        sheet.text(x + 22, y + 12, meaning, size=SMALL, colour="muted")
    return sheet.figure("The statements that were checked, and their verdicts", caption)


def _link(corpus: Corpus, check: dict) -> Link:
    """To the words in the source, with what was found about them."""
    place = {name: check[name] for name in ("source", "sentence", "start", "end")}
    words = f"{check['check']}, {check['verdict']}: {check['statement']}"
    return Link(cite(corpus, place).href, words, quiet=True)


def _draw_verdict(sheet: Sheet, x: float, y: float, verdict: str, link: Link | None) -> None:
    """Full, half, crossed or empty: no verdict is told by its colour alone."""
    right, bottom = x + _MARK, y + _MARK
    square = [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]
    colours = {"contradicted": "restrict", "unverified": "muted"}
    colour = colours.get(verdict, "promote")
    fill = "promote" if verdict == "confirmed" else "paper"
    sheet.path([square], fill=fill, edge=colour, thick=1.4, link=link)
    if verdict == "partly":
        sheet.path([[(x, y), (right, bottom), (x, bottom), (x, y)]], fill=colour, link=link)
    if verdict == "contradicted":
        cross = [[(x, y), (right, bottom)], [(x, bottom), (right, y)]]
        sheet.path(cross, edge=colour, thick=2, link=link)
