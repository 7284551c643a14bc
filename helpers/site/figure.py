"""A figure as part of the page: its marks are links, and its words are read out.

An SVG file shown by `<img>` is a picture of links. Put into the page itself it works, but then it
could do whatever a page can. So of the SVG only drawing, words and links are kept.
"""

from collections.abc import Callable
from html import escape
from xml.etree import ElementTree

from helpers.site.links import Place
from helpers.words import visible

_SVG = "{http://www.w3.org/2000/svg}"
_TAGS = set("svg g a path rect circle ellipse line polyline polygon text tspan title desc".split())
_ATTRIBUTES = set(
    # what things are, and how they are told and reached
    "aria-describedby aria-label aria-labelledby class id role tabindex"
    # where they are
    " cx cy d dx dy height points r rx ry transform viewBox width x x1 x2 y y1 y2"
    # how they look
    " dominant-baseline fill fill-opacity fill-rule font-family font-size font-style font-weight"
    " opacity stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width"
    " text-anchor".split()
)


class FigureError(ValueError):
    """An SVG that cannot be shown; the message says why."""


def figure_to_html(svg: str, lead: Callable[[str], Place | None]) -> str:
    """The figure in `svg` with its links led by `lead`, and under it a table of what they lead to.

    Raises FigureError for what is not well-formed SVG, for styles, which the page's policy forbids,
    and for a figure without title or description: who cannot see it would be told nothing.
    """
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise FigureError(f"the figure is not well-formed SVG: {error}") from error
    if root.tag != f"{_SVG}svg" or not all(root.findtext(_SVG + t) for t in ("title", "desc")):
        raise FigureError("the figure needs an <svg> with a <title> and a <desc>")
    if next(root.iter(f"{_SVG}style"), None) or any("style" in e.attrib for e in root.iter()):
        raise FigureError("the figure has styles; draw it with helpers.figures, which uses none")
    places: dict[Place, None] = {}

    def keep(element: ElementTree.Element) -> ElementTree.Element:
        copy = ElementTree.Element(element.tag.removeprefix(_SVG), _drawing(element))
        copy.text, copy.tail = element.text, element.tail
        copy.extend(keep(child) for child in element if _is_drawing(child))
        if copy.tag == "a":
            place = lead(element.get("href", ""))
            if place is None:
                copy.tag = "g"
            else:
                copy.set("href", place.href)
                places.setdefault(place)
        return copy

    drawn = keep(root)
    drawn.set("xmlns", _SVG.strip("{}"))
    drawing = ElementTree.tostring(drawn, "unicode")
    return f'<figure class="drawn">{drawing}{_table([p for p in places if p.label])}</figure>'


def _table(places: list[Place]) -> str:
    """What the marks stand for, for those who would rather read."""
    if not places:
        return ""
    rows = "".join(
        f'<tr><td><a href="{escape(place.href)}">[{escape(place.label)}]</a></td>'
        f"<td>{escape(visible(place.words))}</td></tr>"
        for place in places
    )
    return (
        "<details><summary>The data of this figure</summary><table><thead><tr>"
        '<th scope="col">Where</th><th scope="col">What stands there</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _is_drawing(element: ElementTree.Element) -> bool:
    return isinstance(element.tag, str) and element.tag.removeprefix(_SVG) in _TAGS


def _drawing(element: ElementTree.Element) -> dict[str, str]:
    """The attributes that only draw: none runs a script or fetches anything."""
    return {
        name: value
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and "url(" not in value.lower()
    }
