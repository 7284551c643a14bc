"""How long validation takes: all notebooks, beside as many that only import what each imports.

Both are run by the command of `make test`, in turns, so that what else the machine does falls on
both; the faster round of each counts.
"""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLUGINS = "-p xdist.plugin -n 2 --dist loadfile -p nbval.plugin --nbval --nbval-current-env"
MOST_TIMES = 1.5


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A folder with as many notebooks that import pandas and pyplot, and do nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    for path in NOTEBOOKS:
        code = "import matplotlib.pyplot as plt\nimport pandas as pd"
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, execution_count=1)])
        book.metadata = nbformat.read(path, as_version=4).metadata
        nbformat.write(book, folder / path.name)
    return folder


@pytest.fixture(scope="module")
def fastest():
    """The fastest round of each kind, in seconds."""
    return {}


def validate(folder: Path) -> None:
    """Run the notebooks of a folder and compare, as `make test` does."""
    machinery = {"IPYTHONDIR": ".venv/ipython", "MPLCONFIGDIR": ".venv/matplotlib"}
    own = {name: str(ROOT / path) for name, path in machinery.items()}
    command = [sys.executable, "-m", "pytest", *PLUGINS.split(), str(folder)]
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | own | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("kind", ["empty", "collection"])
def test_validation(benchmark, fastest, empty, kind, turn):
    folder = empty if kind == "empty" else ROOT / "notebooks"
    benchmark.pedantic(validate, (folder,), rounds=1)
    fastest[kind] = min(benchmark.stats.stats.min, fastest.get(kind, float("inf")))
    if (kind, turn) == ("collection", 2):
        assert fastest["collection"] < MOST_TIMES * fastest["empty"]
