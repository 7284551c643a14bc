"""A source as it is shown: its lines by zone, its sentences, and in them what was coded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from helpers.corpus import Corpus

# A row of a table as its columns: what templates read.
Row = dict[str, Any]


@dataclass(frozen=True)
class Segment:
    """A run of characters with the same codes on it, and the stances that these take."""

    text: str
    stances: tuple[str, ...]


@dataclass(frozen=True)
class Coded:
    """A stretch of a sentence that claims cover, and these claims; they may overlap in it."""

    segments: tuple[Segment, ...]
    claims: tuple[Row, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence in pieces: plain text, and what was coded."""

    number: int
    pieces: tuple[str | Coded, ...]


@dataclass(frozen=True)
class Line:
    """A line of a source: its number as an editor counts, the rule that zoned it, its sentences."""

    number: int
    rule: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Block:
    """Lines of one zone that follow one another."""

    zone: str
    lines: tuple[Line, ...]


def blocks(corpus: Corpus, source: str) -> list[Block]:
    """All lines of a source in their order, by zone."""
    claims = rows_by(corpus.claims, source, "sentence")
    sentences = rows_by(corpus.sentences, source, "line")
    lines = (
        (
            row["zone"],
            Line(
                row["line"],
                row["rule"],
                tuple(
                    Sentence(s["sentence"], tuple(_pieces(s, claims.get(s["sentence"], []))))
                    for s in sentences.get(row["line"], [])
                ),
            ),
        )
        for row in rows(corpus.zones, source)
    )
    return [
        Block(zone, tuple(line for _, line in group))
        for zone, group in groupby(lines, key=lambda item: item[0])
    ]


def rows(table: pd.DataFrame, source: str) -> list[Row]:
    """The rows of one source, with None for what is missing."""
    return records(table[table["source"] == source])


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, with None for what is missing."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def rows_by(table: pd.DataFrame, source: str, column: str) -> dict[Any, list[Row]]:
    """The rows of one source, by their value in `column`."""
    found: dict[Any, list[Row]] = {}
    for row in rows(table, source):
        found.setdefault(row[column], []).append(row)
    return found


def _pieces(sentence: Row, claims: list[Row]) -> Iterator[str | Coded]:
    """Cut a sentence where claims begin and end; what hangs together stays together."""
    start, text = sentence["start"], sentence["exact"]
    at = start
    for cluster in _clusters(claims):
        first, last = cluster[0]["start"], max(claim["end"] for claim in cluster)
        if at < first:
            yield text[at - start : first - start]
        cuts = sorted({edge for claim in cluster for edge in (claim["start"], claim["end"])})
        segments = (
            Segment(text[a - start : b - start], _stances(cluster, a, b)) for a, b in pairwise(cuts)
        )
        yield Coded(tuple(segments), tuple(cluster))
        at = last
    if at < sentence["end"]:
        yield text[at - start :]


def _clusters(claims: list[Row]) -> Iterator[list[Row]]:
    """Claims in their order, those together whose spans overlap."""
    cluster: list[Row] = []
    for claim in sorted(claims, key=lambda claim: (claim["start"], -claim["end"])):
        if cluster and claim["start"] >= max(other["end"] for other in cluster):
            yield cluster
            cluster = []
        cluster.append(claim)
    if cluster:
        yield cluster


def _stances(claims: Iterable[Row], start: int, end: int) -> tuple[str, ...]:
    covering = {c["stance"] for c in claims if c["start"] <= start and end <= c["end"]}
    return tuple(sorted(covering))
