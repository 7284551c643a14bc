"""What every notebook must hold to, beyond what running it anew can show.

Strict nbval compares the stored outputs with fresh ones; each function here closes one way in which
that comparison could pass and mean nothing. It takes a notebook and its file name, and returns its
complaints, one string each, or none.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from nbformat import NotebookNode

from helpers import collection
from helpers.findings import FINDING

SEEDS = Path(__file__).parent.parent / "seeds"
MOST_LINES = 60

# Tags and comments that make nbval look away, from its documentation:
# https://nbval.readthedocs.io
_LOOK_AWAY = re.compile(
    r"(?:nbval|pytest_validate)[-_](?:ignore|skip|raises|check)|raises-exception", re.IGNORECASE
)
# What nbval leaves out of its comparison.
_NOT_COMPARED = ("image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json")
# A path that holds on one machine only: two names from the root, a home, a drive, a file address.
_ABSOLUTE_PATH = re.compile(
    r"(?<![\w.:/<~-])/[A-Za-z][\w.-]*/[\w.-]+|(?<!\w)~/\w|\b[A-Za-z]:\\\w|file:/"
)
_NUMBER = re.compile(
    r"\b(?:ten(?:th)?|eleven(?:th)?|twel(?:ve|fth)|(?:thir|four|fif|six|seven|eigh|nine)teen(?:th)?"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)"
    r"|(?:hundred|thousand|million|billion|trillion)(?:th)?|dozen)s?\b"
    # digits of any script; then raised, lowered, circled and Roman ones, and fractions
    r"|[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u2189\u2460-\u24ff]+",
    re.IGNORECASE,
)
# The one measure whose usual name has a number in it.
_MEASURE = re.compile(r"\bF1\b")
# What every notebook ends with: these words in its headings, in this order.
_DOUBTS = ("wrong", "change")
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def unexecuted(book: NotebookNode, name: str) -> list[str]:
    """Code cells that were not executed, or not from top to bottom: nbval compares none of them."""
    counts = [cell.execution_count for cell in _code(book)]
    return [
        f"code cell {place} has the execution count {count}; execute the notebook from its top"
        for place, count in enumerate(counts, 1)
        if count != place
    ]


def hidden(book: NotebookNode, name: str) -> list[str]:
    """Cells that nbval is told not to look at, and outputs that it never compares."""
    complaints = []
    for place, cell in enumerate(_code(book), 1):
        words = "\n".join([cell.source, *cell.metadata.get("tags", [])])
        complaints += [
            f"code cell {place} has {marker!r}, which hides it from the comparison"
            for marker in _LOOK_AWAY.findall(words)
        ]
        complaints += [
            f"code cell {place} shows {mime}, which is not compared; show SVG, HTML or Markdown"
            for output in cell.outputs
            for mime in output.get("data", {})
            if mime in _NOT_COMPARED
        ]
    return complaints


def failed(book: NotebookNode, name: str) -> list[str]:
    """Errors, and warnings or whatever else was printed to stderr."""
    return [
        f"code cell {place} ended in {output.get('ename', 'a message on stderr')}"
        for place, cell in enumerate(_code(book), 1)
        for output in cell.outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


def leaked(book: NotebookNode, name: str) -> list[str]:
    """Absolute paths in outputs: they tell of one machine, and lead nowhere on another."""
    return [
        f"code cell {place} shows the absolute path {path!r}"
        for place, cell in enumerate(_code(book), 1)
        for text in _strings(cell.outputs)
        for path in _ABSOLUTE_PATH.findall(text)
    ]


def stale(book: NotebookNode, name: str) -> list[str]:
    """A notebook older than the sources, the helpers or its own code."""
    if collection.stored_stamp(book) == collection.stamp(book, SEEDS):
        return []
    return [f"{name} is older than what it is computed from; run: make execute"]


def typed(book: NotebookNode, name: str) -> list[str]:
    """Numbers typed in Markdown, as digits or as words from ten up.

    Code spans and the targets of links are free. The notebook's title, and a link to a notebook,
    may repeat a number of that notebook's file name.
    """
    return [
        f"the Markdown says {number!r}, typed; let a finding compute it"
        for cell in book.cells
        if cell.cell_type == "markdown"
        for text, allowed in _prose(cell.source, name)
        for number in _NUMBER.findall(_MEASURE.sub("", text))
        if number not in re.findall(r"\d+", allowed)
    ]


def disordered(book: NotebookNode, name: str) -> list[str]:
    """Departures from the form: one question as the title, then the answer, computed."""
    headings = [(place, *heading) for place, heading in _headings(book)]
    titles = [text for _, tag, text in headings if tag == "h1"]
    parameters = [
        place
        for place, cell in enumerate(_code(book))
        if "parameters" in cell.metadata.get("tags", [])
    ]
    outputs = [output for cell in _code(book) for output in cell.outputs]
    complaints = []
    if len(titles) != 1 or headings[0][:2] != (0, "h1"):
        complaints.append(f"it has {len(titles)} headings of the first level; begin with the one")
    complaints += [
        f"the heading {text!r} is no question" for _, _, text in headings if not text.endswith("?")
    ]
    if (
        len(parameters) != 1
        or f'SEEDS = "{collection.SEEDS}"' not in _code(book)[parameters[0]].source
    ):
        complaints.append(f'tag one cell `parameters`, with SEEDS = "{collection.SEEDS}"')
    doubts = [word for _, _, text in headings for word in _DOUBTS if word in text]
    if tuple(doubts[-len(_DOUBTS) :]) != _DOUBTS:
        complaints.append("say at the end how it could be wrong, then what would change it")
    if not outputs or FINDING not in outputs[0].get("data", {}):
        complaints.append("the first output must be the answer, as findings")
    return complaints


def fixed(book: NotebookNode, name: str) -> list[str]:
    """Folders named outside the parameters: other sources could not take their place."""
    return [
        f"code cell {place} names {path}; make it a parameter, as SEEDS is"
        for place, cell in enumerate(_code(book), 1)
        if "parameters" not in cell.metadata.get("tags", [])
        for path in re.findall(r"""["']\.\./[^"']*["']""", cell.source)
    ]


def long(book: NotebookNode, name: str) -> list[str]:
    """Too much code: the work belongs into `helpers`."""
    lines = sum(bool(line.strip()) for cell in _code(book) for line in cell.source.splitlines())
    if lines <= MOST_LINES:
        return []
    return [f"{name} has {lines} lines of code; {MOST_LINES} is the most"]


GATES = (unexecuted, hidden, failed, leaked, stale, typed, disordered, fixed, long)


def _code(book: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def _strings(value: object) -> Iterator[str]:
    """All strings in nested outputs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner)
            yield from _strings(key)
    elif isinstance(value, list):
        yield "".join(item for item in value if isinstance(item, str))
        for inner in value:
            yield from () if isinstance(inner, str) else _strings(inner)


