"""Pages made from the tables: one for each source, and parts of the pages written by hand.

All of it is HTML from templates in `notebooks/_templates/`, where everything that comes from a
source or the record is escaped unless a template says otherwise, and none does.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from docutils import nodes
from docutils.utils import new_document
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers.site.links import Links
from helpers.site.material import Material
from helpers.site.passages import Row, blocks, records, rows
from helpers.words import named, visible, when


class Part(SphinxDirective):
    """A part of a page written by hand, from the template of that name in `_templates/parts/`."""

    required_arguments = 1
    material: ClassVar[Material]  # set before the first page is read

    def run(self) -> list[nodes.Node]:
        template = _templates(self.material.templates).get_template(
            f"parts/{self.arguments[0]}.html"
        )
        return [nodes.raw(text=template.render(material=self.material), format="html")]


class SourcePages:
    """A page for each source, made from `material`."""

    def __init__(self, material: Material):
        self._material = material

    def collect(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Each page's name, what Sphinx is to frame, and the template of the frame.

        The words of the sources go into the search index.
        """
        links = self._material.links
        template = _templates(self._material.templates).get_template("source.html")
        for document in records(links.corpus.documents):
            source = document["source"]
            page = links.pages[source]
            title = f"[{source}] {document['title'] or document['file']}"
            found = self._material.notes.items()
            body = template.render(
                document=document,
                blocks=blocks(links.corpus, source),
                claims=rows(links.corpus.claims, source),
                notes={number: notes for (of, number), notes in found if of == source},
            )
            _make_searchable(app, page, title, rows(links.corpus.sentences, source))
            frame = {"title": escape(title), "body": body, **_neighbours(links, source)}
            yield page, frame, "page.html"


def _neighbours(links: Links, source: str) -> dict[str, dict[str, str]]:
    """The sources before and after, as Furo's links at the foot of a page want them."""
    sources = list(links.pages)
    at = sources.index(source)
    return {
        name: {
            "link": f"../{links.pages[sources[place]]}.html",
            "title": f"Source {escape(sources[place])}",
        }
        for name, place in (("prev", at - 1), ("next", at + 1))
        if 0 <= place < len(sources)
    }


def _make_searchable(app: Sphinx, page: str, title: str, sentences: list[Row]) -> None:
    document = new_document(page)
    heading = nodes.title(text=title)
    section = nodes.section("", heading, ids=["source"])
    section.extend(nodes.paragraph(text=sentence["exact"]) for sentence in sentences)
    document.append(section)
    app.builder.indexer.feed(page, f"{page}.html", title, document)
    # The index is cut down to the pages that the environment knows, each with its title.
    app.env.all_docs[page], app.env.titles[page] = 0, heading


def _templates(folder: Path) -> Environment:
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["when"] = _when
    templates.filters["visible"] = visible
    templates.filters["named"] = named
    templates.filters["records"] = records
    templates.filters["iso"] = lambda day: f"{day:%Y-%m-%d}" if day else ""
    templates.filters["web"] = _web
    return templates


def _web(url: str | None) -> str | None:
    """An address on the web as it is, and None for any other."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def _when(row: Row, prefix: str = "") -> str:
    """When something was, in words; nothing where the row does not say."""
    days = row[f"{prefix}earliest"], row[f"{prefix}latest"]
    return when(*days) if any(days) else ""
