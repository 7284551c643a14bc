# ruff: noqa: E402
"""The paper that figures are drawn on: one SVG each, whose marks are links.

A figure is drawn by matplotlib on a sheet whose units are those of the SVG's view box, from the
top left. Its text stays text, so that it can be selected and read out, and is set in the reader's
own sans-serif; places are measured in DejaVu Sans, which comes with matplotlib and is wider than
most. Colours are attributes, not styles: so a page can replace them in the dark, and no content
security policy keeps them out.
"""

import io
import logging
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

# Where matplotlib is new to a machine, it first lists the fonts, and says so on stderr if that
# takes long, which is no part of what a notebook shows.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

from helpers.findings import Citation, Finding
from helpers.words import visible

WIDTH = 440  # units of the view box; on a phone, a unit is about three quarters of a pixel
_PIXELS = 560  # how wide a figure is where there is room
MARGIN = 8
TITLE, LABEL, SMALL = 16, 14, 13  # sizes of letters, in units

# Each colour on light paper and in the dark. Blue and vermilion are told apart by all kinds of
# sight (Okabe and Ito, Color Universal Design, 2008); here they are darkened, or lightened, until
# letters in them have the contrast of 4.5 that WCAG 2.2 asks for.
PALETTE = {
    "paper": ("#ffffff", "#131416"),
    "ink": ("#1f2328", "#e8eaed"),
    "muted": ("#59626c", "#a3abb5"),
    "line": ("#cfd5dc", "#3d444d"),
    "promote": ("#0b5cad", "#74b4f2"),
    "promote light": ("#c7dff5", "#2c618f"),
    "restrict": ("#a83a08", "#f39a6b"),
    "restrict light": ("#f7d5c4", "#8d4b2d"),
    "article": ("#7b8794", "#8b97a4"),
    "aside": ("#8250b0", "#c39ae6"),
}

_QUIET_WORDS = 70  # characters of a quotation in the tooltip of a quiet mark
_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?\d+\.\d+")
_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "ban-and-build"}
_LETTERS = {"family": "DejaVu Sans", "parse_math": False}


@dataclass(frozen=True)
class Figure:
    """A figure with the finding that it shows; displayed, it is the SVG and under it the finding.

    The finding's sentence is the figure's alternative text as well.
    """

    title: str
    svg: str
    caption: Finding

    def _ipython_display_(self) -> None:
        from IPython.display import display  # only where there is a notebook to show it in

        words = f"{self.title}: {self.caption.sentence}"
        display({"image/svg+xml": self.svg, "text/plain": words}, raw=True)
        display(self.caption)


def dark_stylesheet(selector: str) -> str:
    """CSS that gives the figures under `selector` their dark colours."""
    return "\n".join(
        f'{selector} svg.figure [{attribute}="{light}"] {{ {attribute}: {dark}; }}'
        for light, dark in PALETTE.values()
        for attribute in ("fill", "stroke")
    )


@dataclass(frozen=True)
class Link:
    """What a mark leads to, and what is said of it. Quiet marks are no stops of the keyboard."""

    href: str
    words: str
    quiet: bool = False

    @classmethod
    def to(cls, citation: Citation, quiet: bool = False) -> "Link":
        """The link of a citation; with fewer words where it is quiet."""
        words = textwrap.shorten(
            citation.quotation, _QUIET_WORDS if quiet else 200, placeholder="…"
        )
        return cls(citation.href, f"[{citation.label}] {words}", quiet)


