"""The suite on other Pythons, and on the oldest and the newest dependencies that pyproject allows.

`make environments` runs it; ONLY="3.12 oldest" names some. Each environment gets a virtualenv of
its own in build/environments. What must be the same in all of them: every test passes, and every
output of every notebook is the stored one, and so every finding with its values and its evidence.
Another matplotlib draws the same figure in other bytes: where it is not the one of the lock,
figures (SVG) are drawn, but not compared. Style is not checked again: it is that of one ruff.

A Python that is not on PATH is named and left out. `oldest` are the lowest versions of what
pyproject names that come as wheels, with the newest of what these need; `newest` the highest of
all, where the lock has those that one file can have for every Python.
"""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from helpers.collection import notebooks, read_notebook

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
FOLDER = ROOT / "build/environments"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}
ENVIRONMENTS = (*PYTHONS, *RESOLUTIONS)
FIGURE = "image/svg+xml"

_COMPILE = """build/uv/bin/uv pip compile pyproject.toml --quiet --upgrade --only-binary :all:
--generate-hashes --no-emit-index-url --no-header --group setup --group work --group test
--group site"""


def runs(python: str) -> bool:
    """Whether there is a Python of this version."""
    code = f"import sys; sys.exit('%d.%d' % sys.version_info[:2] != {python!r})"
    try:
        return not subprocess.run([f"python{python}", "-c", code], capture_output=True).returncode
    except OSError:
        return False


def run(name: str, pythons: Sequence[str]) -> list[str]:
    """Set an environment up and run the suite in it; returns complaints.

    `pythons` are those that there are: the oldest dependencies meet the first, the newest the last.
    """
    venv = FOLDER / name
    python, lock = name, LOCK
    if name in RESOLUTIONS:
        python, lock = pythons[0 if name == "oldest" else -1], FOLDER / f"{name}.txt"
        settings = [f"--python-version={python}", f"--resolution={RESOLUTIONS[name]}"]
        command = [*_COMPILE.split(), *settings, f"--output-file={lock}"]
        if subprocess.run(command, cwd=ROOT).returncode:
            return [f"{name}: no versions go together"]
    same = _matplotlib(lock) == _matplotlib(LOCK)
    places = {"VENV": venv, "LOCK": lock}
    said = [f"{key}={path.relative_to(ROOT)}" for key, path in places.items()]
    targets = ["checks", "outputs"] if same else ["checks"]
    command = ["make", "--keep-going", *targets, f"PYTHON=python{python}", *said]
    failed = bool(subprocess.run(command, cwd=ROOT).returncode)
    complaints = [f"{name}: see above what failed"] if failed else []
    return complaints if same else complaints + _executed(venv)


def _matplotlib(lock: Path) -> str:
    return re.search(r"^matplotlib==([\w.]+)", lock.read_text(encoding="utf-8"), re.M)[1]


def _executed(venv: Path) -> list[str]:
    """Execute the notebooks in a virtualenv; returns how their outputs differ from the stored."""
    place = venv / "collection"
    place.mkdir(exist_ok=True)
    for folder in ("seeds", "tests"):  # where the notebooks look for them
        if not (place / folder).exists():
            (place / folder).symlink_to(ROOT / folder)
    own = {"IPYTHONDIR": str(venv / "ipython"), "MPLCONFIGDIR": str(venv / "matplotlib")}
    command = [venv / "bin/python", "-m", "helpers", "execute"]
    command += ["--seeds", place / "seeds", "--out", place / "notebooks"]
    if subprocess.run(command, cwd=ROOT, env=os.environ | own).returncode:
        return [f"{venv.name}: the notebooks could not be executed"]
    return [f"{venv.name}: {each}" for each in differing(ROOT / "notebooks", place / "notebooks")]


def differing(stored: Path, fresh: Path) -> list[str]:
    """In what the outputs of the notebooks of two folders differ, figures left aside."""
    complaints = []
    for path in notebooks(stored):
        pairs = zip_longest(_shown(path), _shown(fresh / path.name))
        different = [place for place, (one, other) in enumerate(pairs, 1) if one != other]
        complaints += [
            f"{path.name}: code cell {number} shows something else" for number in different
        ]
    if (stored / "findings.json").read_bytes() != (fresh / "findings.json").read_bytes():
        complaints.append("the findings are others")
    return complaints


def _shown(path: Path) -> list[list[dict]]:
    """For each code cell its outputs; of a figure only that there is one."""
    cells = [cell for cell in read_notebook(path).cells if cell.cell_type == "code"]
    return [[_unpainted(output) for output in cell.outputs] for cell in cells]


def _unpainted(output: dict) -> dict:
    data = output.get("data", {})
    return output | {"data": data | {FIGURE: ""}} if FIGURE in data else output


def main(names: Sequence[str]) -> int:
    """Run the environments of these names, or all; returns the exit status."""
    pythons = [python for python in PYTHONS if runs(python)]
    FOLDER.mkdir(parents=True, exist_ok=True)
    said = []
    for name in names or ENVIRONMENTS:
        if name in PYTHONS and name not in pythons:
            said.append((name, "left out: there is no such Python on PATH"))
            continue
        print(f"{name}:", flush=True)
        said.append((name, "; ".join(run(name, pythons)) or "passed"))
    print(*(f"{name}: {how}" for name, how in said), sep="\n")
    return 0 if {how.partition(":")[0] for _, how in said} <= {"passed", "left out"} else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
