"""What readers wrote under an article."""

from helpers.zones.lines import Line, most_prose, short
from helpers.zones.rules import rules

_LONGEST_HEAD = 80  # characters of the line that names who wrote a reply
_LEAST_ABOVE = 0.3  # times the prose below it, of the prose above a line that opens comments
_MOST_TALK = 0.6  # of the paragraphs below the article
_SHORTEST_THREAD = 3  # posts, each with a head
_ODD_NAME = ("…", "...")


def mark_comments(lines: list[Line]) -> None:
    """All below a line that opens the comments; else the talk that ends the page."""
    first = _opener(lines)
    if first is None and (reply := _reply(lines)) is not None:
        _to_comments(lines, reply, "below the first post of a thread")
    elif first is not None:
        lines[first].become("furniture", "opens the comments")
        _to_comments(lines, first + 1, "below the line that opens the comments")
    elif (first := _talk_from(lines)) is not None:
        _to_comments(lines, first, "talk behind a wide gap")


def _opener(lines: list[Line]) -> int | None:
    """The line that opens the comments: an article stands above it.

    '3 Comments' in the head of a page, above the article, opens none.
    """
    opens = rules().comments
    places = [i for i, line in enumerate(lines) if opens(line)]
    if not places:
        return None
    above, below = most_prose(lines), most_prose(lines[::-1])[::-1]
    for i in places:
        if above[i] and (above[i] >= _LEAST_ABOVE * below[i] or _is_headed(lines, i)):
            return i
    return None


def _reply(lines: list[Line]) -> int | None:
    """The head of the first reply in a thread: above the first post stands a head of its own."""
    heads = [i for i in range(len(lines)) if _is_head(lines, i) and _says_when(lines[i])]
    written = next((i for i, line in enumerate(lines) if line.prose), len(lines))
    if len(heads) < _SHORTEST_THREAD or heads[0] > written:
        return None
    lines[heads[0]].become("furniture", "head of a post")
    return heads[1]


def _says_when(line: Line) -> bool:
    return any(map(str.isdigit, line.text)) and not line.zone


def _is_headed(lines: list[Line], opener: int) -> bool:
    """Whether the head of a reply stands right below the line that opens the comments."""
    return any(_is_head(lines, i) for i in range(opener + 1, min(opener + 5, len(lines))))


def _to_comments(lines: list[Line], first: int, rule: str) -> None:
    """Comments from a line on, until a line closes them: then comes the foot of the page."""
    known, closed = rules(), False
    for i, line in enumerate(lines[first:], first):
        if _is_head(lines, i):
            line.become("furniture", "head of a reply")
            closed = False
        elif known.closing(line) or (known.tail(line) and not line.prose):
            line.become("furniture", "closes the comments")
            closed = True
        elif known.comments(line):
            line.become("furniture", "opens the comments")
        elif closed and not line.zone:
            line.become("furniture", "below the comments")
        elif not line.zone or (line.rule == "link" and not closed):
            line.become("comment", rule)


def _is_head(lines: list[Line], i: int) -> bool:
    """Who wrote a reply, and when: on one line, or on two."""
    known, line = rules(), lines[i]
    if line.prose or len(line.text) > _LONGEST_HEAD:
        return False
    if known.head.match(line.low) or known.dated.match(line.low):
        return True
    after = lines[i + 1] if i + 1 < len(lines) else None
    named = line.words <= 3 and (not line.stops or line.text.endswith(_ODD_NAME))
    return named and after is not None and bool(known.dated.match(after.low))


def _talk_from(lines: list[Line]) -> int | None:
    """Where the talk begins that runs to the page's end, if it does.

    The talk is set apart from the article by a gap wider than the article's own between two
    paragraphs; most of its paragraphs speak in the words of people who talk to one another.
    """
    places = [i for i, line in enumerate(lines) if not line.zone]
    if len(places) < 4:
        return None
    usual = sorted(lines[i].gap for i in places[1:])[(len(places) - 2) // 2]
    apart = [n for n, i in enumerate(places) if lines[i].gap > usual or _below_head(lines, i)]
    written = next((n for n, i in enumerate(places) if lines[i].prose), len(places))
    if not apart or apart[-1] <= written:
        return None
    talking = [_talks(lines[i]) for i in places]
    # From each place to the end: how many lines talk, or are too short to tell.
    rest = [0] * (len(places) + 1)
    for n in range(len(places) - 1, -1, -1):
        rest[n] = rest[n + 1] + (talking[n] or short(lines[places[n]]))
    for n in apart:
        begins = n > written and talking[n] and not any(talking[max(0, n - 2) : n])
        if begins and rest[n] >= _MOST_TALK * (len(places) - n):
            return places[n]
    return None


def _below_head(lines: list[Line], i: int) -> bool:
    above = lines[i - 1] if i else None
    if above is None or above.prose or len(above.text) > _LONGEST_HEAD:
        return False
    return bool(rules().head.match(above.low))


def _talks(line: Line) -> bool:
    if line.text.endswith(("…", "...")):
        return True
    words = {word.strip(".,!?:;()[]\"'“”‘’*_") for word in line.low.replace("’", "'").split()}
    return not rules().talk.isdisjoint(words)
