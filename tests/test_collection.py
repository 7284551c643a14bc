"""Executing notebooks: the same bytes each time, a stamp, their findings, and clear complaints."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import collection
from helpers.__main__ import main
from helpers.findings import FINDING

FIND = (
    "from IPython.display import display\n"
    "found = {'id': '%s', 'sentence': SEEDS, 'values': {}, 'evidence': []}\n"
    f"display({{'text/plain': SEEDS, '{FINDING}': found}}, raw=True)"
)


@pytest.fixture
def folder(tmp_path):
    """A project's folder with two notebooks and one source."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/000.txt").write_text("China bans it.", encoding="utf-8")
    put(tmp_path, "01_what_is_it.ipynb", FIND % "first")
    put(tmp_path, "02_who_bans_it.ipynb", "sorted({'a', 'b', 'c'})", FIND % "second")
    return tmp_path


def put(folder, name, *sources):
    cells = [
        new_markdown_cell("# What is it?"),
        new_code_cell('SEEDS = "../seeds"', metadata={"tags": ["parameters"], "trusted": True}),
        *map(new_code_cell, sources),
    ]
    nbformat.write(new_notebook(cells=cells), folder / "notebooks" / name)


def execute(folder, *arguments):
    notebooks, seeds = str(folder / "notebooks"), str(folder / "seeds")
    return main(["execute", "--notebooks", notebooks, "--seeds", seeds, *arguments])


def stored(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_executing_again_elsewhere_in_the_world_gives_the_same_bytes(folder, monkeypatch, capsys):
    assert execute(folder) == 0
    first = stored(folder / "notebooks")
    assert set(first) == {"01_what_is_it.ipynb", "02_who_bans_it.ipynb", "findings.json"}
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("LC_ALL", "C")
    assert execute(folder) == 0
    assert stored(folder / "notebooks") == first
    assert "2 findings" in capsys.readouterr().out


def test_nothing_of_machine_hour_or_python_is_stored(folder):
    path = folder / "notebooks/02_who_bans_it.ipynb"
    assert execute(folder, "02") == 0
    book = collection.read_notebook(path)
    assert "version" not in book.metadata.language_info
    assert [dict(cell.metadata) for cell in book.cells] == [{}, {"tags": ["parameters"]}, {}, {}]
    assert [cell.execution_count for cell in book.cells[1:]] == [1, 2, 3]
    assert collection.stored_stamp(book) == collection.stamp(book, folder / "seeds")


def test_findings_are_gathered_in_order_with_the_name_of_their_notebook(folder):
    assert execute(folder) == 0
    found = json.loads((folder / "notebooks/findings.json").read_text(encoding="utf-8"))
    assert [(finding["notebook"], finding["id"]) for finding in found] == [
        ("01_what_is_it.ipynb", "first"),
        ("02_who_bans_it.ipynb", "second"),
    ]
    assert {finding["sentence"] for finding in found} == {"../seeds"}
    books = (collection.read_notebook(folder / "notebooks" / row["notebook"]) for row in found)
    stamps = [collection.stored_stamp(book) for book in books]
    assert [finding["computed_from"] for finding in found] == stamps
    assert None not in stamps


def test_the_readme_gets_an_index_where_it_has_a_place_for_it(folder):
    readme = folder / "README.md"
    readme.write_text("# Us\n<!-- notebooks: begin -->old<!-- notebooks: end -->\nbye\n")
    assert execute(folder) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Us\n")
    assert text.endswith("\nbye\n")
    assert "old" not in text
    assert "| 02 | [What is it?](notebooks/02_who_bans_it.ipynb) | ../seeds |" in text


def test_two_findings_with_one_id_are_refused(folder, capsys):
    put(folder, "02_who_bans_it.ipynb", FIND % "first")
    assert execute(folder) == 1
    assert "'first' is taken by 01_what_is_it.ipynb" in capsys.readouterr().err
    assert not (folder / "notebooks/findings.json").exists()


def test_other_sources_give_answers_elsewhere_and_leave_the_collection_alone(folder):
    before = stored(folder / "notebooks")
    other = folder / "elsewhere/mine é"
    other.mkdir(parents=True)
    assert execute(folder, "--seeds", str(other)) == 0
    assert stored(folder / "notebooks") == before
    path = folder / "build/mine é/notebooks/01_what_is_it.ipynb"
    book = collection.read_notebook(path)
    assert book.cells[2].metadata.tags == ["injected-parameters"]
    assert book.cells[2].source == 'SEEDS = "../../../elsewhere/mine é"'
    assert collection.findings([path])[0]["sentence"] == "../../../elsewhere/mine é"


def test_a_coding_of_other_sources_lies_beside_them(folder):
    path = folder / "notebooks/01_what_is_it.ipynb"
    book = collection.read_notebook(path)
    book.cells[1].source += '\nREFERENCE = "../tests/reference"'
    nbformat.write(book, path)
    (folder / "mine/reference").mkdir(parents=True)
    assert execute(folder, "--seeds", str(folder / "mine")) == 0
    injected = collection.read_notebook(folder / "build/mine/notebooks" / path.name).cells[2].source
    assert injected.endswith('REFERENCE = "../../../mine/reference"')


def test_what_is_made_of_other_sources_never_lies_in_what_the_collection_made(folder, capsys):
    (folder / "site").mkdir()
    assert execute(folder, "--seeds", str(folder / "site")) == 1
    assert "would lie in build/site" in capsys.readouterr().err
    assert not (folder / "build").exists()


def test_a_notebook_without_parameters_cannot_take_other_sources(folder, capsys):
    nbformat.write(new_notebook(), folder / "notebooks/03_is_it.ipynb")
    assert execute(folder, "--seeds", str(folder)) == 1
    assert "no cell is tagged 'parameters'" in capsys.readouterr().err


def test_a_failing_notebook_stays_as_it_was_and_stops_no_other(folder, capsys):
    put(folder, "01_what_is_it.ipynb", "1 / 0")
    before = stored(folder / "notebooks")
    assert execute(folder) == 1
    after = stored(folder / "notebooks")
    assert "ZeroDivisionError" in (error := capsys.readouterr().err)
    assert "01_what_is_it.ipynb" in error
    assert after["01_what_is_it.ipynb"] == before["01_what_is_it.ipynb"]
    assert after["02_who_bans_it.ipynb"] != before["02_who_bans_it.ipynb"]
    assert set(after) == set(before)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--notebooks", "nowhere"], "nowhere: no notebook to execute"),
        (["--seeds", "nowhere"], "nowhere: no such folder"),
        (["99"], "no notebook to execute"),
    ],
)
def test_a_wrong_folder_is_named(folder, capsys, arguments, complaint):
    assert execute(folder, *arguments) == 1
    assert complaint in capsys.readouterr().err


