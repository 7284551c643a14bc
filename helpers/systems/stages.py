"""How far a system has come, by the words around its name."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from helpers.systems.lexicon import lexicon
from helpers.systems.naming import Naming

STAGES = ("unknown", "planned", "piloted", "launched", "withdrawn")

_ON_PAPER = "plan"  # the kind of what is written and not built

_OPENING = 45  # characters; a date in the opening of a sentence is that of all that follows


class Said(NamedTuple):
    """A stage, the words that say so, and the span of the text from the first of these and the name
    to the last."""

    stage: str
    rule: str | None
    start: int
    end: int


def stage_of(naming: Naming, offset: int, text: str, others: list[Naming]) -> Said:
    """The stage that a sentence gives a system.

    `offset` and `text` are those of the sentence, `others` all namings in it. Of the words in
    `codebook/stages.toml` that stand on the right side of the name, and not in a name themselves,
    the nearest decide. Where there are none, the stage is unknown; and so is that of a plan.
    """
    start, end = naming.start - offset, naming.end - offset
    nothing = Said("unknown", None, naming.start, naming.end)
    if naming.kind == _ON_PAPER or lexicon().not_after.search(text[:start]):
        return nothing
    names = [(other.start - offset, other.end - offset) for other in others]
    near = [
        (distance, -len(words), stage, words, span)
        for stage, words, span, distance in _words(text, (start, end), names)
        if all(span[1] <= left or right <= span[0] for left, right in names)
    ]
    if not near:
        return nothing
    *_, stage, words, (left, right) = min(near)
    return Said(stage, words, offset + min(left, start), offset + max(right, end))


def _words(
    text: str, name: tuple[int, int], names: list[tuple[int, int]]
) -> Iterator[tuple[str, str, tuple[int, int], int]]:
    """Words that can speak of what is named there: stage, words, span, distance."""
    start, end = name
    for stage, patterns in lexicon().stages.items():
        for side, pattern in patterns.items():
            for match in pattern.finditer(text):
                left, right = match.span()
                between = text[right:start]
                if (
                    right <= start
                    and side != "before"
                    and not (side == "beside" and "," in between)
                ):
                    yield stage, match[0], match.span(), start - right
                other = any(end <= a and b <= left for a, b in names)
                if left >= end and side == "before" and not other:
                    yield stage, match[0], match.span(), left - end


def when_said(naming: Naming, offset: int, others: list[Naming], dates: list) -> tuple | None:
    """The days for which a sentence itself speaks of a system, if it gives any.

    `dates` are the rows of the dates table for the sentence. Its days are those of a date in its
    opening, before the name, or of the only date in it, if no other system is named between. Names
    of days ('94') and dates without a beginning do not count.
    """
    known = [d for d in dates if pd.notna(d.earliest) and not d.rule.startswith("named")]
    for date in known[:1]:
        inner = sorted([naming[2:4], (date.start, date.end)])
        between = any(inner[0][1] <= o.start and o.end <= inner[1][0] for o in others)
        opening = date.start < min(offset + _OPENING, naming.start)
        if opening or (len(known) == 1 and not between):
            return date.earliest, date.latest
    return None
