"""A folder of sources becomes the seven tables."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from os import PathLike
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from helpers.claims import claims
from helpers.dates import dates, publication
from helpers.dates.expressions import expressions
from helpers.grammar import parse
from helpers.mentions import mentions
from helpers.quantities import quantities
from helpers.reading import (
    Column,
    SourceError,
    day,
    decode,
    nearest,
    problem,
    read_rows,
    repetitions,
    reversed_intervals,
)
from helpers.sentences import sentences
from helpers.tables import table
from helpers.zones import zones

# Sentences that one step has read are kept for the next: so many characters have fewer than that.
_BATCH = 400_000
_WINDOW = ("published_earliest", "published_latest")
_TEXT_WINDOW = ("text_earliest", "text_latest", "text_basis")
_COLUMNS = {
    "source": Column(filled=True),
    "file": Column(filled=True),
    "title": Column(required=False),
    "publisher": Column(required=False),
    "published_earliest": Column(day, required=False),
    "published_latest": Column(day, required=False),
    "published_basis": Column(required=False),
    "url": Column(required=False),
    "note": Column(required=False),
}


@dataclass(frozen=True, eq=False)
class Corpus:
    """The sources of a folder and all that was coded in them.

    Each table is a data frame with the columns of `helpers.tables.COLUMNS`, sorted by source and
    start; its spans are code points of `text(source)`.
    """

    folder: Path
    documents: pd.DataFrame
    zones: pd.DataFrame
    sentences: pd.DataFrame
    dates: pd.DataFrame
    quantities: pd.DataFrame
    mentions: pd.DataFrame
    claims: pd.DataFrame
    _texts: Mapping[str, str] = field(repr=False)

    def text(self, source: str) -> str:
        """The whole text of a source as it was decoded, never changed.

        Raises KeyError for a source that the corpus does not have.
        """
        if source not in self._texts:
            raise KeyError(f"no source {source!r}: {nearest(source, self._texts)}")
        return self._texts[source]


def read_corpus(folder: str | PathLike[str]) -> Corpus:
    """Every `*.txt` of a folder, coded, with what its `sources.csv` says of it.

    A text is decoded as UTF-8 and never changed: line ends and a byte order mark stay, so that
    `corpus.text(source)[start:end] == exact` for every row of every table. A source is called what
    sources.csv calls it, or else after its file, without `.txt`.

    sources.csv may be missing, may leave files out, and has the columns source and file, and if it
    likes title, publisher, published_earliest, published_latest (days, YYYY-MM-DD, both included),
    published_basis, url and note. Where it gives no window of publication, the window is what the
    text itself supports, which stands in text_earliest, text_latest and text_basis in any case.

    Raises SourceError (a ValueError) that lists everything to be mended, with file and line: a
    folder that is missing, closed or has no `*.txt`; a file that cannot be read, is empty, has NUL
    bytes or is not UTF-8; a sources.csv with an unknown, missing or repeated column, a file that is
    not there, a bad or reversed date, two rows for one source or one file; two files with one id.
    """
    folder = Path(folder)
    problems: list[str] = []
    files = text_files(folder)
    texts = {file: decode(folder / file, problems) for file in files}
    said = described(folder, files, problems)
    if problems:
        raise SourceError(problems)
    return _code(folder, {said[file]["source"]: (said[file], texts[file]) for file in files})


def text_files(folder: Path) -> list[str]:
    """The names of the sources' files, sorted; hidden files are no sources.

    Raises SourceError for a folder that is missing, cannot be looked into or has no `*.txt`.
    """
    try:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist"
            raise SourceError([problem(folder, what, "name the folder that the texts are in")])
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        what = f"cannot be read ({error.strerror or type(error).__name__})"
        raise SourceError([problem(folder, what, "make it a readable folder")]) from error
    files = sorted(name for name in names if name.endswith(".txt") and not name.startswith("."))
    if not files:
        mend = "put at least one plain text in it whose name ends in .txt"
        raise SourceError([problem(folder, "has no *.txt file", mend)])
    return files


def described(folder: Path, files: list[str], problems: list[str]) -> dict[str, dict]:
    """What is known of each file: its row in sources.csv, or else a row with its name as id.

    What is wrong with sources.csv is added to `problems`.
    """
    said = _sources_csv(folder, files, problems)
    return said | _named_after_files(folder, files, said, problems)


def _sources_csv(folder: Path, files: list[str], problems: list[str]) -> dict[str, dict]:
    """What sources.csv says of each file."""
    path = folder / "sources.csv"
    try:
        if not path.exists():
            return {}
    except OSError:
        pass  # reading it says why
    rows = read_rows(path, _COLUMNS, problems)
    problems += repetitions(path, rows, "source")
    problems += repetitions(path, rows, "file")
    problems += reversed_intervals(path, rows, *_WINDOW)
    for row in rows:
        file = row["file"]
        if file and file not in files:
            what = f"file {file!r} is not among the folder's *.txt"
            mend = f"{nearest(file, files)}; mend the name, add the file or take the row out"
            problems.append(problem(path, what, mend, row["line"]))
    # Only now, since a day that could not be read looks like one that was not given.
    problems += [] if problems else _half_windows(path, rows)
    return {row["file"]: {column: row[column] for column in _COLUMNS} for row in rows}


def _half_windows(path: Path, rows: list[dict]) -> list[str]:
    """A problem for each row that gives only one day of its window."""
    first, last = _WINDOW
    mend = "give both days (the same day twice where it is known), or neither"
    return [
        problem(path, f"gives only one of {first} and {last}", mend, row["line"])
        for row in rows
        if (row[first] is None) != (row[last] is None)
    ]


def _named_after_files(
    folder: Path, files: list[str], said: Mapping[str, dict], problems: list[str]
) -> dict[str, dict]:
    """The files that sources.csv leaves out, each with its own name as id."""
    taken = {row["source"]: file for file, row in said.items()}
    named = {file: {"source": Path(file).stem, "file": file} for file in files if file not in said}
    for file, row in named.items():
        if row["source"] in taken:
            what = (
                f"has the id {row['source']!r}, which sources.csv gives to {taken[row['source']]}"
            )
            mend = "give it a row with an id of its own in sources.csv, or rename it"
            problems.append(problem(folder / file, what, mend))
    return named


def _code(folder: Path, sources: Mapping[str, tuple[dict, str]]) -> Corpus:
    """The seven tables, coded batch by batch, so that what one step read the next still has."""
    coded = [code_batch(batch) for batch in batches(sources)]
    joined = {
        name: pd.concat([tables[name] for tables in coded], ignore_index=True)
        if len(coded) > 1
        else coded[0][name]
        for name in coded[0]
    }
    texts = {source: text for source, (_, text) in sources.items()}
    return Corpus(folder=folder, **joined, _texts=MappingProxyType(texts))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for reference cycles: coding makes none, and would wait for it long.

    Behind it the search would go through all that is kept of the sentences; so that goes first.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        parse.cache_clear()
        expressions.cache_clear()
        if collecting:
            gc.enable()


def batches(
    sources: Mapping[str, tuple[dict, str]],
) -> Iterator[dict[str, tuple[dict, str]]]:
    """The sources in the order of their ids, in batches of some characters.

    `sources` has for each id what is said of it (a row as `described` gives it) and its text.
    """
    batch, characters = {}, 0
    for source in sorted(sources):
        batch[source] = sources[source]
        characters += len(sources[source][1])
        if characters >= _BATCH:
            yield batch
            batch, characters = {}, 0
    if batch:
        yield batch


def code_batch(sources: Mapping[str, tuple[dict, str]]) -> dict[str, pd.DataFrame]:
    """The seven tables of one batch of sources; a source's rows do not depend on the others."""
    with _uncollected():
        return _tables(sources)


