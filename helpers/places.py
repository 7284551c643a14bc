"""Places of China: where they are, and which of them a name speaks of."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.reading import (
    CellError,
    Column,
    SourceError,
    number,
    read_rows,
    repetitions,
)

_FILE = Path(__file__).parent / "codebook" / "places.csv"


class Place(NamedTuple):
    """A place in degrees; `at` is the city that stands for it where it is none itself."""

    place: str
    latitude: float
    longitude: float
    at: str | None
    source: str


def _degrees(most: int):
    def degrees(cell: str) -> float:
        value = number(cell)
        if abs(value) > most:
            raise CellError("is beyond the globe", f"give degrees, {-most} to {most}")
        return value

    return degrees


_COLUMNS = {
    "place": Column(filled=True),
    "latitude": Column(_degrees(90), filled=True),
    "longitude": Column(_degrees(180), filled=True),
    "at": Column(),
    "source": Column(filled=True),
}


@cache
def places(path: Path = _FILE) -> dict[str, Place]:
    """The places of `codebook/places.csv` by name.

    Columns of the file: place, latitude and longitude (degrees), at (for a province or a district
    the city whose coordinates these are), source (the page of the coordinates: GeoNames, CC BY).

    Raises SourceError that lists everything to be mended, with file and line.
    """
    problems: list[str] = []
    rows = read_rows(path, _COLUMNS, problems)
    problems += repetitions(path, rows, "place")
    if problems:
        raise SourceError(problems)
    made = (Place(*(row[column] for column in Place._fields)) for row in rows)
    return {place.place: place for place in made}


@cache
def place_of(name: str) -> str | None:
    """The place that a name begins with: 'Chongqing Municipal Government' is of Chongqing."""
    found = _pattern().match(name)
    return found[1] if found else None


def places_in(text: str) -> list[str]:
    """All places that a text names, in its order, each once."""
    return list(dict.fromkeys(_pattern().findall(text)))


@cache
def _pattern() -> re.Pattern:
    names = sorted(places(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
