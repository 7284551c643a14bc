"""Sources from a folder of texts, from JSON lines, from Parquet, here or far away, one by one."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from os import PathLike
from typing import IO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from helpers.corpus import described, text_files
from helpers.reading import CellError, SourceError, day, decode, problem

LONGEST = 2_000_000  # characters: a thousand pages, which no article has, and memory can hold
_ROWS = 64  # rows of a Parquet file that are read at a time
_COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
_JSON = (".jsonl", ".ndjson")
_PARQUET = (".parquet", ".pq")
_WINDOW = ("published_earliest", "published_latest")
_SAID = ("title", "publisher", *_WINDOW, "published_basis", "url", "note")
_BAD = re.compile("[\0\ud800-\udfff]")


class Source(NamedTuple):
    """A source: what is said of it, and its text, or the reason why that cannot be coded."""

    id: str
    file: str
    said: dict
    text: str | None
    reason: str | None = None


class Columns(NamedTuple):
    """The columns of JSON lines or Parquet that hold text and id; those beside them are `_SAID`."""

    text: str = "text"
    id: str = "source"


def listed(sources: Iterable[str | PathLike[str]]) -> list[UPath]:
    """The files that are meant by folders, files and globs: each once, in the order of their paths.

    Raises SourceError for what is not there, cannot be looked into or is not of a known kind.
    """
    files: dict[str, UPath] = {}
    problems: list[str] = []
    for place in map(str, sources):
        try:
            files |= {str(file): file for file in _meant(place)}
        except OSError as error:
            why = error.strerror or type(error).__name__
            problems.append(problem(place, f"cannot be read ({why})", "make it readable"))
        except SourceError as error:
            problems += error.problems
    if problems:
        raise SourceError(problems)
    return [files[name] for name in sorted(files)]


def _meant(place: str) -> list[UPath]:
    """The files of a folder, or those that a pattern matches, or the one of this name."""
    path = UPath(place)
    if path.is_dir():
        return [path / name for name in text_files(path)]
    found = [path] if path.exists() or path.is_symlink() else _matching(place)
    unknown = [file for file in found if not _kind(file)]
    if unknown or not found:
        what = "is not of a known kind" if found else "does not exist, and no file matches it"
        mend = "name a folder of *.txt, or files in *.txt, *.jsonl or *.parquet"
        raise SourceError([problem(file, what, mend) for file in unknown or [place]])
    return found


def _matching(pattern: str) -> list[UPath]:
    """The files that a pattern such as `2019/*.jsonl` matches."""
    magic = re.search(r"[^/]*[*?\[].*", pattern)
    if not magic:
        return []
    base = UPath(pattern[: magic.start()] or ".")
    return [file for file in base.glob(magic[0]) if file.is_file()]


def _kind(file: UPath) -> str | None:
    """The ending of a file's name that says how to read it; None if there is no way."""
    name = file.name.lower()
    for ending in _COMPRESSED:
        if name.removesuffix(ending).endswith(_JSON):
            name = name.removesuffix(ending)
    return next((end for end in (".txt", *_JSON, *_PARQUET) if name.endswith(end)), None)


def read(files: Iterable[UPath], columns: Columns) -> Iterator[Source]:
    """The sources of these files, lazily, in the order of files and rows.

    Raises SourceError for a file of rows that cannot be read as such, or lacks the text's column,
    and for a sources.csv that has to be mended.
    """
    for (folder, texts), group in groupby(files, lambda file: (file.parent, _kind(file) == ".txt")):
        if texts:
            yield from _texts(folder, list(group))
        else:
            for file in group:
                yield from _rows(file, columns)


def _texts(folder: UPath, files: list[UPath]) -> Iterator[Source]:
    """Files of text, with what sources.csv beside them says."""
    problems: list[str] = []
    said = described(folder, text_files(folder), problems)
    if problems:
        raise SourceError(problems)
    for file in files:
        row = said.get(file.name, {"source": file.stem})
        known = {name: row[name] for name in _SAID if row.get(name) is not None}
        yield _checked(Source(row["source"], file.name, known, *_text(file)))


def _text(file: UPath) -> tuple[str | None, str | None]:
    """A file's text, or the reason why it has none."""
    try:
        size = file.stat().st_size
        if file.is_file() and size > 4 * LONGEST:  # no character of UTF-8 is longer
            return None, _too_long(file.name, size, "bytes")
    except OSError:
        pass  # reading says it better
    problems: list[str] = []
    text = decode(file, problems)
    reasons = [reason.removeprefix(f"{file.parent}/") for reason in problems]
    return text, reasons[0] if reasons else None


def _too_long(place: str, size: int, unit: str) -> str:
    mend = f"split it: a source has at most {LONGEST} characters"
    return problem(place, f"is too long, with {size} {unit}", mend)


