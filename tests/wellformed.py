"""What holds for the tables of any text whatever.

Each check raises AssertionError with what breaks its rule. They read plain lists, since they are
asked of many thousands of texts.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise

import pandas as pd

from helpers import tables
from helpers.corpus import Corpus
from helpers.tables import CARRYING, CLOSED_SETS, COLUMNS

SPANNED = ("zones", "sentences", "dates", "quantities", "mentions", "claims")
_INTERVALS = (
    ("earliest", "latest"),
    ("published_earliest", "published_latest"),
    ("text_earliest", "text_latest"),
    ("value", "value_high"),
)
_DTYPES = {name: tables.table(name, []).dtypes for name in COLUMNS}
_UNSEEN = str.maketrans("", "", "\ufeff\u200b")  # may stand between lines, like white space


def check(corpus: Corpus) -> None:
    """All that the tables of a corpus promise."""
    texts = {source: corpus.text(source) for source in corpus.documents["source"]}
    for name in COLUMNS:
        check_columns(name, getattr(corpus, name))
    for name in SPANNED:
        check_spans(getattr(corpus, name), texts)
    check_lines(corpus.zones, texts)
    check_sentences(corpus.sentences, corpus.zones)
    for name in SPANNED[2:]:
        check_inside(getattr(corpus, name), corpus.sentences)


def check_columns(name: str, table: pd.DataFrame) -> None:
    """The columns of the contract, closed sets that are closed, intervals that run forwards."""
    assert table.dtypes.equals(_DTYPES[name]), table.dtypes
    assert table.index.equals(pd.RangeIndex(len(table)))
    for column in CLOSED_SETS.keys() & _DTYPES[name].keys():
        may_miss = (name, column) == ("mentions", "level")
        assert may_miss or not table[column].hasnans, f"{name}: no {column}"
    for first, last in _INTERVALS:
        if first in table and last in table:
            for early, late in _rows(table, first, last):
                assert not early > late, f"{name}: {first} {early} after {last} {late}"


def check_spans(table: pd.DataFrame, texts: Mapping[str, str]) -> None:
    """Every row leads back to its words, and rows stand in the order of sources and words."""
    rows = list(_rows(table, "source", "start", "end", "exact"))
    for source, start, end, exact in rows:
        assert 0 <= start < end, (source, start, end)
        assert texts[source][start:end] == exact, (source, start, end, exact)
    assert rows == sorted(rows, key=lambda row: row[:3])


def check_lines(zones: pd.DataFrame, texts: Mapping[str, str]) -> None:
    """Every character that can be seen is in exactly one line, and lines have their numbers."""
    columns = _rows(zones, "source", "start", "end", "exact", "line", "rule")
    lines = {source: list(rows) for source, rows in groupby(columns, key=lambda row: row[0])}
    for source, text in texts.items():
        rows = lines.get(source, [])
        for gap in _gaps([row[1:3] for row in rows], 0, len(text)):
            left = text[gap].translate(_UNSEEN)
            assert not left.strip(), f"{source}: {left!r} is in no line"
        number, place = 1, 0
        for _, start, _, exact, line, rule in rows:
            number, place = number + text.count("\n", place, start), start
            assert line == number, (source, line, number)
            assert exact == exact.strip(), exact
            assert len(exact.splitlines()) == 1, exact
            assert rule, exact


def check_sentences(sentences: pd.DataFrame, zones: pd.DataFrame) -> None:
    """The sentences of a line are all of it, with its zone; each source's count from 0."""
    lines = list(_rows(zones, "source", "start", "end", "line", "zone", "exact"))
    begins = [line[:2] for line in lines]
    inside: list[list[tuple[int, int]]] = [[] for _ in lines]
    counted: dict[str, int] = {}
    for source, start, end, line, zone, number in _rows(
        sentences, "source", "start", "end", "line", "zone", "sentence"
    ):
        at = bisect_right(begins, (source, start)) - 1
        assert lines[at][0] == source, (source, start)
        assert lines[at][3:5] == (line, zone), (source, start, line, zone)
        inside[at].append((start, end))
        assert number == counted.get(source, 0), (source, number)
        counted[source] = number + 1
    for (source, begin, end, _, _, exact), spans in zip(lines, inside, strict=True):
        for gap in _gaps(spans, begin, end):
            left = exact[gap.start - begin : gap.stop - begin]
            assert not left.strip(), f"{source}: {left!r} is in no sentence"


def check_inside(table: pd.DataFrame, sentences: pd.DataFrame) -> None:
    """Every row lies in its sentence, which is one that carries claims."""
    places = _rows(sentences, "source", "sentence", "start", "end", "zone")
    known = {(source, number): place for source, number, *place in places}
    for source, number, start, end in _rows(table, "source", "sentence", "start", "end"):
        begin, until, zone = known[source, number]
        assert begin <= start < end <= until, (source, number, start, end)
        assert zone in CARRYING, (source, number, zone)


def check_apart(table: pd.DataFrame) -> None:
    """No two rows have a character in common."""
    for (source, _, end), (of, start, _) in pairwise(_rows(table, "source", "start", "end")):
        assert of != source or end <= start, (source, start, end)


def _rows(table: pd.DataFrame, *columns: str) -> Iterator[tuple]:
    return zip(*(table[column].tolist() for column in columns), strict=True)


def _gaps(spans: Iterable[tuple[int, int]], begin: int, end: int) -> Iterator[slice]:
    """What lies before, between and behind spans, none of which may overlap another."""
    for start, until in spans:
        assert begin <= start, f"{start} lies in the span before it, which ends at {begin}"
        yield slice(begin, start)
        begin = until
    assert begin <= end
    yield slice(begin, end)
