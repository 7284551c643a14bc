"""What pages add to articles: menus, shares, tags, links to other pages, what stands around."""

import re
from itertools import groupby, pairwise

from helpers.zones.lines import LONGEST_HEADING, Line
from helpers.zones.rules import rules

_MENU = re.compile(r"\s[|·•»›→>]️?\s*|️\s|\t+| {3,}")
_PARTED = re.compile("[|·•»›→>\t\ufe0f]|   ")  # without one of these no line is such a menu
_SENTENCE_END = re.compile(r"[a-z0-9][.!?]\s+[A-Z]")
_KEY = re.compile(r"([a-z][\w-]*):(?:\s+|$)")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]+\s?){2,3}$")
_ABOUT = re.compile(r"about (?:the )?([\w.&'-]{3,}).*")
_INITIALS = re.compile(r"\b[A-Z]{3,}\b")  # of no person's name
_SIGNS = ("byline", "dateline", "share", "navigation")  # what stands by an author's name

_DASHES = "--"

_LONGEST_ITEM = 4  # words of an entry in a menu or a list of tags
_SHORTEST_MENU = 4  # such entries, one below the other
_SHORTEST_LINKS = 4  # headings without a text, one below the other
_NAMED_WITHIN = 60  # characters in which who is presented is named
_SHORTEST_ARTICLE = 40  # words of prose above what presents a company
_LONGEST_BOILERPLATE = 16  # lines at the end of a page
_NEAR = 12  # lines among which the next link is looked for
_LONGEST_TELLING = 45  # words of a paragraph that tells of a link
_LONGEST_ENTRY = 6  # words of an entry in a menu on one line


def mark_front_matter(lines: list[Line]) -> None:
    """The head of a page's source: keys and values between two lines of dashes."""
    end = next((i for i, line in enumerate(lines) if i and line.text == "---"), 0)
    if not end or lines[0].text != "---":
        return
    zone = "furniture"
    for line in lines[: end + 1]:
        if match := _KEY.match(line.text):
            zone = rules().keys.get(match[1], "furniture")
            zone = zone if match.end() < len(line.text) else "furniture"
        elif line.bullet or line.text == "---":
            zone = "furniture"
        line.become(zone, "front matter")


def mark_furniture(lines: list[Line], low: str) -> None:
    """The lines that are furniture whatever stands around them, of a text in small letters."""
    furniture = rules().furniture
    within, parted = furniture.within(low), _PARTED.search(low)
    for line in lines:
        if line.zone:
            continue
        if rule := furniture.rule(line, within):
            line.become("furniture", rule)
        elif parted and _is_menu(line):
            line.become("furniture", "menu")
    _reopen_sections(lines)
    _mark_signatures(lines)


def _mark_signatures(lines: list[Line]) -> None:
    """What stands right below two dashes: the signature under a letter or a post."""
    for above, line in pairwise(lines):
        if above.text == _DASHES and not line.gap and not line.zone and not line.prose:
            line.become("furniture", "signature")


def _is_menu(line: Line) -> bool:
    """Short items set apart by bars, dots or wide gaps, and no sentence among them."""
    if not _PARTED.search(line.text):
        return False
    items = [item.split() for item in _MENU.split(line.text) if item.strip()]
    longest = max(map(len, items), default=0)
    few = len(items) >= 3 and longest <= _LONGEST_ENTRY
    return few and not _SENTENCE_END.search(line.text)


def _reopen_sections(lines: list[Line]) -> None:
    """'Markets' between two paragraphs is a heading, and beside other furniture part of a menu."""
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line.rule == "section" and _is_text(before) and _is_text(after):
            line.become("", "")


def _is_text(line: Line | None) -> bool:
    return line is not None and not line.zone and (line.prose or line.bullet)


def mark_boilerplate(lines: list[Line]) -> None:
    """'About X' below an article, and behind it the paragraph that presents X: up to the end."""
    begin = max(len(lines) - _LONGEST_BOILERPLATE, 0)
    for i, (line, behind) in enumerate(pairwise(lines[begin:]), begin):
        about = line.words <= _LONGEST_ENTRY and not line.prose and _ABOUT.fullmatch(line.bare)
        if not (about and behind.prose and about[1] in behind.low[:_NAMED_WITHIN]):
            continue
        told = sum(other.words for other in lines[:i] if other.prose and not other.zone)
        if told >= _SHORTEST_ARTICLE:
            _close(lines[i:], "boilerplate")
        return


def mark_names(lines: list[Line]) -> None:
    """An author's name below the title, where a date or the like stands by it."""
    titled = False
    for i, line in enumerate(lines):
        named = (
            titled and not line.zone and _NAME.match(line.text) and not _INITIALS.search(line.text)
        )
        if named and any(other.rule in _SIGNS for other in lines[i + 1 : i + 3]):
            line.become("furniture", "name by a date")
        titled = titled or (not line.zone and line.words > _LONGEST_ITEM)


def mark_lists(lines: list[Line]) -> None:
    """Menus and tags that stand one below the other."""
    for is_item, run in groupby(lines, key=_is_item):
        items = list(run)
        if is_item and (len(items) >= _SHORTEST_MENU or items[-1] is lines[-1]):
            _close(items, "list of words")


def mark_links(lines: list[Line], first: int, last: int) -> None:
    """Headings one below the other: links, or within the article a list of its own."""
    at = first
    for is_link, run in groupby(lines[first:], key=_is_link):
        links = list(run)
        at += len(links)
        if is_link and sum(not line.zone for line in links) >= _SHORTEST_LINKS:
            if at <= last:
                _close(links, "list in the article", "body")
            else:
                _close(links, "list of links")


def _close(lines: list[Line], rule: str, zone: str = "furniture") -> None:
    for line in lines:
        if not line.zone:
            line.become(zone, rule)


def _is_item(line: Line) -> bool:
    """A few words without a full stop, which the page may have added."""
    few = line.words <= _LONGEST_ITEM and not line.stops and not line.bullet
    return few and line.zone in ("", "furniture")


def _is_link(line: Line) -> bool:
    """What could be the heading of another page; furniture does not part two of them."""
    if line.zone:
        return line.zone == "furniture" and not line.prose
    asked = line.text.endswith("?")
    if line.bullet or line.words > LONGEST_HEADING or line.text[0].islower():
        return False
    return asked or not (line.stops or line.prose)


def mark_tail(lines: list[Line]) -> None:
    """Links to other pages behind 'Related' and its like, until the article goes on."""
    opens, tail, told = rules().tail, False, False
    for i, line in enumerate(lines):
        if line.zone in ("", "furniture") and opens(line):
            line.become("furniture", "opens a list of links")
            tail, told = True, False
        elif tail and not line.zone:
            if not (line.prose and line.stops):
                line.become("furniture", "link below 'Related'")
            elif _tells_of_link(line, lines[i + 1 : i + 1 + _NEAR], told):
                line.become("furniture", "told of a link below 'Related'")
                told = True
            else:
                tail = False


def _tells_of_link(line: Line, below: list[Line], told: bool) -> bool:
    """Whether a paragraph only tells what is behind a link: another link follows at once."""
    after = next((other for other in below if not other.zone), None)
    if after is None:
        return told
    return line.words <= _LONGEST_TELLING and after.words > _LONGEST_ITEM and _is_link(after)