def _rows(file: UPath, columns: Columns) -> Iterator[Source]:
    """The rows of a file of JSON lines, or of a Parquet file."""
    rows = _parquet if _kind(file) in _PARQUET else _json_lines
    try:
        for number, row in rows(file, columns):
            yield _checked(_source(file, number, row, columns))
    except (OSError, EOFError, pa.ArrowException) as error:
        what = f"cannot be read ({error})"
        raise SourceError([problem(file, what, "make it a whole, readable file")]) from error


def _json_lines(file: UPath, _: Columns) -> Iterator[tuple[int, Mapping | str]]:
    """Each line's number and object, or what is wrong with the line; empty ones are left out."""
    with file.fs.open(file.path, "rb", compression="infer") as stream:
        for number, line in enumerate(_lines(stream), 1):
            if isinstance(line, str):
                yield number, line
            elif line.strip():
                yield number, _object(line)


def _lines(stream: IO[bytes]) -> Iterator[bytes | str]:
    """Lines, of which none is ever held that is longer than it may be."""
    limit = 16 * LONGEST  # JSON may write a character with twelve bytes
    while line := stream.readline(limit):
        size = len(line)
        while len(line) == limit and not line.endswith(b"\n"):
            line = stream.readline(limit)
            size += len(line)
        yield line if size <= limit else f"is too long, with {size} bytes"


def _object(line: bytes) -> Mapping | str:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return f"not UTF-8: byte 0x{line[error.start]:02X} at offset {error.start}"
    except (ValueError, RecursionError) as error:
        return f"is not JSON ({error})"
    return row if isinstance(row, Mapping) else "is not a JSON object"


def _parquet(file: UPath, columns: Columns) -> Iterator[tuple[int, Mapping]]:
    """Each row's number and what it has in the columns that count; some rows are read at a time."""
    with file.fs.open(file.path, "rb") as stream, pq.ParquetFile(stream) as table:
        names = set(table.schema_arrow.names)
        if columns.text not in names:
            mend = f"there are {', '.join(sorted(names))}; name one of them with --text-column"
            raise SourceError([problem(file, f"has no column {columns.text!r}", mend)])
        wanted = [name for name in (*columns, *_SAID) if name in names]
        batches = table.iter_batches(_ROWS, columns=wanted)
        yield from enumerate(chain.from_iterable(batch.to_pylist() for batch in batches), 1)


def _source(file: UPath, number: int, row: Mapping | str, columns: Columns) -> Source:
    """The source in a row; without an id it is called after its file and its line or row."""
    id_ = f"{file.name.removesuffix(file.suffix)}-{number}"
    if isinstance(row, str):
        mend = f"write one object on each line, with the text in {columns.text!r}"
        return Source(id_, file.name, {}, None, problem(file.name, row, mend, number))
    if row.get(columns.id) not in (None, ""):
        id_ = str(row[columns.id])
    text = row.get(columns.text)
    if not isinstance(text, str):
        what = f"{columns.text} is not text" if columns.text in row else f"has no {columns.text!r}"
        mend = "put its text there, or name the column with --text-column"
        return Source(id_, file.name, {}, None, problem(file.name, what, mend, number))
    try:
        return Source(id_, file.name, _known(row), text)
    except CellError as error:
        why = problem(file.name, f"{_WINDOW[0]} or {_WINDOW[1]} {error.what}", error.mend, number)
        return Source(id_, file.name, {}, None, why)


def _known(row: Mapping) -> dict:
    """What a row says of its source besides the text. Raises CellError for a window that is none"""
    known = {name: str(row[name]) for name in _SAID if row.get(name) not in (None, "")}
    known |= {name: day(known[name][:10]) for name in _WINDOW if name in known}
    first, last = map(known.get, _WINDOW)
    if (first is None) != (last is None):
        raise CellError("is missing", "give both days, or neither")
    if first and first > last:
        raise CellError("are reversed", "swap the two")
    return known


def _checked(source: Source) -> Source:
    """The source, without its text where that cannot be coded."""
    strange = [text for text in (source.id, *map(str, source.said.values())) if _BAD.search(text)]
    if strange:
        what = f"what is said of it has a character that is none: {strange[0]!a}"
        reason = problem(source.file, what, "take that character out")
        return Source(ascii(source.id), source.file, {}, None, reason)
    text = source.text
    if text is None:
        return source
    reason = None
    if not text:
        reason = problem(source.id, "is empty", "put its text in, or take it away")
    elif len(text) > LONGEST:
        reason = _too_long(source.id, len(text), "characters")
    elif bad := _BAD.search(text):
        what = f"has U+{ord(bad[0]):04X}, which is no character of a text, at {bad.start()}"
        reason = problem(source.id, what, "take that character out")
    return source._replace(text=None, reason=reason) if reason else source
