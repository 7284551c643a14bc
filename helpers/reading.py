"""What comes from outside: bytes to text and CSV to rows, with every problem named.

A problem says which file, which line, what is wrong and how to mend it. Problems are gathered, so
that one reading of a folder reports them all.
"""

import codecs
import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_SAMPLE = 1 << 16  # bytes that are enough to recognise an encoding
_USUAL = 0.8  # of the characters beyond ASCII, the share that modern Chinese text has in GB2312


class SourceError(ValueError):
    """What was read cannot be used as it is; `problems` has one line for each thing to mend."""

    def __init__(self, problems: Iterable[str]):
        self.problems = tuple(problems)
        count = len(self.problems)
        heading = f"{count} problems:\n" if count > 1 else ""
        super().__init__(heading + "\n".join(self.problems))


class CellError(ValueError):
    """A cell that its column does not allow: what is wrong with it, and how to mend it."""

    def __init__(self, what: str, mend: str):
        super().__init__(what, mend)
        self.what, self.mend = what, mend


class Column(NamedTuple):
    """What a column of a CSV file holds.

    `read` makes a cell's value, or raises CellError; `filled` says that no row may leave it empty,
    `required` that the file must have it.
    """

    read: Callable[[str], object] = str
    filled: bool = False
    required: bool = True


def problem(path: Path, what: str, mend: str, line: int | None = None) -> str:
    """One problem in one line: file, line, what is wrong, and the mend."""
    place = f"{path}:{line}" if line else f"{path}"
    return f"{place}: {what}. Mend: {mend}."


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint at the name that was perhaps meant, or at all there are."""
    names = list(names)
    close = difflib.get_close_matches(name, names, n=1)
    return f"perhaps {close[0]!r} is meant" if close else f"there are {', '.join(names) or 'none'}"


def decode(path: Path, problems: list[str]) -> str | None:
    """The file's text, decoded as UTF-8 and otherwise unchanged (line ends, byte order mark).

    A file that is none, cannot be opened, is empty, is not UTF-8 or has NUL bytes is added to
    `problems`, and None is given back.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            mend = "put a file of text in its place"
            problems.append(problem(path, "is not a file", mend))  # a pipe, which may never end
            return None
        data = path.read_bytes()
    except OSError as error:
        problems.append(
            problem(path, f"cannot be read ({error.strerror})", "make it a readable file")
        )
        return None
    if not data:
        problems.append(problem(path, "is empty", "put its text in, or take the file away"))
        return None
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return text
        at, what = data.index(0), "NUL byte"
    except UnicodeDecodeError as error:
        at, what = error.start, f"not UTF-8: byte 0x{data[error.start]:02X}"
    problems.append(_wrong_bytes(path, data, at, what))
    return None


def _wrong_bytes(path: Path, data: bytes, at: int, what: str) -> str:
    """The problem with the byte at `at`, and the encoding that the file seems to be in."""
    line = len(re.findall(rb"\r\n|\r|\n", data[:at])) + 1
    what = f"{what} at offset {at}"
    encoding = _encoding(data)
    if encoding:
        start = " ".join(_sample(data, encoding).split())[:20]
        return problem(
            path,
            f"{what}; the file seems to be {encoding}, as which it begins {start!r}",
            f"iconv -f {encoding} -t UTF-8 '{path.name}' > new.txt && mv new.txt '{path.name}'",
            line,
        )
    return problem(path, what, "save the file as UTF-8 from the program that it comes from", line)


def _encoding(data: bytes) -> str | None:
    """The encoding that bytes which are not clean UTF-8 are in: UTF-16, UTF-32, GB18030 or None.

    Trusts a byte order mark. Otherwise an encoding is believed when the characters that it gives
    are those of Chinese or English text, and when less of the file makes sense as UTF-8.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    as_utf8 = data[:_SAMPLE].decode("utf-8", "replace")
    lost = as_utf8.count("\ufffd") + as_utf8.count("\0")
    if sum(not char.isascii() for char in as_utf8) - lost > lost:
        return None  # UTF-8 with some damage
    for encoding in ("UTF-16LE", "UTF-16BE", "GB18030"):
        if _is_usual(_sample(data, encoding)):
            return encoding
    return None


def _sample(data: bytes, encoding: str) -> str:
    """The beginning of the text in `encoding`, or nothing where the bytes are not in it."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data[:_SAMPLE])
    except UnicodeDecodeError:
        return ""


def _is_usual(text: str) -> bool:
    """Whether this is the text of an article, not bytes read in a wrong encoding."""
    if not text or re.search(r"[\0-\x08\x0e-\x1f]", text):
        return False
    foreign = [char for char in text if not char.isascii()]
    known = "".join(foreign).encode("gb2312", "ignore").decode("gb2312")
    return len(known) >= _USUAL * len(foreign)


