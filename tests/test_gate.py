"""The gate against vacuous validation, and proof that each part of it can fire."""

from pathlib import Path

import gate
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import collection
from helpers.findings import FINDING

ROOT = Path(__file__).parent.parent
NOTEBOOKS = collection.notebooks(ROOT / "notebooks")
DOUBTS = "## How could it be wrong?\n\n## What would change it?"
NAME = "06_did_october_2019_change_anything.ipynb"


@pytest.mark.parametrize("check", gate.GATES, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path, check):
    assert check(collection.read_notebook(path), path.name) == []


def test_there_are_notebooks_to_check():
    assert {"01", "02", "12"} <= {path.name[:2] for path in NOTEBOOKS}


def test_findings_json_says_what_the_notebooks_say():
    stored = (ROOT / "notebooks/findings.json").read_text(encoding="utf-8")
    fresh = stored == collection.findings_json(NOTEBOOKS)
    assert fresh, "findings.json is older than the notebooks; run: make execute"
    assert len(stored) > len("[]\n")


def test_the_readme_says_what_the_notebooks_say():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    fresh = collection.index(NOTEBOOKS, "notebooks") in readme
    assert fresh, "the README's index is older than the notebooks; run: make execute"


def test_the_pictures_of_the_index_are_the_notebooks_first_figures():
    fresh = collection.pictures(NOTEBOOKS)
    stored = {path: path.read_text(encoding="utf-8") for path in fresh if path.exists()}
    assert stored == fresh, "a figure is older than its notebook; run: make execute"
    assert set((ROOT / "notebooks").glob("*.svg")) == set(fresh)
    assert len(fresh) == len(NOTEBOOKS)


def test_nothing_is_hidden_from_the_comparison_by_a_setting():
    settings = ["Makefile", "pyproject.toml", ".ci/run", ".github/workflows/test.yml"]
    folders = ["tests", "notebooks", "helpers"]
    found = [path for folder in folders for path in (ROOT / folder).rglob("conftest.py")]
    for path in [*map(ROOT.joinpath, settings), *ROOT.glob("conftest.py"), *found]:
        text = path.read_text(encoding="utf-8")
        assert not {"sanitize", "nbval-lax"} & set(text.replace("--", " ").split()), path
    assert "--nbval " in (ROOT / "Makefile").read_text(encoding="utf-8")


def finding(text="It is so."):
    data = {"text/markdown": text, FINDING: {"id": "so", "sentence": text}}
    return new_output("display_data", data=data)


def code(source, count, *outputs, tags=()):
    metadata = {"tags": list(tags)} if tags else {}
    return new_code_cell(source, execution_count=count, outputs=list(outputs), metadata=metadata)


def good():
    """A small notebook that has nothing wrong with it."""
    book = new_notebook(
        cells=[
            new_markdown_cell("# Did October 2019 change anything?"),
            code("from helpers import finding", 1),
            code('SEEDS = "../seeds"', 2, tags=["parameters"]),
            code("finding()", 3, finding()),
            new_markdown_cell(
                f"{DOUBTS}\n\nOne of three readings, see `x[10]` and a"
                " [page](https://example.org/11), then"
                " [03 Who bans, and who promotes?](03_who_bans_and_who_promotes.ipynb#top)."
            ),
        ]
    )
    book.metadata["ban_and_build"] = {"stamp": collection.stamp(book, gate.SEEDS)}
    return book


@pytest.mark.parametrize("check", gate.GATES, ids=lambda check: check.__name__)
def test_a_good_notebook_passes(check):
    assert check(good(), NAME) == []


def changed(place, cell):
    book = good()
    book.cells[place] = cell
    return book


@pytest.mark.parametrize("count", [None, 7])
def test_a_cell_not_executed_in_order_is_found(count):
    assert len(gate.unexecuted(changed(3, code("1", count)), NAME)) == 1


@pytest.mark.parametrize(
    "cell",
    [
        code("# NBVAL_IGNORE_OUTPUT\n1", 3),
        code("#NBVAL_SKIP\n1", 3),
        code("1", 3, tags=["nbval-ignore-output"]),
        code("1", 3, tags=["raises-exception"]),
        code("1", 3, new_output("display_data", data={"image/png": "iVBORw0KGgo="})),
    ],
)
def test_what_is_hidden_from_the_comparison_is_found(cell):
    assert len(gate.hidden(changed(3, cell), NAME)) == 1


