"""The questions that the notebooks ask, and what they found, as their stored outputs say it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from helpers.collection import entry, notebooks, read_notebook
from helpers.findings import FINDING
from helpers.site.clean import markdown_to_html
from helpers.site.figure import figure_to_html
from helpers.site.links import Links, Place

_SVG = "image/svg+xml"


@dataclass(frozen=True)
class Finding:
    """A finding: its id, its sentence, the same as HTML with citations, and what it rests on."""

    id: str
    sentence: str
    html: str
    evidence: tuple[tuple[str, int], ...]  # source and sentence

    @property
    def anchor(self) -> str:
        """Its id on its notebook's page."""
        return finding_anchor(self.id)


@dataclass(frozen=True)
class Question:
    """A notebook: its page without the ending, its number, its question, what it found.

    `figures` are its figures as HTML.
    """

    page: str
    number: str
    title: str
    findings: tuple[Finding, ...]
    figures: tuple[str, ...]


def finding_anchor(id: str) -> str:
    """The id on its page of the finding called `id`."""
    return f"finding-{id}"


def questions(folder: Path, links: Links) -> list[Question]:
    """The notebooks of a folder in their order, ready to be shown on other pages than their own."""
    return [_question(path, read_notebook(path), links) for path in notebooks(folder)]


def _question(path: Path, book: NotebookNode, links: Links) -> Question:
    def lead(href: str) -> Place:
        # What stands on the notebook's own page is to be found there.
        return Place(f"{path.stem}.html{href}") if href.startswith("#") else links.resolve(href)

    outputs = [o.data for cell in book.cells for o in cell.get("outputs", []) if "data" in o]
    said = entry(path)
    return Question(
        path.stem,
        said.number,
        said.question,
        tuple(_finding(data, lead) for data in outputs if FINDING in data),
        tuple(figure_to_html(data[_SVG], lead) for data in outputs if _SVG in data),
    )


def _finding(data: NotebookNode, lead: Callable[[str], Place]) -> Finding:
    said = data[FINDING]
    evidence = tuple(
        (item["source"], item["sentence"]) for item in said["evidence"] if "sentence" in item
    )
    html = markdown_to_html(data["text/markdown"], lambda href: lead(href).href)
    return Finding(said["id"], said["sentence"], html, evidence)
