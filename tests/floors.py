"""The figures of agreement below which the coding may not fall.

`python tests/floors.py` raises every floor in floors.toml to what is reached now. It lowers none:
where a figure has fallen, the coding has to be mended. After a change of the texts or of the
reference that makes a figure fall for a good reason, the floor is lowered by hand, in a commit that
says why.
"""

import sys
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from math import floor
from pathlib import Path

from helpers.corpus import read_corpus
from helpers.reference import read_reference
from helpers.reliability import agreement

TESTS = Path(__file__).parent
SEEDS = TESTS.parent / "seeds"
REFERENCE = TESTS / "reference"
FLOORS = TESTS / "floors.toml"

_DIGITS = 10_000  # floors have four decimals, and are never rounded up


def reached() -> dict[str, float]:
    """F1 of each variable of the agreement with the reference, and alpha where it has one."""
    table = agreement(read_corpus(SEEDS), read_reference(REFERENCE)).set_index("variable")
    return {
        f"{variable} {measure}": floor(value * _DIGITS) / _DIGITS
        for measure in ("f1", "alpha")
        for variable, value in table[measure].dropna().items()
    }


def corpus_hash() -> str:
    """The SHA-256 of all texts and of the reference: what the floors hold for."""
    files = sorted([*SEEDS.glob("*.txt"), SEEDS / "sources.csv", *REFERENCE.glob("*.csv")])
    hashes = [f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    return sha256("".join(hashes).encode()).hexdigest()


def pinned() -> dict:
    """What floors.toml says: `corpus`, the hash, and `floors`, the figures by name."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def fallen(floors: Mapping[str, float], figures: Mapping[str, float]) -> list[str]:
    """A line for each floor that its figure no longer reaches."""
    return [
        f"{name} has fallen from {least} to {figures.get(name, 'nothing')}"
        for name, least in floors.items()
        if figures.get(name, -1) < least
    ]


def raised(floors: Mapping[str, float], figures: Mapping[str, float]) -> dict[str, float]:
    """The floors, each at what is reached now unless it was higher already."""
    return {
        name: max(floors.get(name, -1), figures.get(name, -1)) for name in {**floors, **figures}
    }


def main() -> int:
    figures = reached()
    floors = pinned()["floors"] if FLOORS.exists() else {}
    lines = [
        "# Floors of the coding's agreement with the reference, for the texts and the reference",
        "# that have this hash. Raised by `python tests/floors.py`; see there.",
        f'corpus = "{corpus_hash()}"',
        "",
        "[floors]",
        *(f'"{name}" = {value:.4f}' for name, value in raised(floors, figures).items()),
    ]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in fallen(floors, figures):
        print(line)
    return 1 if fallen(floors, figures) else 0


if __name__ == "__main__":
    sys.exit(main())