@pytest.mark.parametrize(
    "output",
    [
        new_output("error", ename="KeyError", evalue="'x'", traceback=[]),
        new_output("stream", name="stderr", text="FutureWarning: soon"),
    ],
)
def test_errors_and_warnings_are_found(output):
    assert len(gate.failed(changed(3, code("1", 3, output)), NAME)) == 1
    assert gate.failed(changed(3, code("1", 3, new_output("stream", text="fine"))), NAME) == []


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("read {root}seeds/000.txt", 1),
        ('<a href="{root}seeds/000.txt">000</a>', 1),
        ("in ~/articles", 1),
        ("in C:\\articles", 1),
        ("file:///articles", 1),
        ('<a href="../seeds/000.txt#L1">a/b/c</a>, 24/7/365, and/or/both, image/svg+xml', 0),
        ("https://example.org/a/b </svg:a/b>", 0),
    ],
)
def test_absolute_paths_are_found(text, paths):
    text = text.format(root="/".join(["", "srv", "articles", ""]))
    for output in (
        new_output("stream", text=text),
        new_output("display_data", data={"text/html": text}),
        new_output("display_data", data={"application/json": {"rows": [{"file": text}]}}),
    ):
        assert len(gate.leaked(changed(3, code("1", 3, output)), NAME)) == paths


def test_a_notebook_that_was_left_behind_is_found(tmp_path, monkeypatch):
    for name in ("000.txt", "sources.csv"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    monkeypatch.setattr(gate, "SEEDS", tmp_path)
    assert gate.stale(good(), NAME) == []
    assert len(gate.stale(changed(3, code("other()", 3)), NAME)) == 1
    book = good()
    (tmp_path / "000.txt").write_text("new", encoding="utf-8")
    assert len(gate.stale(book, NAME)) == 1
    assert len(gate.stale(new_notebook(), NAME)) == 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("There are 5 sources.", 1),
        ("An F1 of what? F2, Q3.", 2),
        ("In **2019**, and *17*.", 2),
        ("twelve articles, a dozen, the twentieth, Thousands, twenty-one, ½ and ２²", 7),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 2),
        ("- item 3\n\n> quoted 4", 2),
        ("```{note}\nall 5 of them\n```", 1),
        ("<details>all 5 of them</details>", 1),
        ("a [link to 7](https://example.org/7)", 1),
        ('a [link](https://example.org "of 2018")', 1),
        ("![13 bars](figure.svg)", 1),
        ("## Did 2019 change anything?", 1),
        ("next: [04 What is being built in 2020?](04_what_is_being_built.ipynb)", 1),
        ("next: [04 What is being built?](04_what_is_being_built.ipynb)", 0),
        ("# Did October 2019 change anything?", 0),
        ("1. first\n2. second\n\nthree of nine often attend, `x = 10`\n\n```\n11\n```", 0),
    ],
)
def test_numbers_typed_in_markdown_are_found(text, numbers):
    assert len(gate.typed(changed(4, new_markdown_cell(text)), NAME)) == numbers


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (0, new_markdown_cell("# October")),
        (0, new_markdown_cell("Nothing to ask.")),
        (4, new_markdown_cell(f"# And now?\n{DOUBTS}")),
        (4, new_markdown_cell(f"## Method\n{DOUBTS}")),
        (4, new_markdown_cell("## How could it be wrong?")),
        (4, new_markdown_cell("## What would change it?\n\n## How could it be wrong?")),
        (2, code('SEEDS = "../seeds"', 2)),
        (2, code('SEEDS = "elsewhere"', 2, tags=["parameters"])),
        (1, code("1", 1, new_output("execute_result", data={"text/plain": "1"}))),
        (3, code("finding()", 3)),
    ],
)
def test_departures_from_the_form_are_found(place, cell):
    assert len(gate.disordered(changed(place, cell), NAME)) == 1


@pytest.mark.parametrize("source", ['read("../seeds")', "read('../tests/reference')"])
def test_a_folder_that_is_no_parameter_is_found(source):
    assert len(gate.fixed(changed(3, code(source, 3)), NAME)) == 1


def test_a_long_notebook_is_found():
    fits = "\n\n".join(["x = 1"] * (gate.MOST_LINES - 2))
    assert gate.long(changed(3, code(fits, 3)), NAME) == []
    assert len(gate.long(changed(3, code(fits + "\nx", 3)), NAME)) == 1
