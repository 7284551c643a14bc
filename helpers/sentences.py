"""Sentences, the coding units, with their spans."""

import pandas as pd
from sentencex import get_sentence_boundaries

from helpers.tables import table

_BREAKS = ".!?…。！？"


def sentences(zones: pd.DataFrame) -> pd.DataFrame:
    """The sentences of every line of a zones table.

    A sentence never reaches over a line, so that zones stay whole. Columns: source, sentence
    (numbered within its source from 0), start, end, exact, line, zone.
    """
    rows, source, number = [], None, 0
    columns = (zones[column].tolist() for column in ("source", "start", "exact", "line", "zone"))
    for of, start, exact, line, zone in zip(*columns, strict=True):
        if of != source:
            source, number = of, 0
        for begin, end in _spans(exact):
            text = exact[begin:end]
            rows.append((source, number, start + begin, start + end, text, line, zone))
            number += 1
    return table("sentences", rows)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of one line stand in it, without the white space between them."""
    # Most lines hold one sentence, and a look at the marks is all they need.
    if not any(mark in text[:-1] for mark in _BREAKS):
        return [(0, len(text))]
    spans = []
    for boundary in get_sentence_boundaries("en", text):
        begin, end = boundary["start_index"], boundary["end_index"]
        exact = text[begin:end].strip()
        if exact:
            begin = text.index(exact, begin)
            spans.append((begin, begin + len(exact)))
    return spans