def _headings(book: NotebookNode) -> Iterator[tuple[int, tuple[str, str]]]:
    """All headings in Markdown cells: place of the cell, level as a tag, text."""
    for place, cell in enumerate(book.cells):
        if cell.cell_type == "markdown":
            tokens = _MARKDOWN.parse(cell.source)
            for opening, inline in pairwise(tokens):
                if opening.type == "heading_open":
                    yield place, (opening.tag, inline.content.strip())


def _prose(source: str, name: str) -> Iterator[tuple[str, str]]:
    """What a reader sees of a Markdown cell, without code: texts, each with the name of the
    notebook whose numbers it may repeat."""
    tokens = _MARKDOWN.parse(source)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "html_block":
            yield re.sub(r"<[^>]*>", " ", token.content), ""
        elif token.type == "fence" and token.info.startswith("{"):  # a box of text, on the site
            yield token.content, ""
        allowed = name if before is not None and before.tag == "h1" else ""
        link = ""
        for child in token.children or []:
            if child.type == "link_open":
                link = child.attrs["href"].partition("#")[0].rpartition("/")[2]
                yield child.attrs.get("title", ""), ""
            elif child.type == "link_close":
                link = ""
            elif child.type == "image":
                yield f"{child.content} {child.attrs.get('title', '')}", ""
            elif child.type == "text":
                yield child.content, link if link.endswith(".ipynb") else allowed
