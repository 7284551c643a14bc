"""Look for texts that the coder cannot bear: `make fuzz`, or longer: `make fuzz RUNS=100000`.

Atheris leads libFuzzer by which lines of the helpers an input reaches. In `build/fuzz` stay the
inputs that led somewhere new, from which the next run goes on, and in files `found-*` those that
broke something; `python tests/fuzz.py build/fuzz/found-…` tries one again.
"""

import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["helpers"]):
    from trying import Trial, dictionary, seeds

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build/fuzz"
LONGEST = 2048  # bytes of an input
GIVEN_UP = 60  # seconds


def main() -> None:
    inputs, words = BUILD / "inputs", BUILD / "codebook.dict"
    inputs.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(ROOT / "tests/corpora/practice")):
        (inputs / f"seed-{number:03}").write_bytes(seed[-LONGEST:])
    words.write_text(dictionary(), encoding="utf-8")
    options = [f"-max_len={LONGEST}", f"-timeout={GIVEN_UP}", f"-dict={words}"]
    options += [f"-report_slow_units={GIVEN_UP}", f"-artifact_prefix={BUILD}/found-"]
    given = sys.argv[1:] if any(map(os.path.exists, sys.argv[1:])) else [*sys.argv[1:], str(inputs)]
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))

        def tried(data: bytes) -> None:
            trial(data)
            if trial.inputs % 1000 == 0:
                print(trial, flush=True)

        atheris.Setup([sys.argv[0], *options, *given], tried)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
