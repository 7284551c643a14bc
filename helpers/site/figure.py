"""A figure as part of the page: its marks are links, and its words are read out.

An SVG file shown by `<img>` is a picture of links. Put into the page itself it works, but then it
could do whatever a page can. So of the SVG only drawing, words and links are kept.
"""

from collections.abc import Callable
from html import escape
from xml.etree import ElementTree

from helpers.site.drawing import lighten
from helpers.site.links import Place
from helpers.words import visible

_SVG = "{http://www.w3.org/2000/svg}"
_TAGS = set("svg g a path rect circle ellipse line polyline polygon text tspan title desc".split())
_ATTRIBUTES = set(
    # what things are, and how they are told
    "aria-describedby aria-label aria-labelledby class id role"
    # where they are
    " cx cy d dx dy height points r rx ry transform viewBox width x x1 x2 y y1 y2"
    # how they look
    " dominant-baseline fill fill-opacity fill-rule font-family font-size font-style font-weight"
    " opacity stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width"
    " text-anchor".split()
)


class FigureError(ValueError):
    """An SVG that cannot be shown; the message says why."""


def figure_to_html(svg: str, lead: Callable[[str], Place | None], *, tabled: bool = True) -> str:
    """The figure in `svg` with its links led by `lead`, and if `tabled`, a table of its marks.

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
    marks: dict[Place, list[str]] = {}

    def keep(element: ElementTree.Element) -> ElementTree.Element:
        copy = ElementTree.Element(element.tag.removeprefix(_SVG), _drawing(element))
        copy.text, copy.tail = (visible(w or "").strip() for w in (element.text, element.tail))
        copy.extend(keep(child) for child in element if _is_drawing(child))
        if copy.tag == "a":
            place = lead(element.get("href", ""))
            if place is None:
                copy.tag = "g"
            else:
                copy.set("href", place.href)
                marks.setdefault(place, []).append(copy.findtext("title") or place.href)
            # Within the page a mark is named by its title without being told so.
            copy.attrib.pop("aria-labelledby", None)
            for title in copy.findall("title"):
                title.attrib.clear()
        return copy

    drawn = keep(root)
    lighten(drawn)
    drawn.set("xmlns", _SVG.strip("{}"))
    drawing = ElementTree.tostring(drawn, "unicode")
    return f'<figure class="drawn">{drawing}{_table(marks) if tabled else ""}</figure>'


def _table(marks: dict[Place, list[str]]) -> str:
    """The marks by what they lead to, for those who would rather read; `marks` has their titles."""
    if not marks:
        return ""
    rows = "".join(_row(place, titles) for place, titles in marks.items())
    return (
        "<details><summary>The data of this figure</summary>"
        '<div class="scroll" role="group" aria-label="The data of this figure" tabindex="0">'
        '<table><thead><tr><th scope="col">Where<th scope="col">What is said there'
        f"</thead><tbody>{rows}</tbody></table></div></details>"
    )


def _row(place: Place, titles: list[str]) -> str:
    """What a place says, and what its marks say of it.

    A mark that only stands for words has a shortened form of them in its title; here they are
    whole. A mark without a citation goes by its title.
    """
    name = f"[{place.label}]" if place.label else titles.pop(0)
    said = [title.removeprefix(name).strip() for title in dict.fromkeys(titles)]
    told = [words for words in said if not (words.endswith("…") or words in place.words)]
    words = " · ".join(filter(None, [place.words, *told]))
    return (
        f'<tr><td><a href="{escape(place.href)}">{escape(visible(name))}</a>'
        f"<td>{escape(visible(words))}"
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
