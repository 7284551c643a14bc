"""A notebook's stored outputs on its page: the MIME renderer that MyST-NB asks first."""

import re
from html import escape
from pathlib import Path
from typing import ClassVar

import nbformat
from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx

from helpers.findings import FINDING
from helpers.site.clean import clean_html, markdown_to_html
from helpers.site.figure import FigureError, figure_to_html
from helpers.site.links import BrokenLinkError, Links, Place
from helpers.site.material import Material
from helpers.site.questions import finding_anchor

_LEFT_TO_MYST = {"text/plain", "image/png", "image/jpeg"}
_ANCHOR = "ban_and_build_anchor"  # where an output's metadata tell the id that it gets
# Where a cell or a row ends is plain without being told.
_PLAIN_ENDS = re.compile(r"</t[dhr]>\n?")
_LONG = 12  # rows of a table; a longer one is folded


class Outputs:
    """Renders findings and tables as clean HTML, and figures as SVG within the page.

    MyST-NB finds it by the entry point `myst_nb.mime_renderers`. What else an output holds
    (scripts, widgets, a finding's JSON) is not shown. A link that leads nowhere and a figure that
    cannot be read are warnings, and warnings fail the build.
    """

    mime_priority_overrides: ClassVar = ()
    material: ClassVar[Material]  # set before the first page is read

    @classmethod
    def handle_mime(
        cls, renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """The nodes for one output, or None to leave it to MyST-NB."""
        if data.mime_type in _LEFT_TO_MYST:
            return None
        output = _Output(cls.material.links, renderer, data)
        show = {
            "image/svg+xml": output.figure,
            "text/html": output.html,
            "text/markdown": output.markdown,
        }.get(data.mime_type)
        return [nodes.raw(text=show(), format="html")] if show else []


class _Output:
    def __init__(self, links: Links, renderer: NbElementRenderer, data: MimeData):
        self.links, self.renderer, self.data = links, renderer, data

    def html(self) -> str:
        html = clean_html(self.data.string, self._href)
        # Evidence, which has an address, is read row by row on narrow screens.
        kind = "scroll stacked" if '<table id="' in html else "scroll"
        # What is wider than the page scrolls by itself, and by keys as well.
        html = f'<div class="{kind}" role="group" aria-label="Table" tabindex="0">{html}</div>'
        html = _PLAIN_ENDS.sub("", html)
        rows = html.count("<tr") - html.count("<thead")
        if rows <= _LONG:
            return html
        return f"<details><summary>The table, of {rows} rows</summary>{html}</details>"

    def markdown(self) -> str:
        html = markdown_to_html(self.data.string, self._href)
        anchor = escape(self.data.output_metadata.get(_ANCHOR, ""))
        return f'<div class="finding" id="{anchor}">{html}</div>' if anchor else html

    def figure(self) -> str:
        try:
            return figure_to_html(self.data.string, self._lead)
        except FigureError as error:
            self._warn(str(error))
            return ""

    def _href(self, href: str) -> str | None:
        place = self._lead(href)
        return place and place.href

    def _lead(self, href: str) -> Place | None:
        try:
            return self.links.resolve(href)
        except BrokenLinkError as error:
            self._warn(str(error))
            return None

    def _warn(self, message: str) -> None:
        cell = (self.data.cell_index or 0) + 1
        self.renderer.logger.warning(f"cell {cell}: {message}", line=self.data.line)


def prepare_notebook(app: Sphinx, page: str, content: list[str]) -> None:
    """Ready a notebook as it is read: what it says comes first, how is one click away.

    MyST-NB folds the code of cells that are tagged 'hide-input', which nobody should have to do by
    hand, and shows one form of an output without the others, so that a finding's id, which stands
    in its JSON form, is told to its Markdown form, to be its address.
    """
    if Path(app.env.doc2path(page)).suffix == ".ipynb":
        book = nbformat.reads(content[0], as_version=4)
        for cell in book.cells:
            cell.metadata.setdefault("tags", []).append("hide-input")
            for output in cell.get("outputs", []):
                if FINDING in output.get("data", {}):
                    output.metadata[_ANCHOR] = finding_anchor(output.data[FINDING]["id"])
        content[0] = nbformat.writes(book)
