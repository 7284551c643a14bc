"""Fuzzing, for a moment: `make fuzz` goes on with it for as long as one likes."""

import os
from pathlib import Path
from random import Random

import pytest
import trying
from trying import Trial, mutated, seeds

PRACTICE = Path(__file__).parent / "corpora/practice"
KNOWN = Path(__file__).parent.parent / "build/fuzz/inputs"  # what was found to lead somewhere new
INPUTS = int(os.environ.get("INPUTS", "400"))
TOGETHER = 50


def test_random_changes_to_articles_break_nothing(tmp_path):
    """With `INPUTS=100000`, so many of them, and changes to what `make fuzz` has found as well."""
    known = seeds(PRACTICE)
    if "INPUTS" in os.environ:
        known += [path.read_bytes() for path in sorted(KNOWN.glob("*"))]
    random, trial = Random(1), Trial(tmp_path, TOGETHER)
    for _ in range(INPUTS):
        trial(mutated(random, known))
    print(trial)
    assert trial.inputs == INPUTS
    assert trial.coded > INPUTS / 2
    assert trial.refused > INPUTS / 20


def test_a_trial_finds_what_is_broken_and_names_the_input(tmp_path, monkeypatch):
    reading = trying.read_corpus

    def broken(folder):
        corpus = reading(folder)
        for text in map(corpus.text, corpus.documents["source"]):
            if "crash" in text:
                raise IndexError("a fault")
            if "shift" in text:
                corpus.sentences["end"] += 1
        return corpus

    monkeypatch.setattr(trying, "read_corpus", broken)
    for word, error in (("crash", IndexError), ("shift", AssertionError)):
        trial = Trial(tmp_path, 2)
        trial(b"Nothing of note.")
        with pytest.raises(error) as caught:
            trial(f"Here is a {word}.".encode())
        assert f"read: [b'Here is a {word}.']" in caught.value.__notes__[0]