def _tables(sources: Mapping[str, tuple[dict, str]]) -> dict[str, pd.DataFrame]:
    """The tables of some sources, each made from those before it."""
    zone_table = zones({source: text for source, (_, text) in sources.items()})
    sentence_table = sentences(zone_table)
    document_table = _documents(sources, publication(sentence_table))
    date_table = dates(sentence_table, document_table)
    mention_table = mentions(sentence_table)
    return {
        "documents": document_table,
        "zones": zone_table,
        "sentences": sentence_table,
        "dates": date_table,
        "quantities": quantities(sentence_table, date_table),
        "mentions": mention_table,
        "claims": claims(sentence_table, date_table, mention_table),
    }


def _documents(sources: Mapping[str, tuple[dict, str]], windows: pd.DataFrame) -> pd.DataFrame:
    """One row for each source: what sources.csv says, and beside it what the text supports."""
    supported = {source: window for source, *window in windows.itertuples(index=False)}
    rows = []
    for source, (said, text) in sources.items():
        window = supported.get(source, (None, None, None))
        row = said | dict(zip(_TEXT_WINDOW, window, strict=True))
        row |= {"sha256": sha256(text.encode()).hexdigest(), "characters": len(text)}
        if said.get("published_earliest") is None and any(map(pd.notna, window[:2])):
            row |= dict(zip((*_WINDOW, "published_basis"), window, strict=True))
        rows.append(row)
    return table("documents", rows)
