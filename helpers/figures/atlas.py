"""Where something is done: places by their coordinates alone, without borders."""

import math
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from helpers.figures.sheet import LABEL, MARGIN, SMALL, TITLE, WIDTH, Figure, Link, Sheet
from helpers.findings import Finding, group_anchor
from helpers.places import places
from helpers.tables import STANCES

_TOP, _HEAD, _GAP, _KEY = 30, 28, 10, 74  # heights
_EDGE = 20  # between the outermost points and the edge of a map
_DOT = 3.8  # the radius of a half disc that stands for one
_CORNERS = 12  # of the outline of a half disc
_STEP = 10  # degrees from one line to the next
_APART = 3  # between the label of one disc and another disc
_LETTER, _TALL = 7.4, 14  # the room that a letter of a label takes


_Room = tuple[float, float, float, float]  # left, top, right, bottom


class _Point(NamedTuple):
    """What is done at one point: the places there, and how much of each stance."""

    names: tuple[str, ...]
    latitude: float
    longitude: float
    counts: dict[str, int]
    homes: dict[str, str]  # for each stance, the first place that has rows of it

    def radius(self, stance: str) -> float:
        """The area goes with the number."""
        return _DOT * math.sqrt(self.counts[stance])

    @property
    def size(self) -> float:
        return max(map(self.radius, STANCES))


class _Frame:
    """From degrees to the sheet: equirectangular, true to scale at the middle latitude."""

    def __init__(self, points: Sequence[_Point]):
        latitudes = [point.latitude for point in points] or [20.0, 45.0]
        longitudes = [point.longitude for point in points] or [90.0, 125.0]
        self.west, self.east = min(longitudes), max(longitudes)
        self.south, self.north = min(latitudes), max(latitudes)
        self.narrowing = math.cos(math.radians((self.south + self.north) / 2))
        width = WIDTH - 2 * (MARGIN + _EDGE)
        # A single point has no extent: then a degree is as wide as one of a map of all of China.
        self.scale = width / max((self.east - self.west) * self.narrowing, _STEP)
        self.height = (self.north - self.south) * self.scale + 2 * _EDGE

    def at(self, latitude: float, longitude: float, top: float) -> tuple[float, float]:
        x = MARGIN + _EDGE + (longitude - self.west) * self.narrowing * self.scale
        return x, top + _EDGE + (self.north - latitude) * self.scale


def atlas(maps: dict[str, tuple[pd.DataFrame, str]], caption: Finding) -> Figure:
    """One map for each table, below one another and to the same scale.

    `maps` has for each heading rows with the columns `at` (a place) and `stance`, and the id of the
    evidence table that is grouped by these two, to which the marks lead. The upper half of a disc
    stands for what is promoted there, the lower one for what is restricted; their areas are the
    numbers of rows. A place that is drawn at another's coordinates is drawn together with it.
    """
    points = {heading: _points(rows) for heading, (rows, _) in maps.items()}
    frame = _Frame([point for mine in points.values() for point in mine])
    block = _HEAD + frame.height + _GAP
    sheet = Sheet(_TOP + block * len(maps) + _KEY)
    sheet.text(MARGIN, 21, "Where is it happening?", size=TITLE, bold=True)
    for number, (heading, (_, anchor)) in enumerate(maps.items()):
        top = _TOP + number * block
        sheet.text(MARGIN, top + 19, heading, size=LABEL, bold=True)
        _draw_map(sheet, frame, points[heading], top + _HEAD, anchor)
    _draw_key(sheet, _TOP + block * len(maps) + 8)
    return sheet.figure("Places where something is promoted or restricted", caption)


def _points(rows: pd.DataFrame) -> list[_Point]:
    """The points of a map, the one with the most rows first."""

    def where(place: str) -> tuple[float, float]:
        return places()[place].latitude, places()[place].longitude

    numbers = rows["at"].value_counts()
    made = []
    for (latitude, longitude), names in groupby(sorted(numbers.index, key=where), where):
        names = tuple(sorted(names, key=lambda place: (-numbers[place], place)))
        mine = rows[rows["at"].isin(names)]
        counts = {stance: int((mine["stance"] == stance).sum()) for stance in STANCES}
        homes = {stance: mine.loc[mine["stance"] == stance, "at"].min() for stance in STANCES}
        made.append(_Point(names, latitude, longitude, counts, homes))
    return sorted(made, key=lambda point: (-sum(point.counts.values()), point.names))


