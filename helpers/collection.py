"""The collection as a whole: executing the notebooks, and gathering what they found.

Executing a notebook twice from the same sources gives the same bytes: nothing of the machine, the
hour or the Python in use is written. Each notebook is stamped with a hash of all that it was
computed from, so that one left behind by a change can be told from the rest.
"""

import asyncio
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm
from traitlets.config import Config

from helpers.corpus import read_corpus
from helpers.findings import FINDING
from helpers.handwritten import MissingFindingError, filled
from helpers.words import to_attribute, to_markdown

SEEDS = "../seeds"

_ROOT = Path(__file__).resolve().parent.parent
_STAMP = "ban_and_build"
# Rooms that no notebook enters: a change there makes no notebook older.
_MACHINERY = {"__main__.py", "changes.py", "collection.py", "handwritten.py", "site", "tabulate"}
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    # Without the version, which would differ from one Python to the next.
    "language_info": {"file_extension": ".py", "name": "python", "pygments_lexer": "ipython3"},
}
# Kernels listen on a local port, and warn in each notebook's run if that is not encrypted.
_KERNEL = Config({"KernelManager": {"transport_encryption": "auto"}})
_INDEX = re.compile(r"(<!-- notebooks: begin -->).*?(<!-- notebooks: end -->)", re.DOTALL)
_SECONDS_PER_CELL = 600
_AT_A_TIME = 2
_BUILT = frozenset({"site", "doctrees", "screenshots", "uv"})  # in the folder build
_SMALL = 240  # pixels: the width of a figure in the index
_TITLE = "{http://www.w3.org/2000/svg}title"


class NotebookError(Exception):
    """A notebook could not be read or executed; the message says which, where and why."""


