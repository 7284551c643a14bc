"""The coder on articles that it was not written for: what it reaches on the corpus for practice.

The articles are invented, and their coding is one reading made with the help of machines (see
corpora/practice/README.md), so the figures say how well the coder keeps to the codebook on texts
of many kinds, not how well it reads the world.
"""

from pathlib import Path

import pytest

from helpers.corpus import read_corpus
from helpers.reference import read_reference
from helpers.reliability import agreement

PRACTICE = Path(__file__).parent / "corpora" / "practice"
LEAST = {"claim": 0.90, "zone": 0.97}


@pytest.fixture(scope="module")
def reached():
    table = agreement(read_corpus(PRACTICE), read_reference(PRACTICE / "reference"))
    return table.set_index("variable")["f1"]


@pytest.mark.parametrize("variable", LEAST)
def test_the_coder_holds_on_texts_of_other_kinds(reached, variable):
    assert reached[variable] >= LEAST[variable]