def read_rows(
    path: Path, columns: Mapping[str, Column], problems: list[str]
) -> list[dict[str, object]]:
    """The rows of a CSV file (UTF-8, first line names the columns), each cell read by its column.

    A row is a dictionary with a value for each of `columns`, in their order (None where the cell is
    empty or the file lacks the column), and `line`: where in the file it begins, from 1. Spaces
    around a cell do not count. Whatever cannot be read is added to `problems`: text that is not
    UTF-8, an unknown, missing or repeated column, a row with too many or too few cells, a
    quotation mark that is never closed, a cell that its column does not allow.
    """
    text = decode(path, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows, line = [], 1
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong = _wrong_header(path, header, columns)
        problems += wrong
        line = reader.line_num + 1
        for cells in () if wrong else reader:
            if len(cells) == len(header):
                named = dict(zip(header, map(str.strip, cells), strict=True))
                rows.append(_row(path, line, named, columns, problems))
            elif cells:
                what = f"has {len(cells)} cells where the first line names {len(header)}"
                mend = "put a cell that has a comma in it in double quotation marks"
                problems.append(problem(path, what, mend, line))
            line = reader.line_num + 1
    except csv.Error as error:
        mend = 'close every double quotation mark, and write one inside a cell twice ("")'
        problems.append(problem(path, f"is not CSV ({error})", mend, line))
    return rows


def _wrong_header(path: Path, header: list[str], columns: Mapping[str, Column]) -> list[str]:
    """What is wrong with the names of the columns."""
    unknown = [(f"unknown column {n!r}", nearest(n, columns)) for n in header if n not in columns]
    missing = [
        (f"column {name!r} is missing", "name it in the first line")
        for name, column in columns.items()
        if column.required and name not in header
    ]
    repeated = [
        (f"column {name!r} occurs twice", "take one of them out")
        for name in columns
        if header.count(name) > 1
    ]
    return [problem(path, what, mend, 1) for what, mend in unknown + missing + repeated]


def _row(
    path: Path,
    line: int,
    named: Mapping[str, str],
    columns: Mapping[str, Column],
    problems: list[str],
) -> dict[str, object]:
    row: dict[str, object] = {}
    for name, column in columns.items():
        cell = named.get(name, "")
        row[name] = None
        try:
            if cell:
                row[name] = column.read(cell)
            elif column.filled:
                raise CellError("is empty", "fill it, or take the row out")
        except CellError as error:
            what = f"{name} {cell!r} {error.what}" if cell else f"{name} {error.what}"
            problems.append(problem(path, what, error.mend, line))
    return row | {"line": line}


def day(cell: str) -> date:
    """A cell that is a day, as ISO 8601 writes it."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass  # such as the 31st of a month that has 30 days
    raise CellError("is not a day", "write it as YYYY-MM-DD")


def whole(cell: str) -> int:
    """A cell that is a whole number, such as an offset."""
    if not re.fullmatch(r"[0-9]+", cell):
        raise CellError("is not a whole number", "write it with digits only")
    return int(cell)


def number(cell: str) -> float:
    """A cell that is a number."""
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        raise CellError(
            "is not a number", "write it with digits and a decimal point, without commas"
        )
    return float(cell)


def one_of(*values: str) -> Callable[[str], str]:
    """For a column whose cells are of a closed set."""

    def value(cell: str) -> str:
        if cell not in values:
            raise CellError(f"is none of {', '.join(values)}", nearest(cell, values))
        return cell

    return value


def reversed_intervals(path: Path, rows: Iterable[Mapping], first: str, last: str) -> Iterator[str]:
    """A problem for each row in which the cell `first` comes after the cell `last`."""
    for row in rows:
        if row[first] is not None and row[last] is not None and row[first] > row[last]:
            what = f"{first} {row[first]} comes after {last} {row[last]}"
            yield problem(path, what, "swap the two", row["line"])


def repetitions(path: Path, rows: Iterable[Mapping], *columns: str) -> Iterator[str]:
    """A problem for each row that has the same cells in `columns` as an earlier one."""
    lines: dict[tuple, int] = {}
    for row in rows:
        cells = tuple(row[column] for column in columns)
        earlier = lines.setdefault(cells, row["line"])
        if earlier != row["line"] and None not in cells:
            named = ", ".join(f"{column} '{row[column]}'" for column in columns)
            what = f"{named} has a row already, in line {earlier}"
            yield problem(path, what, "take one of the two out", row["line"])
