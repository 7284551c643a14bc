"""What each line of a source is: headline, keypoint, body, comment or furniture.

Sources come as plain text, with no mark-up to go by. What tells the zones apart is how a line is
written (a phrase that pages add, a heading without a full stop, people talking to one another) and
where it stands (above the article, behind a line such as 'Related', across a wide gap).
"""

from collections.abc import Mapping

import pandas as pd

from helpers.tables import table
from helpers.zones import furniture, headings
from helpers.zones.lines import Line, lines_of
from helpers.zones.talk import mark_comments

__all__ = ["zones"]


def zones(texts: Mapping[str, str]) -> pd.DataFrame:
    """The zone of every line of every text that is not blank.

    `texts` maps a source's id to its decoded text. Columns: source, start, end, exact (the line
    without the white space around it), line (counted from 1 as an editor does), zone, rule (what
    said so). Zones are those of the codebook; only headline, keypoint and body carry claims.
    """
    rows = []
    for source, text in texts.items():
        for line in _zoned(text):
            end = line.start + len(line.text)
            rows.append((source, line.start, end, line.text, line.number, line.zone, line.rule))
    return table("zones", rows)


def _zoned(text: str) -> list[Line]:
    """The steps in their order: what is surest first, and what is left over is body."""
    lines = lines_of(text)
    furniture.mark_front_matter(lines)
    furniture.mark_furniture(lines, text.lower())
    furniture.mark_boilerplate(lines)
    headings.mark_players(lines)
    furniture.mark_names(lines)
    mark_comments(lines)
    furniture.mark_lists(lines)
    headings.mark_article(lines)
    headings.mark_headlines(lines)
    headings.mark_keypoints(lines)
    for line in lines:
        if not line.zone:
            line.become("body", "running text")
    return lines
