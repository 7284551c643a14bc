"""What is compared between environments, and which there are."""

import tomllib
from pathlib import Path

import environments
import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook, new_output
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent


def folder(path, findings="[]", **data):
    """A folder with one notebook that shows this."""
    path.mkdir()
    outputs = [new_output("display_data", data=data)] if data else []
    book = new_notebook(cells=[new_code_cell("show()", outputs=outputs)])
    nbformat.write(book, path / "01_what_is_it.ipynb")
    (path / "findings.json").write_text(findings, encoding="utf-8")
    return path


SHOWN = {"text/plain": "5 claims", environments.FIGURE: "<svg/>"}


@pytest.mark.parametrize(
    ("other", "complaints"),
    [
        (SHOWN, 0),
        (SHOWN | {environments.FIGURE: "<svg></svg>"}, 0),
        (SHOWN | {"text/plain": "6 claims"}, 1),
        ({"text/plain": "5 claims"}, 1),
        ({}, 1),
        (SHOWN | {"findings": "[6]"}, 1),
    ],
)
def test_all_is_compared_but_how_a_figure_is_drawn(tmp_path, other, complaints):
    stored = folder(tmp_path / "stored", **SHOWN)
    found = environments.differing(stored, folder(tmp_path / "fresh", **other))
    assert len(found) == complaints


def test_the_pythons_are_those_that_the_project_and_ci_name():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert environments.PYTHONS[0] in SpecifierSet(project["requires-python"])
    assert project["requires-python"] == f">={environments.PYTHONS[0]}"
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert {*workflow["jobs"]["test"]["strategy"]["matrix"]["python"]} <= {*environments.PYTHONS}
