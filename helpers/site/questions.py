"""The questions that the notebooks ask, and what they found, as their stored outputs say it."""

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from helpers.collection import notebooks, question, read_notebook
from helpers.findings import FINDING
from helpers.site.clean import Lead, markdown_to_html


@dataclass(frozen=True)
class Finding:
    """A finding as its notebook shows it: its id, its sentence as HTML, and what it rests on."""

    id: str
    html: str
    evidence: tuple[tuple[str, int], ...]  # source and sentence


@dataclass(frozen=True)
class Question:
    """A notebook: its page without the ending, its number, its question, what it found."""

    page: str
    number: str
    title: str
    findings: tuple[Finding, ...]


def questions(folder: Path, lead: Lead) -> list[Question]:
    """The notebooks of a folder in their order; links in what they found are led by `lead`."""
    found = []
    for path in notebooks(folder):
        book = read_notebook(path)
        leave = _leaving(path.stem, lead)
        findings = tuple(_finding(output.data, leave) for output in _outputs(book))
        found.append(Question(path.stem, path.stem[:2], question(book), findings))
    return found


def _leaving(page: str, lead: Lead) -> Lead:
    """As `lead`, for words of `page` that are read elsewhere: what stands there is there."""
    return lambda href: f"{page}.html{href}" if href.startswith("#") else lead(href)


def _outputs(book: NotebookNode) -> list[NotebookNode]:
    """The outputs that are findings."""
    outputs = (output for cell in book.cells for output in cell.get("outputs", []))
    return [output for output in outputs if FINDING in output.get("data", {})]


def _finding(data: NotebookNode, lead: Lead) -> Finding:
    said = data[FINDING]
    evidence = tuple(
        (item["source"], item["sentence"]) for item in said["evidence"] if "sentence" in item
    )
    return Finding(said["id"], markdown_to_html(data["text/markdown"], lead), evidence)