def test_a_file_that_is_no_notebook_is_named(folder, capsys):
    (folder / "notebooks/03_is_it.ipynb").write_text("no", encoding="utf-8")
    assert execute(folder) == 1
    assert "03_is_it.ipynb: not a valid notebook" in capsys.readouterr().err


def test_the_stamp_changes_with_all_that_a_notebook_is_computed_from(folder, monkeypatch):
    for name in ("helpers", "tests/reference", "helpers/site"):
        (folder / name).mkdir(parents=True)
    monkeypatch.setattr(collection, "_ROOT", folder)
    book = collection.read_notebook(folder / "notebooks/01_what_is_it.ipynb")

    def stamp():
        return collection.stamp(book, folder / "seeds")

    def written(name):
        (folder / name).write_text("new", encoding="utf-8")
        return stamp()

    stamps = [stamp(), written("seeds/000.txt"), written("seeds/001.txt")]
    stamps += [written("helpers/dates.py"), written("tests/reference/claims.csv")]
    for name in ("helpers/site/pages.py", "helpers/collection.py", "helpers/.dates.py.swp"):
        assert written(name) == stamps[-1]
    (folder / "seeds/001.txt").rename(folder / "seeds/002.txt")
    stamps.append(stamp())
    book.cells[0].source = "# Said otherwise?"
    assert stamp() == stamps[-1]
    book.cells[1].source += "  # another"
    stamps.append(stamp())
    assert len(set(stamps)) == len(stamps)


def test_cells_get_ids_that_stay(folder):
    path = folder / "notebooks/01_what_is_it.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    book["nbformat_minor"] = 4
    for cell in book["cells"]:
        del cell["id"]
    path.write_text(json.dumps(book), encoding="utf-8")
    assert execute(folder, "01") == 0
    ids = [cell.id for cell in collection.read_notebook(path).cells]
    assert ids == ["cell-0", "cell-1", "cell-2"]