def notebooks(folder: Path) -> list[Path]:
    """The notebooks of the collection, `NN_question_in_words.ipynb`, in their order."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def read_notebook(path: Path) -> NotebookNode:
    """The notebook at `path`. Raises NotebookError where that is not a valid notebook."""
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        raise NotebookError(f"{path}: not a valid notebook ({error})") from error


def execute(paths: Iterable[Path], seeds: Path, out: Path, workers: int = _AT_A_TIME) -> list[str]:
    """Execute notebooks, a few at a time, with a progress bar counting code cells.

    Each is written to the folder `out`, with the kernel working there.
    A notebook that fails stays as it was and does not stop the others; the complaints are
    returned, one for each that failed. Raises NotebookError for a notebook that cannot be read,
    before any is executed.
    """
    out.mkdir(parents=True, exist_ok=True)
    books = {path: _prepared(path, seeds, out) for path in paths}
    cells = sum(cell.cell_type == "code" for book in books.values() for cell in book.cells)
    complaints = []
    limit = asyncio.Semaphore(workers)

    async def attempt(path: Path, bar: tqdm) -> None:
        async with limit:
            try:
                await _execute_one(books[path], seeds, out / path.name, bar)
            except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                complaints.append(f"{path}: {error}")

    async def attempt_all() -> None:
        with tqdm(total=cells, unit="cell", desc=f"{len(books)} notebooks") as bar:
            await asyncio.gather(*(attempt(path, bar) for path in books))

    asyncio.run(attempt_all())
    return sorted(complaints)


def _prepared(path: Path, seeds: Path, out: Path) -> NotebookNode:
    """The notebook, told where sources and reference are if that is not where they usually are."""
    book = read_notebook(path)
    # Whoever has coded other sources by hand puts the coding beside them.
    reference = seeds / "reference"
    reference = reference if reference.is_dir() else _ROOT / "tests/reference"
    places = {"SEEDS": seeds, "REFERENCE": reference}
    if Path(os.path.relpath(seeds, out)).as_posix() != SEEDS:
        _inject(book, {name: os.path.relpath(place, out) for name, place in places.items()}, path)
    return book


async def _execute_one(book: NotebookNode, seeds: Path, target: Path, bar: tqdm) -> None:
    # Taken before, so that what changes meanwhile makes the notebook stale.
    mark = stamp(book, seeds)
    client = NotebookClient(
        book,
        kernel_name="python3",
        timeout=_SECONDS_PER_CELL,
        record_timing=False,
        resources={"metadata": {"path": str(target.parent)}},
        on_cell_executed=lambda **_: bar.update(),
        config=_KERNEL,
    )
    await client.async_execute()
    _normalise(book)
    book.metadata[_STAMP] = {"stamp": mark}
    _write(target, nbformat.writes(book, version=4) + "\n")


def _inject(book: NotebookNode, places: dict[str, str], path: Path) -> None:
    """Add a cell with other parameters after the cell tagged `parameters`, as papermill does.

    Only those that the cell has are given another value.

    See papermill's documentation, 'Parameterize': https://papermill.readthedocs.io
    """
    for place, cell in enumerate(book.cells):
        if "parameters" in cell.metadata.get("tags", []):
            lines = [
                f"{name} = {json.dumps(Path(place).as_posix(), ensure_ascii=False)}"
                for name, place in places.items()
                if re.search(rf"^{name} =", cell.source, re.MULTILINE)
            ]
            injected = nbformat.v4.new_code_cell("\n".join(lines), id="injected-parameters")
            injected.metadata["tags"] = ["injected-parameters"]
            book.cells.insert(place + 1, injected)
            return
    raise NotebookError(f"{path}: no cell is tagged 'parameters', so its sources cannot be changed")


def _normalise(book: NotebookNode) -> None:
    """Leave nothing in the notebook that depends on who executed it, where and when."""
    book.nbformat_minor = 5
    book.metadata = nbformat.from_dict(_METADATA)
    taken = set()
    for place, cell in enumerate(book.cells):
        cell.metadata = nbformat.from_dict(
            {key: value for key, value in cell.metadata.items() if key in ("tags", "mystnb")}
        )
        if cell.get("id") is None or cell.id in taken:
            cell.id = f"cell-{place}"
        taken.add(cell.id)


def stamp(book: NotebookNode, seeds: Path) -> str:
    """The sha256 of all that a notebook is computed from.

    That is the folder of sources with its record, the reference coding, the rooms of `helpers`
    that a notebook enters, and the notebook's own code.
    """
    digest = hashlib.sha256()
    for name, content in _ingredients(book, seeds):
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()


def _ingredients(book: NotebookNode, seeds: Path) -> Iterator[tuple[str, bytes]]:
    folders = {"seeds": seeds, "reference": _ROOT / "tests/reference", "helpers": _ROOT / "helpers"}
    for name, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            if path.is_file() and not any(
                part in _MACHINERY or part == "__pycache__" or part.startswith(".")
                for part in relative.parts
            ):
                yield f"{name}/{relative.as_posix()}", path.read_bytes()
    for cell in book.cells:
        if cell.cell_type == "code":
            yield "code", cell.source.encode()


def stored_stamp(book: NotebookNode) -> str | None:
    """The stamp that a notebook was given when it was executed; None if it never was."""
    return book.metadata.get(_STAMP, {}).get("stamp")


def beside(notebooks: Path, seeds: Path) -> Path | None:
    """The folder for all that is made of sources of somebody's own; None for the collection's.

    Raises NotebookError for a name that something else in `build` has.
    """
    folder = seeds.resolve()
    if folder == (notebooks.parent / "seeds").resolve():
        return None
    if folder.name in _BUILT:
        what = f"what is made of it would lie in build/{folder.name}, which the collection uses"
        raise NotebookError(f"{seeds}: {what}; rename the folder")
    return notebooks.parent / "build" / folder.name


def findings(paths: Iterable[Path]) -> list[dict]:
    """The findings that executed notebooks hold, in their order.

    Each is the JSON form of the finding with two more keys: `notebook`, the name of its file, and
    `computed_from`, the stamp of what that was executed from (see `stamp`; None if it never was).
    Raises NotebookError where two findings share an id.
    """
    found: dict[str, dict] = {}
    for path in paths:
        book = read_notebook(path)
        for said in shown(book, FINDING):
            finding = {"notebook": path.name} | said | {"computed_from": stored_stamp(book)}
            if finding["id"] in found:
                other = found[finding["id"]]["notebook"]
                raise NotebookError(
                    f"{path}: the finding id {finding['id']!r} is taken by {other};"
                    " give one of them another id"
                )
            found[finding["id"]] = finding
    return list(found.values())


def shown(book: NotebookNode, mime: str) -> list[Any]:
    """What the outputs of a notebook hold in one form, from top to bottom."""
    outputs = (output for cell in book.cells for output in cell.get("outputs", []))
    return [output.data[mime] for output in outputs if mime in output.get("data", {})]


def findings_json(paths: Iterable[Path]) -> str:
    """The text of `findings.json` for these notebooks."""
    return json.dumps(findings(paths), ensure_ascii=False, indent=1) + "\n"


def question(book: NotebookNode) -> str:
    """The question that a notebook asks: its heading of the first level; empty if it has none."""
    sources = (cell.source for cell in book.cells if cell.cell_type == "markdown")
    titles = (re.match(r"# +(.+)", source) for source in sources)
    return next((title[1].strip() for title in titles if title), "")


class Entry(NamedTuple):
    """A notebook in the index: what it asks, the first thing it found, its first figure.

    All but the first two are empty where it was not executed, or shows no figure.
    """

    number: str
    question: str
    answer: str
    figure: str  # its title
    svg: str


def entry(path: Path) -> Entry:
    """What the index says of a notebook, as its stored outputs have it."""
    book = read_notebook(path)
    answer = next((finding["sentence"] for finding in shown(book, FINDING)), "")
    svg = next(iter(shown(book, "image/svg+xml")), "")
    title = ElementTree.fromstring(svg).findtext(_TITLE) if svg else None
    return Entry(path.name[:2], question(book), answer, title or "", svg)


def index(paths: Iterable[Path], folder: str) -> str:
    """The index as a Markdown table, with links to the notebooks in a folder, and their figures."""
    lines = ["| | question | in one sentence | figure |", "|---|---|---|---|"]
    for path in paths:
        said = entry(path)
        cells = f"[{said.question}]({folder}/{path.name}) | {to_markdown(said.answer)}"
        source, words = f"{folder}/{_picture(path).name}", to_attribute(said.figure)
        picture = f'<img src="{source}" width="{_SMALL}" alt="{words}">'
        figure = f"[{picture}]({folder}/{path.name})" if said.svg else ""
        lines.append(f"| {said.number} | {cells} | {figure} |")
    return "\n".join(lines)


def pictures(paths: Iterable[Path]) -> dict[Path, str]:
    """The first figure of each notebook as a file of its own, for pages that cannot hold it."""
    drawn = {_picture(path): entry(path).svg for path in paths}
    return {path: svg + "\n" for path, svg in drawn.items() if svg}


def _picture(path: Path) -> Path:
    # Beside its notebook: so its links lead where they do there.
    return path.with_suffix(".svg")


def gather(folder: Path) -> int:
    """Write what the notebooks of a folder found; returns how many findings there are.

    They go to `findings.json` and into the pages written by hand beside the notebooks, and into the
    index of a README.md in the folder above, if there is one with a place for it; first figures go
    to files beside their notebooks.
    """
    paths = notebooks(folder)
    text = findings_json(paths)
    _write(folder / "findings.json", text)
    for page, words in filled_pages(folder, json.loads(text)).items():
        _write(page, words)
    for path, svg in pictures(paths).items():
        _write(path, svg)
    readme = folder.parent / "README.md"
    if readme.is_file():
        _write(readme, with_index(readme.read_text(encoding="utf-8"), index(paths, folder.name)))
    return len(json.loads(text))


def filled_pages(folder: Path, found: Sequence[dict], seeds: str = SEEDS) -> dict[Path, str]:
    """The pages written by hand beside notebooks, with what `helpers.handwritten` fills in.

    `seeds` is the folder of sources, from the notebooks'. Raises NotebookError for a page with a
    place for a finding that no notebook has.
    """
    pages = {page: page.read_text(encoding="utf-8") for page in sorted(folder.glob("*.md"))}
    if not pages:
        return {}
    # Cited as the notebooks do.
    corpus = replace(read_corpus(folder / seeds), folder=Path(seeds))
    try:
        return {page: filled(text, found, corpus) for page, text in pages.items()}
    except MissingFindingError as error:
        raise NotebookError(f"{folder}: {error}") from error


def with_index(readme: str, table: str) -> str:
    """A README with this table in the place for its index, if it has one."""
    return _INDEX.sub(lambda place: f"{place[1]}\n\n{table}\n\n{place[2]}", readme)


def _write(path: Path, text: str) -> None:
    """Write all of a file or nothing; leave it untouched where it already says the same."""
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
