"""The collection as a whole: one index for README and site, and links from notebook to notebook."""

import json
import re
from pathlib import Path

import pytest
from sites import Page

from helpers import collection

ROOT = Path(__file__).parent.parent
NOTEBOOKS = collection.notebooks(ROOT / "notebooks")
LINK = re.compile(r"\[([^\]]+)\]\((\d\d_\w+\.ipynb)\)")


def name(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def front(collection_site) -> str:
    """The words of the site's front page, spaces made one."""
    words = re.sub(r"<[^>]+>", " ", (collection_site / "index.html").read_text(encoding="utf-8"))
    return " ".join(words.split())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_the_sites_front_page_asks_and_answers_as_the_readme_does(path, front, collection_site):
    said = collection.entry(path)
    assert said.question in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (f"{path.stem}.html", said.question) in Page(collection_site / "index.html").links
    # What Markdown writes as references, and typographers as other marks, are the same letters.
    assert _letters(said.answer) in _letters(front)


def _letters(text: str) -> str:
    return re.sub(r"&\w+;|&#\d+;|\W", "", text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_the_index_says_what_a_notebook_shows_first(path):
    book, said = collection.read_notebook(path), collection.entry(path)
    assert said.number == path.name[:2]
    assert book.cells[0].source == f"# {said.question}"
    assert said.answer
    assert said.figure


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_ends_with_questions_to_read_next(path):
    last = collection.read_notebook(path).cells[-1]
    assert last.source.startswith("## Where to go on?")
    links = LINK.findall(last.source)
    assert links
    assert path.name not in {file for _, file in links}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_link_to_a_notebook_asks_what_that_asks(path):
    asked = {other.name: collection.entry(other).question for other in NOTEBOOKS}
    for cell in collection.read_notebook(path).cells:
        if cell.cell_type == "markdown":
            for words, file in LINK.findall(cell.source):
                assert file in asked
                # A question may be cut short where it has two halves.
                assert asked[file].startswith(" ".join(words.split()).rstrip("?"))


def test_every_notebook_is_led_to_from_another():
    led = {
        file
        for path in NOTEBOOKS
        for _, file in LINK.findall(collection.read_notebook(path).cells[-1].source)
    }
    assert {path.name for path in NOTEBOOKS} <= led


def test_every_finding_says_what_it_was_computed_from():
    stored = json.loads((ROOT / "notebooks/findings.json").read_text(encoding="utf-8"))
    books = {path.name: collection.read_notebook(path) for path in NOTEBOOKS}
    stamps = {name: collection.stored_stamp(book) for name, book in books.items()}
    for finding in stored:
        assert finding["computed_from"] == stamps[finding["notebook"]]
        assert re.fullmatch(r"[0-9a-f]{64}", finding["computed_from"])
