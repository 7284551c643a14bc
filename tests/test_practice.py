"""The coder on texts that it was not written for: what it reaches on the corpora for practice.

The articles are invented, and their coding is one reading made with the help of machines (see
corpora/practice/README.md), so the figures say how well the coder keeps to the codebook on texts
of many kinds, not how well it reads the world.
"""

from pathlib import Path

import pytest

from helpers.claims import claims
from helpers.corpus import read_corpus
from helpers.reference import read_reference
from helpers.reliability import agreement
from helpers.sentences import sentences
from helpers.tables import table

CORPORA = Path(__file__).parent / "corpora"
PRACTICE = CORPORA / "practice"
LEAST = {"claim": 0.90, "zone": 0.97}


@pytest.fixture(scope="module")
def reached():
    table = agreement(read_corpus(PRACTICE), read_reference(PRACTICE / "reference"))
    return table.set_index("variable")["f1"]


@pytest.mark.parametrize("variable", LEAST)
def test_the_coder_holds_on_texts_of_other_kinds(reached, variable):
    assert reached[variable] >= LEAST[variable]


def test_the_coder_finds_claims_in_hard_sentences():
    """Of each text the pairs of stance and object: half are found, and nine in ten are right."""
    lines = (CORPORA / "sentences.txt").read_text(encoding="utf-8").splitlines()
    given = [line.split(" =>") for line in lines if not line.startswith("#")]
    texts = {f"{number:03}": text for number, (text, _) in enumerate(given)}
    rows = [(source, 0, len(text), text, 1, "body", "") for source, text in texts.items()]
    told = sentences(table("zones", rows))
    coded = claims(told, table("dates", []), table("mentions", []))
    found = {(row.source, row.stance[0], row.object) for row in coded.itertuples()}
    expected = {
        (source, *claim.split("/")[:2])
        for source, (_, codes) in zip(texts, given, strict=True)
        for claim in codes.split()
    }
    assert len(found & expected) >= 0.5 * len(expected)
    assert len(found & expected) >= 0.9 * len(found)
