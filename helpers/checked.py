"""What the record says of the statements that the sources make somewhere."""

from collections import defaultdict
from functools import lru_cache

import pandas as pd

from helpers.corpus import Corpus
from helpers.record import CLOSED_SETS, Record, locate

_SAID = {"partly": "confirmed in part", "unverified": "left unverified"}


def checked(corpus: Corpus, record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """The checks whose quotation shares a character with one of `rows`.

    `rows` has the columns source, start and end. Columns: those of `helpers.record.locate`, with
    start and end as whole numbers; a quotation that the corpus no longer has is left out.
    """
    if record.checks.empty:
        return record.checks
    found = _located(corpus, record)
    spans = defaultdict(list)
    for source, start, end in zip(rows["source"], rows["start"], rows["end"], strict=True):
        spans[source].append((start, end))
    checks = zip(found["source"], found["start"], found["end"], strict=True)
    shared = [
        any(left < end and start < right for left, right in spans[source])
        for source, start, end in checks
    ]
    return found[pd.Series(shared, found.index, dtype=bool)]


@lru_cache(maxsize=8)
def _located(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The checks whose quotations the corpus has."""
    found = locate(record.checks, corpus).dropna(subset=["start"])
    return found.astype({"start": "int64", "end": "int64", "sentence": "int64"})


def verdicts(checks: pd.DataFrame) -> list[str]:
    """How many checks have each verdict, in words; verdicts that none has are left out."""
    if checks.empty:
        return []
    counts = checks["verdict"].value_counts()
    known = [verdict for verdict in CLOSED_SETS["verdict"] if counts[verdict]]
    return [f"{counts[verdict]} {_SAID.get(verdict, verdict)}" for verdict in known]
