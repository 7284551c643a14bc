"""What each line of a source is: headline, keypoint, body, comment or furniture.

Sources come as plain text, with no mark-up to go by. What tells the zones apart is how a line is
written (a phrase that pages add, a heading without a full stop, people talking to one another) and
where it stands (above the article, behind a line such as 'Related', across a wide gap).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from helpers.codebook import load_codebook
from helpers.tables import table

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_BULLET = re.compile(r"^(?:[-–—•▪●◦‣·*+>]|\(?\d{1,2}[.)])\s+(?=\S)")
_STOP = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_SENTENCE = re.compile(r"[a-z0-9%)”\"’]{2}[.!?]['\"”’)]*\s+['\"“‘(]?[A-Z]")
_MENU = re.compile(r"\s[|·•»›→]️?\s*|️\s|\t+| {3,}")
_MARKED_HEADING = re.compile(r"#{1,6}\s+\S|\*\*[^*]{2,120}\*\*$")

# A longer line is prose, whatever it opens with; so the patterns never meet one.
_LONGEST_FURNITURE = 400
_LONGEST_HEADING = 24  # words
_LONGEST_LABEL = 8  # words of a heading that ends in a colon
_LONGEST_ITEM = 4  # words of an entry in a menu or a list of tags
_SHORTEST_MENU = 4  # such entries, one below the other
_MOST_KEYPOINTS = 8  # more bullets are the article itself
_SHORTEST_PROSE = 12  # words


@dataclass(slots=True)
class _Line:
    """One line that is not blank, without the white space around it."""

    start: int
    text: str
    number: int  # as an editor counts, from 1
    gap: int  # blank lines above it
    words: list[str]
    zone: str = ""
    rule: str = ""

    def become(self, zone: str, rule: str) -> None:
        self.zone, self.rule = zone, rule

    @property
    def stops(self) -> bool:
        return bool(_STOP.search(self.text))

    @property
    def prose(self) -> bool:
        """A sentence or more of running text."""
        if len(self.words) >= _LONGEST_HEADING or _SENTENCE.search(self.text):
            return True
        return self.stops and len(self.words) >= _SHORTEST_PROSE


def zones(texts: Mapping[str, str]) -> pd.DataFrame:
    """The zone of every line of every text that is not blank.

    `texts` maps a source's id to its decoded text. Columns: source, start, end, exact (the line
    without the white space around it), line (counted from 1 as an editor does), zone, rule (what
    said so). Zones are those of the codebook; only headline, keypoint and body carry claims.
    """
    rows = []
    for source, text in texts.items():
        for line in _zoned(_lines(text)):
            end = line.start + len(line.text)
            rows.append((source, line.start, end, line.text, line.number, line.zone, line.rule))
    return table("zones", rows)


def _lines(text: str) -> list[_Line]:
    lines, number, seen = [], 1, 0
    for match in _LINE.finditer(text):
        exact = match.group().strip(" \t\xa0\u3000\ufeff\u200b")
        if not exact or exact.isspace():
            continue
        start = match.start() + match.group().index(exact)
        breaks = text.count("\n", seen, start)
        number, seen = number + breaks, start
        lines.append(_Line(start, exact, number, max(breaks - 1, 0), _WORD.findall(exact.lower())))
    return lines


def _zoned(lines: list[_Line]) -> list[_Line]:
    """The steps in their order: what is surest first, and what is left over is body."""
    _mark_furniture(lines)
    _mark_comments(lines)
    _mark_tail(lines)
    _mark_lists_of_words(lines)
    _mark_headlines(lines)
    _mark_keypoints(lines)
    for line in lines:
        if not line.zone:
            line.become("body", "running text")
    return lines


def _bare(text: str) -> str:
    """A line as the lists of whole lines have it."""
    return text.lower().strip(" \t#*_-–—•·|:>.…!→»›▾▼[]()").replace("’", "'")


@lru_cache(maxsize=1)
def _rules() -> "_Rules":
    return _Rules(load_codebook().zones)


class _Rules:
    """The codebook's zone rules, compiled."""

    def __init__(self, data: dict):
        self.lines = {line: f["rule"] for f in data["furniture"] for line in f.get("lines", ())}
        self.patterns = [
            (f["rule"], self._any(f["patterns"])) for f in data["furniture"] if "patterns" in f
        ]
        self.tail = set(data["tail"]["lines"]), self._any(data["tail"]["patterns"])
        self.comments = set(data["comments"]["lines"]), self._any(data["comments"]["patterns"])
        self.summaries = frozenset(data["keypoints"]["lines"])
        self.heads = self._any(data["comments"]["heads"])
        self.talk = frozenset(data["comments"]["talk"])

    @staticmethod
    def _any(patterns: list[str]) -> re.Pattern:
        return re.compile("|".join(patterns), re.IGNORECASE)

    def furniture(self, text: str) -> str | None:
        rule = self.lines.get(_bare(text))
        if rule or len(text) > _LONGEST_FURNITURE:
            return rule
        bare = _BULLET.sub("", text, count=1).strip("_* ") or text
        return next((rule for rule, pattern in self.patterns if pattern.match(bare)), None)

    @staticmethod
    def opens(line: _Line, opener: tuple[set[str], re.Pattern]) -> bool:
        lines, pattern = opener
        if len(line.text) > 100 or line.prose:
            return False
        return _bare(line.text) in lines or bool(pattern.match(line.text))


def _mark_furniture(lines: list[_Line]) -> None:
    rules = _rules()
    for line in lines:
        if rule := rules.furniture(line.text):
            line.become("furniture", rule)
        elif _is_menu(line):
            line.become("furniture", "menu")


