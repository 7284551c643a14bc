"""Where on the site a link of a notebook leads.

Notebooks cite by linking to a file in `seeds/`, which works on GitHub and in JupyterLab: a source
with the span's lines and columns, `../seeds/002_….txt#L31C1-L31C52`, or a row of the record,
`../seeds/record/events.csv#L12`. Here these become the sentence on the source's page, and the row
on the record's page.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd

from helpers.corpus import Corpus, read_corpus
from helpers.record import Record, locate, read_record

_LINE = re.compile(r"L(\d+)(?:C(\d+))?(?:-L\d+(?:C\d+)?)?")


class BrokenLinkError(ValueError):
    """A link that leads nowhere; the message says why."""


@dataclass(frozen=True)
class Place:
    """What a link leads to.

    `href` is counted from the site's root. For a sentence of a source or a row of the record,
    `label` is how it is cited ('002:16', 'E011') and `words` are the words that stand there.
    """

    href: str
    label: str = ""
    words: str = ""


class Links:
    """Leads from files in the sources' folder to the pages of the site.

    `prefix` is how notebooks write that folder, such as '../seeds'. `pages` has the address of
    each source's page by the source's id, without its ending; `checks` are the record's, with the
    sentence that each is about.
    """

    def __init__(self, corpus: Corpus, record: Record, prefix: str):
        self.corpus, self.record, self.prefix = corpus, record, prefix.rstrip("/") + "/"
        self.checks = locate(record.checks, corpus)
        documents = corpus.documents
        self.pages = page_names(documents["source"])
        self._source_of_file = dict(zip(documents["file"], documents["source"], strict=True))
        self._sentences = {
            source: (rows["start"].tolist(), rows["end"].tolist(), rows["sentence"].tolist())
            for source, rows in corpus.sentences.groupby("source")
        }
        self._words = {
            (row.source, row.sentence): row.exact for row in corpus.sentences.itertuples()
        }
        self._rows = {
            "events.csv": _labels(record.events, "event", "title"),
            "series.csv": _labels(record.series, "series_id", "series"),
            "checks.csv": _labels(record.checks, "check", "statement"),
        }

    @classmethod
    def read(cls, notebooks: Path, prefix: str) -> "Links":
        """The links into the folder that notebooks in the folder `notebooks` call `prefix`."""
        seeds = notebooks / prefix
        return cls(read_corpus(seeds), read_record(seeds / "record"), prefix)

    def resolve(self, href: str) -> Place:
        """The place on the site that `href`, as a notebook writes it, leads to.

        Raises BrokenLinkError for a link that leads nowhere and for a scheme that is not the web's.
        """
        parts = urlsplit(href)
        if parts.scheme in ("http", "https") or href.startswith("#"):
            return Place(href)
        if parts.scheme or parts.netloc:
            raise BrokenLinkError(f"{href!r} is neither on the site nor on the web")
        path = unquote(parts.path)
        if path.endswith(".ipynb") and "/" not in path:
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            return Place(f"{path.removesuffix('.ipynb')}.html{fragment}")
        if not path.startswith(self.prefix):
            raise BrokenLinkError(f"{href!r} leads to no page of the site")
        file = path.removeprefix(self.prefix)
        if file.startswith("record/"):
            return self._row(file.removeprefix("record/"), parts.fragment)
        if file not in self._source_of_file:
            raise BrokenLinkError(f"{href!r}: {file} is not among the sources")
        return self._passage(self._source_of_file[file], parts.fragment)

    def sentence(self, source: str, number: int) -> Place:
        """Sentence `number` of `source`, on the source's page."""
        return Place(
            f"{self.pages[source]}.html#s{number}",
            f"{source}:{number}",
            self._words[source, number],
        )

    def _passage(self, source: str, fragment: str) -> Place:
        if not fragment:
            return Place(f"{self.pages[source]}.html", source)
        match = _LINE.fullmatch(fragment)
        if not match:
            raise BrokenLinkError(
                f"source {source}: #{fragment} is not a line, such as #L3 or #L3C1"
            )
        lines = self.corpus.text(source).split("\n")
        line, column = int(match[1]), int(match[2] or 1)
        if not 1 <= line <= len(lines):
            raise BrokenLinkError(f"source {source} has {len(lines)} lines, and no line {line}")
        offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
        starts, ends, numbers = self._sentences.get(source, ((), (), ()))
        # A link to a whole line means its first sentence, wherever on the line that begins.
        at = bisect_right(starts, offset) - 1 if match[2] else bisect_left(starts, offset)
        last = offset if match[2] else offset + len(lines[line - 1])
        if not (0 <= at < len(starts) and starts[at] <= last and offset < ends[at]):
            raise BrokenLinkError(f"source {source}: no sentence stands at #{fragment}")
        return self.sentence(source, numbers[at])

    def _row(self, file: str, fragment: str) -> Place:
        if file not in self._rows:
            raise BrokenLinkError(f"record/{file} is no table of the record")
        if not fragment:
            return Place("record.html")
        match = _LINE.fullmatch(fragment)
        if not match or int(match[1]) not in self._rows[file]:
            raise BrokenLinkError(f"record/{file} has no row at #{fragment}")
        label, words = self._rows[file][int(match[1])]
        return Place(f"record.html#{label}", label, words)


def page_names(sources: Iterable[str]) -> dict[str, str]:
    """A page for each source: a name that is safe as a file's and in an address, and its own."""
    pages: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for source in sources:
        name = re.sub(r"[^A-Za-z0-9_]+", "-", source).lower()
        taken[name] += 1
        # Two dashes never come from a name, so a numbered page is nobody else's.
        pages[source] = f"sources/{name}" + (f"--{taken[name]}" if taken[name] > 1 else "")
    return pages


def _labels(table: pd.DataFrame, label: str, words: str) -> dict[int, tuple[str, str]]:
    """By its line in the file: how each row of a table of the record is cited, what it says."""
    return dict(zip(table["line"], zip(table[label], table[words], strict=True), strict=True))
