"""How long a reader waits: importing the helpers, and reading the sources.

Run by `make bench`; the report lands in build/. Each floor is checked against the fastest round,
which other work on the machine disturbs least.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from helpers import read_corpus

SEEDS = Path(__file__).parents[2] / "seeds"
MOST_SECONDS = 0.2


@pytest.fixture(scope="module")
def fastest():
    """The fastest round of each process started by this module, in seconds."""
    return {}


@pytest.mark.parametrize(
    "code", ["import pandas", "import pandas; from helpers import read_corpus"]
)
def test_import(benchmark, fastest, code):
    benchmark.pedantic(
        subprocess.run, ([sys.executable, "-c", code],), {"check": True}, rounds=7, warmup_rounds=1
    )
    fastest[code] = benchmark.stats.stats.min
    assert max(fastest.values()) - min(fastest.values()) < MOST_SECONDS


def test_read_corpus(benchmark):
    benchmark(read_corpus, SEEDS)
    assert benchmark.stats.stats.min < MOST_SECONDS
