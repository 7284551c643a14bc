"""The title, the article below it, its headings and what sums it up."""

import re
from bisect import bisect_left
from itertools import pairwise

from helpers.zones.furniture import mark_links, mark_tail
from helpers.zones.lines import BULLET, LONGEST_HEADING, MARKED_HEADING, Line, article
from helpers.zones.rules import rules

_LONGEST_LABEL = 8  # words of a heading that ends in a colon
_LONGEST_SUBHEADING = 18  # words, unless Most of Them Have Capitals
_LONGEST_STANDFIRST = 45  # words
_MOST_KEYPOINTS = 12  # more bullets are the article itself
# 'Why a bank wants coins.': such a line is a heading, although it has a full stop.
_ASKING = re.compile(r"(?:why|how|what|where) (?!\w+ (?:is|are|was|were)\b)")
_LONGEST_ASKING = 10  # words
# In an interview who asks and who answers.
_SPEAKER = re.compile(r"(?:[QA]|Question|Answer)\s*[:：]\s")
_LABEL = re.compile(r"[*_]*([\w;' ]{3,20})[:：]")  # 'In short: …'
_SIGNED = ("byline", "dateline", "name by a date")

_OTHERS = ("byline", "dateline", "name by a date", "credit", "navigation")
_MENUS = ("list of words", "navigation", "section", "menu", "account")
_SHORTEST_TITLE = 3  # words, where there is a longer one than the name of a section
_SHORTEST_CHROME = 3  # lines of menus above an article
_LEAST_FOOT = 6  # lines of furniture below the article that are the foot of a page


def mark_article(lines: list[Line]) -> None:
    """The title, and what stands above it and below the article."""
    first, last = article(lines)
    if first is None:
        return
    title = _title(lines, first)
    if title is not None:
        for line in lines[:title]:
            if not line.zone:
                line.become("furniture", "above the title")
        lines[title].become("headline", "title")
        _mark_standfirst(lines, title, first)
    mark_tail(lines[title or 0 :])
    mark_links(lines, first, last)
    _mark_foot(lines, last)


def _title(lines: list[Line], first: int) -> int | None:
    """The line above the article that is its title: the first that could be one.

    Where a menu stands above that or right below it, what it heads is the page. The title is then
    the last line that an author or a date follows, else the first below the menu.
    """
    candidates = [i for i in range(first) if _is_title(lines, i)]
    if not candidates:
        return None
    menu = _menu(lines, candidates[0], first)
    if not menu:
        return candidates[0]
    signed = [i for i in candidates if any(line.rule in _SIGNED for line in lines[i + 1 : i + 3])]
    below = [i for i in candidates if i > menu]
    if not signed:
        return (below or candidates[-1:])[0]
    last = next((i for i in reversed(signed) if lines[i].words >= _SHORTEST_TITLE), signed[-1])
    # Of two lines above the author the second sums up; more of them are links.
    summed = last - 1 in candidates and last - 2 not in candidates
    return last - 1 if summed else last


def _is_title(lines: list[Line], i: int) -> bool:
    line = lines[i]
    return not line.zone and _could_head(line) and (not line.prose or line.text.endswith("?"))


def _menu(lines: list[Line], candidate: int, first: int) -> int:
    """The last line of the menus above the article, or 0 where a candidate stands clear of any."""
    inside = [i for i in range(first) if lines[i].rule in _MENUS]
    if len(inside) < _SHORTEST_CHROME:
        return 0
    below = next((line for line in lines[candidate + 1 :] if line.zone), lines[candidate])
    return inside[-1] if inside[0] < candidate or below.rule in _MENUS else 0


def _mark_standfirst(lines: list[Line], title: int, first: int) -> None:
    """What stands between title and author, or below the title where blank lines part the rest."""
    signed = next((i for i in range(title + 1, first + 3) if _rule(lines, i) in _SIGNED), None)
    above = lines[title + 1 : signed] if signed else []
    if not 0 < len(above) <= 2 or not all(map(_is_standfirst, above)):
        above = lines[title + 1 : title + 2]
        below = lines[title + 2] if title + 2 < len(lines) else None
        apart = below is not None and (below.gap or below.zone == "furniture")
        if not (above and apart and above[0].gap == 0 and _is_standfirst(above[0])):
            return
        if not any(line.gap for line in lines[title + 2 :]):
            return
    for line in above:
        line.become("keypoint", "standfirst")


def _rule(lines: list[Line], i: int) -> str:
    return lines[i].rule if i < len(lines) else ""


def _is_standfirst(line: Line) -> bool:
    return not line.zone and line.words <= _LONGEST_STANDFIRST and not line.bullet


def _mark_foot(lines: list[Line], last: int) -> None:
    """Below the article, from its first furniture on, where it is the foot of a page."""
    below = lines[last + 1 :]
    if sum(line.zone == "furniture" for line in below) < _LEAST_FOOT:
        return
    foot = False
    for line in below:
        foot = foot or line.zone == "furniture"
        if foot and not line.zone:
            line.become("furniture", "below the article")