class Sheet:
    """Paper to draw on: places and sizes in units, from the top left."""

    def __init__(self, height: float):
        self.height = height
        self._canvas = Canvas(figsize=(WIDTH / 72, height / 72), dpi=72, frameon=False)
        self._from_top_left = Affine2D().scale(1, -1).translate(0, height)
        self._links: dict[str, Link] = {}
        self._linked: Link | None = None  # what the last shape drawn leads to
        self._drawn = 0
        self.box(0, 0, WIDTH, height, fill="paper")

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle; `look` is as for `path`."""
        right, bottom = x + width, y + height
        self.path([[(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]], **look)

    def line(self, *points: tuple[float, float], edge: str = "line", thick: float = 1) -> None:
        """A line through points."""
        self.path([points], edge=edge, thick=thick)

    def path(
        self,
        strokes: Sequence[Sequence[tuple[float, float]]],
        *,
        fill: str | None = None,
        edge: str | None = None,
        thick: float = 1,
        link: Link | None = None,
    ) -> None:
        """Strokes of points, filled and edged in colours of the palette.

        What is drawn with one and the same link, one after the other, is one mark.
        """
        codes = [c for s in strokes for c in (Outline.MOVETO, *[Outline.LINETO] * (len(s) - 1))]
        outline = Outline([point for stroke in strokes for point in stroke], codes)
        look = {"facecolor": _colour(fill), "edgecolor": _colour(edge), "linewidth": thick}
        patch = PathPatch(outline, transform=self._from_top_left, **look)
        self._add(self._canvas.add_artist(patch), link)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = LABEL,
        colour: str = "ink",
        align: str = "left",
        bold: bool = False,
        link: Link | None = None,
    ) -> None:
        """Words on the base line `y`, that begin, end or have their middle at `x`."""
        look = {"fontsize": size, "color": _colour(colour), "horizontalalignment": align}
        weight = "bold" if bold else "normal"
        look |= _LETTERS | {"fontweight": weight, "transform": self._from_top_left}
        self._add(self._canvas.text(x, y, visible(words), **look), link)

    def _add(self, artist: Artist, link: Link | None) -> None:
        artist.set_zorder(self._drawn)  # matplotlib would draw all text last
        self._drawn += 1
        # Shapes of one link are one mark, unless something else is drawn between them.
        before, self._linked = self._linked, link
        if link is None:
            return
        if link is not before:
            self._links[f"mark-{len(self._links)}"] = link
        artist.set_gid(next(reversed(self._links)))

    def figure(self, title: str, caption: Finding) -> Figure:
        """What was drawn, as a figure that is told from others by its caption's id."""
        file = io.StringIO()
        with rc_context(_STYLE):
            FigureCanvasSVG(self._canvas).print_svg(file, metadata={"Date": None})
        drawn = ElementTree.fromstring(file.getvalue())
        name = caption.id.replace(".", "-")
        svg = ElementTree.Element(
            "svg",
            {
                "xmlns": _SVG,
                "class": "figure",
                "width": f"{_PIXELS}",
                "height": f"{round(_PIXELS / WIDTH * self.height)}",
                "viewBox": f"0 0 {WIDTH} {self.height:g}",
                "role": "group" if self._links else "img",
                "aria-labelledby": f"{name}-title {name}-desc",
                "font-family": "system-ui, sans-serif",
                "stroke-linejoin": "miter",
            },
        )
        ElementTree.SubElement(svg, "title", id=f"{name}-title").text = title
        ElementTree.SubElement(svg, "desc", id=f"{name}-desc").text = caption.sentence
        for shape in self._cleaned(drawn, name):
            before = svg[-1]
            if shape.tag == before.tag == "a" and shape.attrib == before.attrib:
                before.extend(shape[1:])  # without its title once more
            else:
                svg.append(shape)
        ElementTree.indent(svg, "")
        return Figure(title, ElementTree.tostring(svg, encoding="unicode"), caption)

    def _cleaned(self, drawn: ElementTree.Element, name: str) -> Iterable[ElementTree.Element]:
        """The shapes that matplotlib drew, without its groups, ids and styles, but with links."""
        tag = drawn.tag.removeprefix(f"{{{_SVG}}}")
        if tag in ("path", "text"):
            yield _shape(tag, drawn)
            return
        inside = [shape for child in drawn for shape in self._cleaned(child, name)]
        link = self._links.get(drawn.get("id", ""))
        if link is None:
            yield from inside
            return
        title = f"{name}-{drawn.get('id')}"
        anchor = ElementTree.Element("a", {"href": link.href, "aria-labelledby": title})
        if link.quiet:
            anchor.set("tabindex", "-1")
        ElementTree.SubElement(anchor, "title", id=title).text = link.words
        anchor.extend(inside)
        yield anchor


def _colour(name: str | None) -> str:
    return PALETTE[name][0] if name else "none"


def _shape(tag: str, drawn: ElementTree.Element) -> ElementTree.Element:
    """A path or text of matplotlib's with attributes in place of styles, and short numbers."""
    look = dict(re.findall(r"([\w-]+): ([^;]+)", drawn.get("style", "")))
    for everywhere_the_same in ("font-family", "stroke-linejoin"):
        look.pop(everywhere_the_same, None)
    for place in ("d", "x", "y"):
        if place in drawn.attrib:
            numbers = " ".join(drawn.attrib[place].split())
            look[place] = _NUMBER.sub(lambda m: f"{float(m[0]):.1f}", numbers)
    shape = ElementTree.Element(tag, look)
    shape.text = drawn.text if tag == "text" else None
    return shape
