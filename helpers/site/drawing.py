"""The same drawing in fewer bytes: a page has hundreds of marks, and phones have slow networks."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element

# What shapes take over from the group that they stand in, and what they are without being told.
_INHERITED = ("fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")
_USUAL = {"text-anchor": "start", "font-weight": "normal", "stroke": "none"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"}
# Straight strokes from point to point, which is all that figures of the collection are made of.
_POINT = re.compile(r"([ML]) *(-?\d*\.?\d+)[ ,]+(-?\d*\.?\d+) *")
_STROKES = re.compile(rf"(?=M)(?:{_POINT.pattern})+")


def lighten(drawing: Element) -> None:
    """Shorten paths, and say once for marks that follow one another how all of them look."""
    if any(e.get(name) for e in drawing.iter() if e.tag not in _SHAPES for name in _INHERITED):
        return  # looks are handed down already, and nothing is the usual any more
    for shape in drawing.iter():
        for name, usual in _USUAL.items():
            if shape.get(name) == usual:
                del shape.attrib[name]
        if "d" in shape.attrib:
            shape.set("d", short_path(shape.attrib["d"]))
    for link in drawing.iter("a"):
        _share_look(link, [child for child in link if child.tag in _SHAPES])
    drawing[:] = list(_grouped(drawing))


def short_path(path: str) -> str:
    """A path of straight strokes, told by steps from point to point; any other as it is."""
    if not _STROKES.fullmatch(path):
        return path
    strokes: list[list[tuple[Decimal, Decimal]]] = []
    for command, x, y in _POINT.findall(path):
        if command == "M":
            strokes.append([])
        strokes[-1].append((Decimal(x), Decimal(y)))
    return "".join(map(_stroke, strokes))


def _stroke(points: list[tuple[Decimal, Decimal]]) -> str:
    (x, y), closed = points[0], len(points) > 2 and points[0] == points[-1]
    steps = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points[:-1] if closed else points))
    return f"M{_joined(x, y)}" + "".join(_step(*step) for step in steps) + "z" * closed


def _step(right: Decimal, down: Decimal) -> str:
    if not down:
        return f"h{_joined(right)}"
    return f"l{_joined(right, down)}" if right else f"v{_joined(down)}"


def _joined(*numbers: Decimal) -> str:
    """Numbers with nothing between them but what is needed to tell them apart."""
    words = (f"{number.normalize():f}" for number in numbers)
    return " ".join(re.sub(r"^(-?)0\.", r"\1.", word) for word in words).replace(" -", "-")


def _share_look(parent: Element, shapes: list[Element]) -> None:
    """Tell `parent` what all of these shapes in it look like, in their place."""
    if not shapes:
        return
    for name in _INHERITED:
        values = {shape.get(name) for shape in shapes}
        if len(values) == 1 and None not in values:
            parent.set(name, values.pop())
            for shape in shapes:
                del shape.attrib[name]


def _grouped(children: Iterable[Element]) -> Iterable[Element]:
    """The children of a drawing, those in a group that follow one another and look the same."""
    for look, alike in groupby(children, key=_look):
        alike = list(alike)
        if len(alike) == 1 or not look:
            yield from alike
            continue
        group = Element("g", dict(look))
        for child in alike:
            for name in dict(look):
                del child.attrib[name]
        group.extend(alike)
        yield group


def _look(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple((name, element.get(name)) for name in _INHERITED if name in element.attrib)
