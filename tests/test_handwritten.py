"""Pages written by hand: no number is typed in them, and what is filled in is fresh."""

import re
from pathlib import Path

import gate
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from sites import CITATION, Page
from small import small_corpus

from helpers import collection
from helpers.handwritten import MissingFindingError, filled, written
from helpers.tables import table

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "notebooks").glob("*.md"))
SAID = {"id": "a.b", "sentence": "There are *5* of 7.", "notebook": "02_who_bans_it.ipynb"}
PLACE = (
    "Before.\n\n<!-- finding: a.b -->\nold\n<!-- end -->\n\n"
    "After, <!-- finding: a.b --><!-- end -->."
)
_TOCTREE = re.compile(r"```{toctree}.*?```", re.DOTALL)  # names of files, not words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_number_is_typed(page):
    text = _TOCTREE.sub("", written(page.read_text(encoding="utf-8")))
    book = new_notebook(cells=[new_markdown_cell(text)])
    assert gate.typed(book, page.name) == []


def test_what_is_filled_in_is_what_the_notebooks_say():
    folder = ROOT / "notebooks"
    found = collection.findings(collection.notebooks(folder))
    for page, text in collection.filled_pages(folder, found).items():
        assert page.read_text(encoding="utf-8") == text, "run: make execute"


def test_a_place_gets_the_sentence_and_its_notebook_and_nothing_else_changes():
    text = filled(PLACE, [SAID], small_corpus({}))
    sentence = "There are &#42;5&#42; of 7. ([02](02_who_bans_it.ipynb))"
    assert text.startswith(f"Before.\n\n<!-- finding: a.b -->\n{sentence}\n<!-- end -->\n\nAfter, ")
    assert text.count(sentence) == 2
    assert filled(text, [SAID], small_corpus({})) == text
    assert written(text) == written(PLACE)


def test_a_finding_that_no_notebook_has_is_named():
    with pytest.raises(MissingFindingError, match=r"'a\.b'"):
        filled(PLACE, [], small_corpus({}))


def test_those_named_in_articles_are_listed_once_with_the_first_place():
    texts = {"000": "Menu\nThe PBOC acts.\nThe PBOC and e-CNY."}
    corpus = small_corpus(texts, Menu="furniture")
    spans = [(0, 0, 4, "Menu"), (1, 9, 13, "PBOC"), (2, 24, 28, "PBOC"), (2, 33, 38, "e-CNY")]
    names = {"Menu": ("Menu", "actor"), "PBOC": ("Bank", "actor"), "e-CNY": ("e-CNY", "system")}
    rows = [
        ("000", sentence, start, end, exact, *names[exact], "central" if exact == "PBOC" else None)
        for sentence, start, end, exact in spans
    ]
    object.__setattr__(corpus, "mentions", table("mentions", rows))
    text = filled("<!-- named --><!-- end -->", [], corpus)
    assert [line for line in text.splitlines() if line.startswith(("###", "| "))] == [
        "### Bodies",
        "| name | level | first named |",
        '| Bank | the central state | [[000:1]](../seeds/000.txt#L2C5-L2C9 "PBOC") |',
        "### Systems",
        "| name | level | first named |",
        '| e-CNY |  | [[000:2]](../seeds/000.txt#L3C14-L3C19 "e-CNY") |',
    ]


def test_on_the_site_the_glossary_leads_to_the_sentences(collection_site):
    links = Page(collection_site / "glossary.html").links
    cited = [(href, CITATION.match(words)) for href, words in links]
    cited = [(href, match.groups()) for href, match in cited if match]
    assert cited
    assert all(href == f"sources/{source}.html#s{n}" for href, (source, n) in cited)
