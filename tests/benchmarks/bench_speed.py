"""What a megabyte costs: beside spaCy's small English pipeline, and as a corpus grows.

Run by `make bench`; the figures are printed and land in build/. Seconds are those of the processor,
for one process on one core, and no test fails for them: a crowded machine is no fault of the code.

SPACY_PYTHON names a Python that has spaCy and its small English model, if the project's own has
not. BENCH_LARGE=1 adds a corpus of 100 MB, which takes long.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from pages import pages

from helpers import read_corpus

MEGABYTE = 1_000_000
SIZES = (1, 10, 100) if os.environ.get("BENCH_LARGE") else (1, 10)
SPACY_SIZE = 5  # megabytes
SPACY_PYTHON = os.environ.get("SPACY_PYTHON", sys.executable)
# The model goes by several names, by where it was installed from.
SPACY = """
import json, sys, time
from importlib.metadata import distributions
import spacy
names = sorted(d.name.replace("-", "_") for d in distributions())
model = next(name for name in names if name.startswith("en_core_web_sm"))
pipeline = spacy.load(model) if spacy.util.is_package(model) else __import__(model).load()
texts = json.load(sys.stdin)
list(pipeline.pipe(texts[:3]))
start = time.process_time()
for _ in pipeline.pipe(texts, batch_size=16):
    pass
seconds = time.process_time() - start
print(json.dumps({"model": model, "spacy": spacy.__version__, "seconds": seconds}))
"""
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@pytest.fixture
def corpus(tmp_path):
    """Writes a corpus of some megabytes, and gives back its folder."""

    def write(megabytes: int) -> Path:
        for number, text in enumerate(pages(megabytes * MEGABYTE)):
            (tmp_path / f"{number:06d}.txt").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def _seconds(folder: Path, megabytes: int) -> float:
    """Seconds for a megabyte of a folder."""
    start = process_time()
    read_corpus(folder)
    return (process_time() - start) / megabytes


@pytest.mark.parametrize("megabytes", SIZES)
def test_cost_of_a_megabyte(benchmark, corpus, capsys, megabytes):
    folder = corpus(megabytes)
    read_corpus(Path(__file__).parents[2] / "seeds")  # loads and compiles what is needed once
    seconds = benchmark.pedantic(_seconds, (folder, megabytes), rounds=1)
    benchmark.extra_info["seconds per MB"] = seconds
    with capsys.disabled():
        print(f"\n{megabytes} MB: {seconds:.2f} s/MB")


def test_beside_spacy(benchmark, corpus, capsys):
    folder = corpus(SPACY_SIZE)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    run = subprocess.run(
        [SPACY_PYTHON, "-c", SPACY],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        env=os.environ | ONE_CORE,
    )
    if run.returncode:
        reason = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
        pytest.skip(f"no comparison: {SPACY_PYTHON} has no spaCy or no model ({reason})")
    theirs = json.loads(run.stdout)
    read_corpus(Path(__file__).parents[2] / "seeds")
    ours = benchmark.pedantic(_seconds, (folder, SPACY_SIZE), rounds=1)
    theirs["seconds per MB"] = theirs.pop("seconds") / SPACY_SIZE
    benchmark.extra_info |= {"seconds per MB": ours, "spaCy": theirs}
    with capsys.disabled():
        print(f"\nspaCy {theirs['seconds per MB']:.2f} s/MB, ours {ours:.2f} s/MB:", end=" ")
        print(f"{theirs['seconds per MB'] / ours:.1f} times as fast")