def _draw_map(
    sheet: Sheet, frame: _Frame, points: Sequence[_Point], top: float, anchor: str
) -> None:
    _draw_lines(sheet, frame, top)
    discs: list[_Room] = []
    for point in points:
        x, y = frame.at(point.latitude, point.longitude, top)
        reach = point.size + _APART
        discs.append((x - reach, y - reach, x + reach, y + reach))
        for stance in STANCES:
            if point.counts[stance]:
                _draw_half(sheet, (x, y), point, stance, anchor)
    labels: list[_Room] = []
    for number, point in enumerate(points):
        taken = [*discs[:number], *discs[number + 1 :], *labels]
        middle = frame.at(point.latitude, point.longitude, top)
        label = _label(point, middle, taken, (top, top + frame.height))
        if label:
            x, base, align, room = label
            labels.append(room)
            sheet.text(x, base, point.names[0], size=SMALL, align=align)


def _draw_lines(sheet: Sheet, frame: _Frame, top: float) -> None:
    """The frame of a map, with a line every ten degrees."""
    bottom, right = top + frame.height, WIDTH - MARGIN
    sheet.box(MARGIN, top, right - MARGIN, frame.height, edge="line")
    first = _STEP * math.ceil(frame.west / _STEP)
    for longitude in range(first, math.ceil(frame.east), _STEP):
        x, _ = frame.at(frame.north, longitude, top)
        sheet.line((x, top), (x, bottom))
        sheet.text(x + 3, top + 14, f"{longitude}° E", size=SMALL, colour="muted")
    first = _STEP * math.ceil(frame.south / _STEP)
    for latitude in range(first, math.ceil(frame.north), _STEP):
        _, y = frame.at(latitude, frame.west, top)
        sheet.line((MARGIN, y), (right, y))
        sheet.text(MARGIN + 3, y - 4, f"{latitude}° N", size=SMALL, colour="muted")


def _draw_half(
    sheet: Sheet, middle: tuple[float, float], point: _Point, stance: str, anchor: str
) -> None:
    """Half a disc: the upper half for what is promoted, the lower for what is restricted."""
    words = f"{stance}: {point.counts[stance]} in {', '.join(point.names)}"
    link = Link(f"#{group_anchor(anchor, (point.homes[stance], stance))}", words)
    sheet.path([_half(middle, point.radius(stance), stance)], fill=stance, link=link)


def _half(middle: tuple[float, float], radius: float, stance: str) -> list[tuple[float, float]]:
    x, y = middle
    turn = math.pi if stance == "promote" else 0
    arc = [turn + math.pi * step / _CORNERS for step in range(_CORNERS + 1)]
    outline = [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in arc]
    return [*outline, outline[0]]


def _label(
    point: _Point,
    middle: tuple[float, float],
    taken: list[_Room],
    edges: tuple[float, float],
) -> tuple[float, float, str, _Room] | None:
    """Where the name of a point has room: x, base line, alignment, the room; None if nowhere.

    The right is tried first, then the left, above, below, and askew.
    """
    (x, y), away = middle, point.size + 3
    askew, width = 0.7 * away, _LETTER * len(point.names[0])
    for left, base, align in (
        (x + away, y + 5, "left"),
        (x - away, y + 5, "right"),
        (x, y - away, "center"),
        (x, y + away + 10, "center"),
        (x + askew, y - askew, "left"),
        (x - askew, y - askew, "right"),
        (x + askew, y + askew + 10, "left"),
        (x - askew, y + askew + 10, "right"),
    ):
        start = left - {"left": 0, "center": width / 2, "right": width}[align]
        room = (start, base - _TALL + 2, start + width, base + 2)
        inside = room[0] >= MARGIN and room[2] <= WIDTH - MARGIN
        inside = inside and room[1] >= edges[0] and room[3] <= edges[1]
        if inside and not any(_meet(room, other) for other in taken):
            return left, base, align, room
    return None


def _meet(a: _Room, b: _Room) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _draw_key(sheet: Sheet, y: float) -> None:
    """What half discs mean, and how large they are."""
    for x, stance, words in ((20, "promote", "promoted"), (130, "restrict", "restricted")):
        sheet.path([_half((x, y + 9), _DOT * 2, stance)], fill=stance)
        sheet.text(x + 14, y + 12, words, size=SMALL, colour="muted")
    x = 250.0
    for number in (1, 5, 20):
        radius = _DOT * math.sqrt(number)
        sheet.path([_half((x, y + 14), radius, "promote")], fill="article")
        sheet.text(x + radius + 4, y + 14, f"{number}", size=SMALL, colour="muted")
        x += 2 * radius + 34
    for line, words in enumerate(
        ("A point is a city; a province stands at its capital.", "Coordinates: GeoNames, CC BY.")
    ):
        sheet.text(MARGIN, y + 38 + 18 * line, words, size=SMALL, colour="muted")