def mark_headlines(lines: list[Line]) -> None:
    """The first line that could be one, and every heading between paragraphs."""
    rest = [line for line in lines if not line.zone or line.rule == "title"]
    title = next((line.bare for line in lines if line.rule == "title"), "")
    below = dict(pairwise(lines))
    written = False
    for i, line in enumerate(rest):
        following = rest[i + 1] if i + 1 < len(rest) else None
        if line.zone:
            continue
        if line.words > LONGEST_HEADING:
            title, written = title or line.bare, True
            continue
        if title and line.bare == title:
            line.become("furniture", "repeats the title")
        elif MARKED_HEADING.match(line.text):
            line.become("headline", "marked as a heading")
        elif written and _is_of_other(line, below.get(line)):
            line.become("furniture", "heading of something else")
        elif following is None and written and _could_head(line) and not line.prose:
            line.become("furniture", "a heading of nothing")
        elif not _is_listed(rest, i) and _is_heading(line, following):
            line.become("headline", "heading" if title else "first line, no full stop")
        title, written = title or line.bare, written or line.prose


def _is_listed(rest: list[Line], i: int) -> bool:
    """Whether a line is an item of a list with numbers: another one stands right by it."""
    beside = rest[max(0, i - 1) : i] + rest[i + 1 : i + 2]
    return _is_numbered(rest[i]) and any(map(_is_numbered, beside))


def _is_numbered(line: Line) -> bool:
    return line.bullet and line.text[0] in "(0123456789"


def _is_of_other(line: Line, below: Line | None) -> bool:
    """A caption, or the title of another article: who made it, or when, stands right below."""
    signed = below is not None and below.rule in _OTHERS
    return signed and not line.prose and _could_head(line)


def mark_players(lines: list[Line]) -> None:
    """The title of a film: a line with a button below it that plays it."""
    for line, below in pairwise(lines):
        if below.rule == "player" and not line.zone and line.words <= LONGEST_HEADING:
            line.become("furniture", "title of a film")


def _is_heading(line: Line, following: Line | None) -> bool:
    if following is None or not _could_head(line):
        return False
    if line.words > _LONGEST_SUBHEADING and not _is_titled(line):
        return False  # a sentence that lacks its full stop
    # A wrapped line goes on in small letters.
    return not following.text[0].islower()


def _is_titled(line: Line) -> bool:
    """Capitals in Most Words."""
    words = [word for word in line.text.split() if len(word) > 3]
    return sum(not word[0].islower() for word in words) > 0.7 * len(words)


def _could_head(line: Line) -> bool:
    """Whether a line by itself could be a heading."""
    text = line.text
    if _ASKING.match(line.low) and line.words <= _LONGEST_ASKING and text.endswith("."):
        return True
    if line.words > LONGEST_HEADING or not any(map(str.isalnum, text)) or _SPEAKER.match(text):
        return False
    if (BULLET.match(text) and not text[0].isdigit()) or "http" in text:
        return False
    label = text.endswith(":") and line.words <= _LONGEST_LABEL and "," not in text
    if (line.stops and not label and not text.endswith("?")) or text.endswith((",", "-", "–")):
        return False
    # A quotation stands in its marks; a heading does not.
    quoted = text[0] in '"“' and text.rstrip("*_ ")[-1] in '"“”'
    return not (text[0].islower() or quoted)


def mark_keypoints(lines: list[Line]) -> None:
    """Summaries: the bullets above the article or below a heading such as 'Highlights'."""
    rest = [line for line in lines if line.zone not in ("headline", "furniture")]
    for heading in [line for line in lines if line.zone == "headline"]:
        if heading.bare in rules().summaries:
            _mark_summary(rest, bisect_left(rest, heading.start, key=lambda line: line.start))
    label = _LABEL.match(rest[0].low) if rest else None
    if label and label[1] in rules().summaries:
        rest[0].become("keypoint", "summary on one line")
    first = next((i for i, line in enumerate(rest) if line.bullet), None)
    if first is None or first > 1:
        return
    above = [line for line in lines if line.zone == "headline" and line.start < rest[first].start]
    if len(above) <= 1 or above[-1].bare in rules().summaries:  # else a list of the article's own
        _mark_summary(rest, first)


def _mark_summary(rest: list[Line], first: int) -> None:
    """The bullets from a line on, and a standfirst above them."""
    last = first
    while (
        last <= first + _MOST_KEYPOINTS
        and last < len(rest)
        and rest[last].zone in ("", "keypoint")
        and rest[last].bullet
    ):
        last += 1
    if 0 < last - first <= _MOST_KEYPOINTS and not rest[first].text.startswith(">"):
        for line in rest[first:last]:
            line.become("keypoint", "bullet above the article")
        for line in rest[:first] if first <= 1 else ():
            line.become("keypoint", "standfirst above the bullets")
