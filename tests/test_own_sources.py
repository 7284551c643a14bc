"""Sources of one's own: each notebook answers from the corpus for practice, or says why not."""

from pathlib import Path

import papermill
import pytest

from helpers import collection, read_corpus
from helpers.findings import FINDING

ROOT = Path(__file__).parent.parent
PRACTICE = ROOT / "tests/corpora/practice"
NOTEBOOKS = collection.notebooks(ROOT / "notebooks")


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """The notebooks executed from the corpus for practice, which has no record."""
    out = tmp_path_factory.mktemp("practice")
    assert collection.execute(NOTEBOOKS, PRACTICE, out) == []
    return {path.name: collection.read_notebook(path) for path in collection.notebooks(out)}


def said(book) -> dict[str, str]:
    return {found["id"]: found["sentence"] for found in collection.shown(book, FINDING)}


def test_each_question_is_answered_or_it_is_said_why_not(answered):
    assert set(answered) == {path.name for path in NOTEBOOKS}
    for name, book in answered.items():
        assert said(book), name
    every = {id: sentence for book in answered.values() for id, sentence in said(book).items()}
    assert every["chongqing.outcome"].startswith("These sources cannot say")
    assert every["october.rise"].startswith("That cannot be told from here")
    assert every["crackdown.mining"].startswith("That cannot be told from here")
    assert every["checks.verdicts"].startswith("That cannot be told from here")


def test_findings_rest_on_the_words_of_these_sources(answered):
    corpus = read_corpus(PRACTICE)
    places = [
        place
        for book in answered.values()
        for found in collection.shown(book, FINDING)
        for place in found["evidence"]
        if "exact" in place
    ]
    assert {place["source"] for place in places} == set(corpus.documents["source"])
    for place in places:
        text = corpus.text(place["source"])
        assert text[place["start"] : place["end"]] == place["exact"]


def test_trust_is_measured_by_the_coding_beside_the_sources(answered):
    found = said(answered["12_how_far_can_the_coding_be_trusted.ipynb"])
    assert "over the 14 sources" in found["trust.claims"]
    assert found["trust.bound"].startswith("How sure the reference is, is not known")


@pytest.mark.parametrize(
    ("folder", "number", "seeds"), [(ROOT, 2, "tests/corpora/practice"), (PRACTICE, 12, ".")]
)
def test_papermill_gives_the_same_answers_from_any_folder(
    answered, tmp_path, monkeypatch, folder, number, seeds
):
    monkeypatch.chdir(folder)
    path = NOTEBOOKS[number - 1]
    given = {"SEEDS": seeds, "REFERENCE": f"{seeds}/reference"}
    book = papermill.execute_notebook(path, tmp_path / path.name, given, progress_bar=False)
    assert said(book) == said(answered[path.name])


def test_papermill_without_a_coding_by_hand_says_that_there_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = NOTEBOOKS[-1]
    given = {"SEEDS": str(PRACTICE)}
    book = papermill.execute_notebook(path, tmp_path / path.name, given, progress_bar=False)
    assert said(book)["trust.claims"].startswith("These texts have no reference coding")
