"""What a megabyte costs: as a corpus grows, as texts grow longer, and beside what others do.

Run by `make bench`; the figures are printed and land in build/. Seconds are those of the processor,
for one process on one core, and no test fails for them: a crowded machine is no fault of the code.

The codebook's words are looked for by themselves, too: nothing that finds them can be faster.
`peers.py` says what else is run, and which environment variable names a Python that has it.
BENCH_SCALE makes all that is read so many times as large: with 10 it takes an hour, with 0.1 it is
quick and tells little.
"""

import os
from pathlib import Path
from time import process_time

import pytest
from pages import documents, pages
from peers import PEERS, NotHereError, measure

from helpers import read_corpus
from helpers.codebook import load_codebook

MEGABYTE = 1_000_000
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
SIZES = tuple(SCALE * megabytes for megabytes in (0.25, 1, 4))
OURS = 2  # megabytes that we read beside each peer
LENGTHS = (500, 5_000, 50_000, 500_000)  # characters
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def corpus(tmp_path):
    """Writes texts to a folder, and gives that back."""

    def write(texts) -> Path:
        for number, text in enumerate(texts):
            (tmp_path / f"{number:06d}.txt").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="module")
def words():
    """Every phrase of the codebook."""
    entered = load_codebook().lexicon._phrases.values()
    return sorted({" ".join(phrase.words) for phrases in entered for phrase in phrases})


def _seconds(folder: Path, megabytes: float) -> float:
    """Seconds for a megabyte of a folder."""
    read_corpus(SEEDS)  # loads and compiles what is needed once
    start = process_time()
    read_corpus(folder)
    return (process_time() - start) / megabytes


@pytest.mark.parametrize("megabytes", SIZES)
def test_cost_of_a_megabyte(benchmark, corpus, capsys, megabytes):
    folder = corpus(pages(int(megabytes * MEGABYTE)))
    seconds = benchmark.pedantic(_seconds, (folder, megabytes), rounds=1)
    count = len(list(folder.glob("*.txt")))
    benchmark.extra_info |= {"seconds per MB": seconds, "megabytes": megabytes, "texts": count}
    with capsys.disabled():
        print(f"\n{megabytes:g} MB: {seconds:.2f} s/MB")


@pytest.mark.parametrize("length", LENGTHS)
def test_cost_of_a_megabyte_by_the_length_of_texts(benchmark, corpus, capsys, length):
    folder = corpus(documents(int(SCALE * MEGABYTE), length))
    seconds = benchmark.pedantic(_seconds, (folder, SCALE), rounds=1)
    benchmark.extra_info |= {"seconds per MB": seconds, "length": length}
    with capsys.disabled():
        print(f"\ntexts of {length} characters: {seconds:.2f} s/MB")


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_beside(benchmark, corpus, words, capsys, peer):
    megabytes = SCALE * peer.megabytes
    try:
        theirs = measure(peer, list(pages(int(megabytes * MEGABYTE))), words)
    except NotHereError as error:
        pytest.skip(str(error))
    # Most peers are so slow that they can read only the first of our texts.
    folder = corpus(pages(int(SCALE * OURS * MEGABYTE)))
    ours = benchmark.pedantic(_seconds, (folder, SCALE * OURS), rounds=1)
    said = {"peer": peer.name, "does": peer.does, "version": theirs["version"]}
    seconds = theirs["seconds"] / megabytes
    said |= {"peer seconds per MB": seconds, "seconds per MB": ours, "megabytes": megabytes}
    benchmark.extra_info |= said
    with capsys.disabled():
        print(f"\n{peer.name} {seconds:.2f} s/MB, ours {ours:.2f} s/MB")
