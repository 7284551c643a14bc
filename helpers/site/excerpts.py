"""What search shows of a page that it found: its passages, each with its place on the page.

Sphinx would fetch the page itself, which a page from a folder may not do. A script it may load:
so each page has one with its passages, and `found.js` loads those of the pages that were found.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from helpers.site.material import Material
from helpers.site.passages import records, rows
from helpers.words import named, visible

_FOLDER = "excerpts"
_RECORD = "record"  # the page of that name
# Of what is cut into smaller passages, only these.
_PASSAGES = (nodes.paragraph, nodes.row)


class Excerpts:
    """The excerpts of a site's pages; `material` is what the pages are made from."""

    def __init__(self, material: Material):
        self._material = material

    def write(
        self,
        app: Sphinx,
        page: str,
        template: str,
        context: dict[str, Any],
        tree: nodes.document | None,
    ) -> None:
        """Write a page's passages beside it: the id of each, and its words."""
        passages = [(id, visible(words)) for id, words in self._passages(page, tree)]
        if passages:
            path = Path(app.outdir) / _FOLDER / f"{page}.js"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                f"tell({json.dumps(page)}, {json.dumps(passages, ensure_ascii=False)})\n",
                encoding="utf-8",
            )

    def _passages(self, page: str, tree: nodes.document | None) -> Iterator[tuple[str, str]]:
        links = self._material.links
        for source, address in links.pages.items():
            if address == page:
                for row in rows(links.corpus.sentences, source):
                    yield f"s{row['sentence']}", row["exact"]
        if page == _RECORD:
            yield from self._rows()
        for question in self._material.questions:
            if question.page == page:
                yield from ((said.anchor, said.sentence) for said in question.findings)
        if tree:
            yield from _written(tree)

    def _rows(self) -> Iterator[tuple[str, str]]:
        record = self._material.links.record
        for event in records(record.events):
            yield event["event"], f"{event['title']}. {event['summary']}"
        for row in records(record.series):
            series = named(row["series"])
            yield row["series_id"], f"{series}, {row['date']}: {row['value']:,.10g} {row['unit']}"
        for check in records(record.checks):
            yield check["check"], f"{check['statement']}: {check['verdict']}. {check['finding']}"


def _written(tree: nodes.document) -> Iterator[tuple[str, str]]:
    """The paragraphs of a page, and the rows of its tables, each with the id of its section."""
    for passage in tree.findall(lambda node: isinstance(node, _PASSAGES)):
        section = _above(passage, nodes.section)
        inside = isinstance(passage, nodes.paragraph) and _above(passage, nodes.row)
        if section and not inside:
            yield section["ids"][0], _words(passage)


def _words(passage: nodes.Element) -> str:
    """What a paragraph says, or the cells of a row; HTML in it is left out."""
    if isinstance(passage, nodes.row):
        return " · ".join(filter(None, map(_words, passage.findall(nodes.paragraph))))
    leaves = passage.findall(nodes.Text)
    return "".join(leaf for leaf in leaves if not isinstance(leaf.parent, nodes.raw)).strip()


def _above(node: nodes.Node, kind: type[nodes.Element]) -> nodes.Element | None:
    """The nearest element of a kind that a node stands in."""
    while node := node.parent:
        if isinstance(node, kind):
            return node
    return None
