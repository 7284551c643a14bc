"""What comes from outside: bytes to text and CSV to rows, with every problem named.

A problem says which file, which line, what is wrong and how to mend it. Problems are gathered, so
that one reading of a folder reports them all.
"""

import codecs
import csv
import difflib
import io
import re
from collections.abc import Iterable
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


class Row(NamedTuple):
    """A row of a CSV file: the line where it begins (from 1), and its cells by column."""

    line: int
    cells: dict[str, str]


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

    A file that cannot be opened, is empty, is not UTF-8 or has NUL bytes is added to `problems`,
    and None is given back.
    """
    try:
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
    path: Path, columns: Iterable[str], required: Iterable[str], problems: list[str]
) -> list[Row]:
    """The rows of a CSV file (UTF-8, first line names the columns), with their line numbers.

    `columns` may occur, `required` must. Cells are stripped of surrounding spaces; columns that
    the file does not have are empty. Whatever cannot be read is added to `problems`: text that is
    not UTF-8, an unknown, missing or repeated column, a row with too many or too few cells, a
    quotation mark that is never closed.
    """
    text = decode(path, problems)
    if text is None:
        return []
    columns, found = list(columns), len(problems)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows, line = [], 1
    try:
        header = [name.strip() for name in next(reader, [])]
        problems += _wrong_header(path, header, columns, required)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                named = dict(zip(header, map(str.strip, cells), strict=True))
                rows.append(Row(line, dict.fromkeys(columns, "") | named))
            elif cells:
                problems.append(
                    problem(
                        path,
                        f"has {len(cells)} cells where the first line names {len(header)}",
                        "put a cell that has a comma in it in double quotation marks",
                        line,
                    )
                )
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(
            problem(
                path,
                f"is not CSV ({error})",
                'close every double quotation mark, and write one inside a cell twice ("")',
                line,
            )
        )
    return rows if len(problems) == found else []


def _wrong_header(
    path: Path, header: list[str], columns: list[str], required: Iterable[str]
) -> list[str]:
    """What is wrong with the names of the columns."""
    wrong = [
        problem(path, f"unknown column {name!r}", f"{nearest(name, columns)}, or take it out", 1)
        for name in header
        if name not in columns
    ]
    wrong += [
        problem(path, f"column {name!r} is missing", "name it in the first line", 1)
        for name in required
        if name not in header
    ]
    repeated = {name for name in header if header.count(name) > 1}
    wrong += [
        problem(path, f"column {name!r} occurs twice", "take one of them out", 1)
        for name in sorted(repeated)
    ]
    return wrong


def read_window(
    path: Path, row: Row, columns: tuple[str, str], problems: list[str]
) -> tuple[date | None, date | None]:
    """The first and last day of an interval from two cells, or two times None where both are empty.

    A cell that is not a day (YYYY-MM-DD), a single empty one and a reversed interval are added to
    `problems`.
    """
    days = []
    for column in columns:
        cell = row.cells[column]
        try:
            days.append(_day(cell) if cell else None)
        except ValueError:
            what = f"{column} {cell!r} is not a day"
            problems.append(problem(path, what, "write it as YYYY-MM-DD", row.line))
            return None, None
    earliest, latest = days
    if (earliest is None) != (latest is None):
        given, empty = columns if latest is None else columns[::-1]
        mend = "give both days (the same day twice where it is known), or neither"
        problems.append(problem(path, f"{given} is given but {empty} is not", mend, row.line))
    elif earliest and latest < earliest:
        what = f"{columns[0]} {earliest} comes after {columns[1]} {latest}"
        problems.append(problem(path, what, "swap the two days", row.line))
    return earliest, latest


def _day(cell: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        raise ValueError(cell)
    return date.fromisoformat(cell)
