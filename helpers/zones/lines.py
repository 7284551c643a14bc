"""The lines of a text, and what can be seen of each by itself."""

import re
from dataclasses import dataclass

from helpers.letters import lowered

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# White space, all of which stands before U+3001, and two marks that nobody sees.
_BLANK = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff\u200b"
_SENTENCE = re.compile(r"[a-z0-9%)”\"’]{2}[.!?]['\"”’)]*\s+['\"“‘(]?[A-Z]")
_CLOSERS = "'\"”’)]*_"
_STOPS = (".", "!", "?", "…", ":", ";")

BULLET = re.compile(r"(?:[-–—•▪●◦‣·*+>]|\(?\d{1,2}[.)])\s+(?=\S)")
MARKED_HEADING = re.compile(r"#{1,6}\s+\S|\*\*[^*]{2,120}\*\*$")

LONGEST_HEADING = 24  # words
_SHORTEST_PROSE = 12  # words

# What a line adds to the article that it would lie in: prose its words, up to so many; furniture
# and links take from it. So the article is the stretch of a page with the most prose in it.
_MOST = 60
_FURNITURE, _LINK = -6, -3


@dataclass(slots=True, eq=False)
class Line:
    """One line that is not blank, without the white space around it."""

    start: int
    text: str
    low: str  # in small letters
    number: int  # as an editor counts, from 1
    gap: int  # blank lines above it
    words: int
    stops: bool  # whether it ends as a sentence does
    prose: bool  # whether it is a sentence or more of running text
    zone: str = ""
    rule: str = ""

    def become(self, zone: str, rule: str) -> None:
        self.zone, self.rule = zone, rule

    @property
    def bullet(self) -> bool:
        return not self.text[0].isalpha() and bool(BULLET.match(self.text))

    @property
    def bare(self) -> str:
        """The line as the lists of whole lines have it."""
        return self.low.strip(" \t#*_-–—•·|:>.…!→»›▾▼[]()<").replace("’", "'")


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank, in their order."""
    small, lines, number, seen = lowered(text), [], 1, 0
    for match in _LINE.finditer(text):
        found = match[0]
        exact = found.strip(_BLANK)
        if not exact:
            continue
        start = match.start() + len(found) - len(found.lstrip(_BLANK))
        breaks = text.count("\n", seen, start)
        number, seen = number + breaks, start
        low = small[start : start + len(exact)]
        words, stops = len(exact.split()), exact.rstrip(_CLOSERS).endswith(_STOPS)
        prose = words >= LONGEST_HEADING or (stops and words >= _SHORTEST_PROSE)
        prose = prose or bool(_SENTENCE.search(exact))
        lines.append(Line(start, exact, low, number, max(breaks - 1, 0), words, stops, prose))
    return lines


def short(line: Line) -> bool:
    """Shorter than a sentence of running text is."""
    return line.words < _SHORTEST_PROSE


def article(lines: list[Line]) -> tuple[int | None, int]:
    """The first and the last line of the stretch with the most prose."""
    best, total, start = (0, None, 0), 0, 0
    for i, line in enumerate(lines):
        if total <= 0:
            total, start = 0, i
        total += _weight(line)
        if total > best[0]:
            best = total, start, i
    if best[1] is None:
        return None, 0
    return next(i for i in range(best[1], len(lines)) if lines[i].prose), best[2]


def _weight(line: Line) -> int:
    if line.zone == "comment":
        return -_MOST
    if line.zone == "furniture":
        return 0 if line.rule == "ticker" else _FURNITURE  # articles have tables of figures
    if line.prose:
        return min(line.words, _MOST)
    return 0 if line.bullet else _LINK


def most_prose(lines: list[Line]) -> list[int]:
    """Of the lines up to each one, how much the stretch with the most prose has."""
    best = total = 0
    found = []
    for line in lines:
        total = max(total + _weight(line), 0)
        best = max(best, total)
        found.append(best)
    return found