def _is_menu(line: _Line) -> bool:
    """Short items set apart by bars, dots or wide gaps, and no sentence among them."""
    items = [item for item in _MENU.split(line.text) if item.strip()]
    longest = max((len(_WORD.findall(item)) for item in items), default=0)
    return len(items) >= 3 and longest <= 6 and not _SENTENCE.search(line.text)


def _mark_comments(lines: list[_Line]) -> None:
    """All below a line that opens the comments; else the talk that ends the page."""
    rules = _rules()
    first = next((i for i, line in enumerate(lines) if rules.opens(line, rules.comments)), None)
    # An article may follow a line such as '3 Comments' that belongs to its byline.
    if first is not None and any(line.prose and not line.zone for line in lines[:first]):
        lines[first].become("furniture", "opens the comments")
        _to_comments(lines[first + 1 :], "below the line that opens the comments")
    elif (first := _talk_from(lines)) is not None:
        _to_comments(lines[first:], "talk behind a wide gap")


def _to_comments(lines: list[_Line], rule: str) -> None:
    rules = _rules()
    for line in lines:
        if rules.heads.match(line.text) and not line.prose:
            line.become("furniture", "head of a reply")
        elif not line.zone:
            line.become("comment", rule)


def _talk_from(lines: list[_Line]) -> int | None:
    """Where the talk begins that runs to the page's end, if it does.

    The talk is set apart from the article by a gap wider than the article's own between two
    paragraphs; most of its paragraphs speak in the words of people who talk to one another.
    """
    open_lines = [i for i, line in enumerate(lines) if not line.zone]
    usual = sorted(lines[i].gap for i in open_lines[1:])
    if len(open_lines) < 4:
        return None
    for place, i in enumerate(open_lines):
        above = open_lines[:place]
        if lines[i].gap <= usual[(len(usual) - 1) // 2] and not _is_head(lines, i):
            continue
        if not any(lines[j].prose for j in above) or not _talks(lines[i]):
            continue
        rest = [lines[j] for j in open_lines[place:]]
        talking = sum(_talks(line) or len(line.words) < _SHORTEST_PROSE for line in rest)
        if talking >= 0.6 * len(rest) and not any(_talks(lines[j]) for j in above[-2:]):
            return i
    return None


def _is_head(lines: list[_Line], i: int) -> bool:
    return i > 0 and bool(_rules().heads.match(lines[i - 1].text)) and not lines[i - 1].prose


def _talks(line: _Line) -> bool:
    words = set(line.words)
    return bool(words & _rules().talk) or line.text.endswith(("…", "..."))


def _mark_tail(lines: list[_Line]) -> None:
    """Links to other pages: what has no full stop behind 'Related' and its like."""
    rules, tail = _rules(), False
    for line in lines:
        if rules.opens(line, rules.tail):
            line.become("furniture", "opens a list of links")
            tail = True
        elif tail and not line.zone:
            if line.prose and line.stops:
                tail = False
            else:
                line.become("furniture", "link below 'Related'")


def _mark_lists_of_words(lines: list[_Line]) -> None:
    """Menus and tags that stand one below the other, and the crumbs at the foot of a page."""
    run: list[_Line] = []
    for line in [*lines, None]:
        if line and _is_item(line):
            run.append(line)
            continue
        if len(run) >= _SHORTEST_MENU or line is None:
            for item in run:
                if not item.zone:
                    item.become("furniture", "list of words")
        run = []


def _is_item(line: _Line) -> bool:
    """A few words without a full stop, which the page may have added."""
    short = len(line.words) <= _LONGEST_ITEM and not line.stops and not _BULLET.match(line.text)
    return short and line.zone in ("", "furniture")


def _mark_headlines(lines: list[_Line]) -> None:
    """The first line that could be one, and every heading between paragraphs."""
    rest = [line for line in lines if not line.zone]
    title = ""
    for i, line in enumerate(rest):
        following = rest[i + 1] if i + 1 < len(rest) else None
        if title and _bare(line.text) == title:
            line.become("furniture", "repeats the title")
        elif _MARKED_HEADING.match(line.text) and len(line.words) <= _LONGEST_HEADING:
            line.become("headline", "marked as a heading")
        elif _is_heading(line, following):
            line.become("headline", "heading" if i else "first line, no full stop")
        title = title or _bare(line.text)


def _is_heading(line: _Line, following: _Line | None) -> bool:
    text = line.text
    if following is None or not line.words or len(line.words) > _LONGEST_HEADING:
        return False
    if (_BULLET.match(text) and not text[0].isdigit()) or "http" in text:
        return False
    label = text.endswith(":") and len(line.words) <= _LONGEST_LABEL
    if (line.stops and not label and not text.endswith("?")) or text.endswith((",", "-", "–")):
        return False
    # A wrapped line goes on in small letters, a quotation in its marks; a heading does neither.
    quoted = text[0] in '"“' and text.rstrip("*_ ")[-1] in '"“”'
    return not (text[0].islower() or following.text[0].islower() or quoted)


def _mark_keypoints(lines: list[_Line]) -> None:
    """The bullets above the article, and a standfirst between them and the title."""
    rest = [line for line in lines if line.zone not in ("headline", "furniture")]
    first = next((i for i, line in enumerate(rest) if _BULLET.match(line.text)), None)
    if first is None or first > 1:
        return
    above = [line for line in lines if line.zone == "headline" and line.start < rest[first].start]
    if len(above) > 1 and _bare(above[-1].text) not in _rules().summaries:
        return  # a list below a heading of the article
    last = first
    while last < len(rest) and not rest[last].zone and _BULLET.match(rest[last].text):
        last += 1
    if last - first <= _MOST_KEYPOINTS:
        for line in rest[first:last]:
            line.become("keypoint", "bullet above the article")
        for line in rest[:first]:
            line.become("keypoint", "standfirst above the bullets")
