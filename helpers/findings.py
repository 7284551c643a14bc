"""Findings: the only way in which a notebook says something.

A finding is a sentence with computed values, and the evidence that it rests on: rows of the tables
or of the record, each cited by a link to its very words. All that comes from a source or from the
record is shown as the characters that it is made of, and never as mark-up.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import numpy as np
import pandas as pd

from helpers.corpus import Corpus
from helpers.tables import CLOSED_SETS
from helpers.words import fill, slug, to_attribute, to_html, to_markdown, visible, when

ARTICLE = (
    "headline",
    "keypoint",
    "body",
)  # the zones of the article itself, not of what is round it
# The statuses of acts that happened or are meant to; the others are rumours and denials.
CONFIRMED = ("done", "planned")

FINDING = "application/vnd.ban-and-build.finding+json"

_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_ALL, _SHOWN = 5, 3  # so many citations are all in the sentence; of more, so many are
_DIGITS = 12  # significant ones, of a number in the JSON form
_QUOTED = 160  # characters of a quotation in a tooltip
_CONTEXT = 60  # characters on either side of a keyword
_FOLDER = "record"  # of the record, among the sources
# For each table of the record: the column that labels its rows, its file, and what is read in it.
_RECORD = {
    "event": ("events.csv", ("title", "summary")),
    "series_id": ("series.csv", ("series", "date", "value", "unit", "note")),
    "check": ("checks.csv", ("statement", "finding")),
}
# What evidence tables say of a row besides its words and the values of closed sets, by name.
_NAMED = (
    *("actor", "place", "attribution", "entity", "value", "value_high", "unit_of_measure", "of"),
    *("issuer", "verdict", "confidence", "reference", "coded"),
)


@dataclass(frozen=True)
class Citation:
    """Where words stand: how that is written, the link there, and the words.

    `place` is the same for a machine: source, sentence, start, end and exact; or source and sha256
    for a source as a whole; or the label of a row of the record.
    """

    label: str
    href: str
    words: str
    place: Mapping[str, Any] = field(hash=False)

    @property
    def quotation(self) -> str:
        """The words, cut to what a tooltip holds."""
        words = visible(self.words).strip()
        return words if len(words) <= _QUOTED else words[:_QUOTED].rstrip() + "…"

    @property
    def markdown(self) -> str:
        """The link, as in `[[002:16]](… "quotation")`."""
        return f'[[{to_markdown(self.label)}]]({self.href} "{to_markdown(self.quotation)}")'

    @property
    def html(self) -> str:
        """The link as an HTML element."""
        href, title = to_attribute(self.href), to_attribute(self.quotation)
        return f'<a href="{href}" title="{title}">[{to_html(self.label)}]</a>'


class _Row(NamedTuple):
    """One row of an evidence table; `basis` is what coded it, or where it was seen, as HTML."""

    citation: Citation
    pre: str
    keyword: str
    post: str
    codes: str
    basis: str
    group: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """The words that a finding rests on; shown, it is a table of plain HTML.

    `searched` is true where nothing was found: then the rows are what was looked through.
    """

    rows: tuple[_Row, ...]
    anchor: str
    caption: str
    kwic: bool
    searched: bool

    def __len__(self) -> int:
        return 0 if self.searched else len(self.rows)

    def __add__(self, other: "Evidence") -> "Evidence":
        """Both; where only one of the two found something, that one."""
        if self.searched != other.searched:
            return other if self.searched else self
        rows = tuple(dict.fromkeys((*self.rows, *other.rows)))
        return Evidence(rows, self.anchor, self.caption, self.kwic, self.searched)

    @property
    def markdown(self) -> str:
        """A few citations, of as many groups and sources as can be, and a link to the rest."""
        rows = list({row.citation.label: row for row in reversed(self.rows)}.values())[::-1]
        groups = [row.group for row in rows]
        sources = [row.citation.place.get("source") for row in rows]
        known = [(groups[n] in groups[:n], sources[n] in sources[:n]) for n in range(len(rows))]
        most = len(rows) if len(rows) <= _ALL else _SHOWN
        shown = sorted(sorted(range(len(rows)), key=known.__getitem__)[:most])
        links = " ".join(rows[n].citation.markdown for n in shown)
        if len(rows) > most:
            links += f" [and {len(rows) - most} more](#{self.anchor})"
        return f"(looked through: {links})" if self.searched else links

    def _repr_html_(self) -> str:
        heads = ("before", "keyword", "after") if self.kwic else ("in these words",)
        heads = ("where", *heads, "coded as", "rule or page")
        lines = [f'<table id="{self.anchor}">']
        if self.caption:
            lines.append(f"<caption>{to_html(self.caption)}</caption>")
        columns = "".join(_left(head, 'th scope="col"') for head in heads)
        lines.append(f"<thead><tr>{columns}</tr></thead>")
        for group, rows in groupby(self.rows, key=lambda row: row.group):
            members = [self._line(row) for row in rows]
            lines.append("<tbody>")
            if group:
                said = to_html(f"{_in_words(group)} ({len(members)})")
                head = _left(said, f'th colspan="{len(heads)}" scope="rowgroup"')
                lines.append(f'<tr id="{group_anchor(self.anchor, group)}">{head}</tr>')
            lines += [*members, "</tbody>"]
        return "\n".join([*lines, "</table>"])

    def _line(self, row: _Row) -> str:
        pre, post = row.pre, row.post
        if self.kwic:
            pre = f"…{pre[-_CONTEXT:]}" if len(pre) > _CONTEXT else pre
            post = f"{post[:_CONTEXT]}…" if len(post) > _CONTEXT else post
        keyword = f"<mark>{to_html(row.keyword)}</mark>" if row.keyword else ""
        words = [to_html(pre), keyword, to_html(post)]
        words = words if self.kwic else ["".join(words)]
        cells = "".join(_left(cell) for cell in (*words, to_html(row.codes), row.basis))
        return f"<tr><td>{row.citation.html}</td>{cells}</tr>"

    def __repr__(self) -> str:
        return "\n".join(
            f"[{row.citation.label}] {row.citation.quotation} ({row.codes})" for row in self.rows
        )


def _left(cell: str, tag: str = "td") -> str:
    """A cell whose words begin at its left; Jupyter's own style would set them to the right."""
    return f'<{tag}><div align="left">{cell}</div></{tag[:2]}>'


def group_anchor(anchor: str, group: Sequence[str]) -> str:
    """The id of a group of rows in the evidence table that has the id `anchor`."""
    return slug(anchor, *group)


@dataclass(frozen=True)
class Finding:
    """A sentence, the values computed for it, and its evidence; shown, it is Markdown and JSON."""

    id: str
    sentence: str
    values: Mapping[str, Any]
    evidence: Evidence

    @property
    def markdown(self) -> str:
        """The sentence with its citations."""
        return f"{to_markdown(self.sentence)} {self.evidence.markdown}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/markdown": self.markdown,
            "text/plain": self.sentence,
            FINDING: {
                "id": self.id,
                "sentence": self.sentence,
                "values": {name: _json(value) for name, value in self.values.items()},
                "evidence": [dict(row.citation.place) for row in self.evidence.rows],
            },
        }


def finding(id: str, sentence: str, values: Mapping[str, Any], evidence: Evidence) -> Finding:
    """What a notebook says: a template, the values computed for it, and what they rest on.

    `id` is lower-case words joined by dots and hyphens, the collection's own. `sentence` is a
    template as `helpers.words.fill` has them. Where a value is missing (None, NaN, NaT), the
    finding says that it cannot be computed.

    Raises ValueError for an id of another form, for a number typed into the sentence, and for a
    finding without evidence.
    """
    if not _ID.fullmatch(id):
        raise ValueError(f"finding id {id!r}: write it as in 'contradiction.by-object'")
    if not evidence.rows:
        raise ValueError(f"finding {id!r} rests on nothing: give it evidence")
    values = {name: _native(value) for name, value in values.items()}
    missing = [name.replace("_", " ") for name, value in values.items() if value is None]
    if missing:
        sentence = "The sources do not say enough to answer this: nothing gives the {missing}."
    return Finding(id, fill(sentence, {"missing": missing, **values}), values, evidence)


def cite(corpus: Corpus, row: Mapping[str, Any]) -> Citation:
    """The citation of one row of any table of the corpus, or of the record that goes with it.

    Its link leads to the row's span by line and column, or to the row's line in the record's file.
    Both count from 1, and the last column is the one after the span, as on GitHub.
    """
    label = next((column for column in _RECORD if column in row), None)
    if label:
        file, columns = _RECORD[label]
        href = f"{_href(corpus.folder / _FOLDER / file)}#L{row['line']}"
        return Citation(row[label], href, _said(row, columns), {"record": row[label]})
    source = row["source"]
    document = _documents(corpus)[source]
    href = _href(corpus.folder / document["file"])
    if "start" not in row:
        words = _said(document, ("title", "publisher"))
        return Citation(source, href, words, {"source": source, "sha256": document["sha256"]})
    text, start, end = corpus.text(source), row["start"], row["end"]
    (line, column), (last_line, last_column) = _position(text, start), _position(text, end)
    place = {name: row[name] for name in ("source", "sentence", "start", "end") if name in row}
    return Citation(
        f"{source}:{row['sentence']}" if "sentence" in row else f"{source}, line {line}",
        f"{href}#L{line}C{column}-L{last_line}C{last_column}",
        text[start:end],
        place | {"exact": text[start:end]},
    )


@lru_cache(maxsize=16)
def _documents(corpus: Corpus) -> dict[str, dict[str, Any]]:
    """The rows of the documents table by their source."""
    return {document["source"]: document for document in corpus.documents.to_dict("records")}


def evidence(
    corpus: Corpus,
    rows: pd.DataFrame,
    *,
    by: Sequence[str] = (),
    caption: str = "",
    anchor: str = "evidence",
    kwic: bool = False,
) -> Evidence:
    """Rows of any table of the corpus, or of the record that goes with it, as evidence.

    `by` names the columns that rows are grouped by; `caption` is said above the table; `anchor` is
    its id, so that '#evidence' leads to it; `kwic` shows keywords in context, in three columns.
    Where there are no rows, the evidence is what was looked through in vain: the sources, or the
    file of the record.
    """
    if rows.empty:
        return Evidence(_looked_through(corpus, rows.columns), anchor, caption, kwic, searched=True)
    if by:
        rows = rows.sort_values(list(by), kind="stable")
    sentences = _sentences(corpus, rows)
    made = []
    for row in rows.to_dict("records"):
        words = _around(sentences.get((row.get("source"), row.get("sentence"))), row)
        citation = cite(corpus, row)
        basis = to_html(row["rule"]) if row.get("rule") else _seen_on(row)
        group = tuple(str(row[column]) for column in by)
        made.append(_Row(citation, *(words or (citation.words, "", "")), _codes(row), basis, group))
    return Evidence(tuple(made), anchor, caption, kwic, searched=False)


def _looked_through(corpus: Corpus, columns: Sequence[str]) -> tuple[_Row, ...]:
    """The sources, or the file of the record whose table has these columns, as rows."""
    file = next((file for label, (file, _) in _RECORD.items() if label in columns), None)
    if file:
        seen = [
            Citation(file, _href(corpus.folder / _FOLDER / file), "the record", {"record": file})
        ]
    else:
        seen = [cite(corpus, row) for row in corpus.documents.to_dict("records")]
    return tuple(_Row(citation, citation.words, "", "", "", "", ()) for citation in seen)


def _sentences(corpus: Corpus, rows: pd.DataFrame) -> dict[tuple[str, int], tuple]:
    """The start and the words of the sentences that hold the spans of `rows`.

    Sentences and lines are units by themselves: around those there is nothing.
    """
    if "sentence" not in rows or "zone" in rows:
        return {}
    units = corpus.sentences[corpus.sentences["source"].isin(rows["source"])]
    columns = (units[name] for name in ("source", "sentence", "start", "exact"))
    return {
        (source, sentence): (start, exact)
        for source, sentence, start, exact in zip(*columns, strict=True)
    }


def _around(sentence: tuple[int, str] | None, row: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The sentence cut in three: before the row's span, the span, after it."""
    if sentence is None:
        return None
    start, text = sentence
    begin, end = row["start"] - start, row["end"] - start
    return text[:begin], text[begin:end], text[end:]


def _codes(row: Mapping[str, Any]) -> str:
    """What a row is coded as: values of closed sets bare, then the days, then others by name."""
    read = {
        name for label, (_, names) in _RECORD.items() if label in row for name in (label, *names)
    }
    said = {name: value for name, value in row.items() if name not in read and _is_there(value)}
    # How fine a date is can be seen from its days.
    codes = [said[name] for name in CLOSED_SETS if name in said and name != "granularity"]
    codes = [_in_words(codes)]
    if "earliest" in said or "latest" in said:
        codes.append(when(row["earliest"], row["latest"]))
    for name in _NAMED:
        if name in said:
            value = f"{said[name]:g}" if isinstance(said[name], float) else said[name]
            codes.append(f"{_in_words([name])}: {value}")
    return " · ".join(filter(None, codes))


def _in_words(codes: Sequence[str]) -> str:
    return " · ".join(code.replace("_", " ") for code in codes)


def _seen_on(row: Mapping[str, Any]) -> str:
    """The page where a row of the record was seen, as a link, if it is one of the web."""
    url = row.get("url")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return ""
    return f'<a href="{to_attribute(url)}">{to_html(row.get("publisher") or url)}</a>'


def _said(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    return " – ".join(f"{row[column]}" for column in columns if _is_there(row.get(column)))


def _is_there(value: Any) -> bool:
    return bool(pd.notna(value)) and value != ""


def _href(path: Path) -> str:
    return quote(path.as_posix(), safe="/.")


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _native(value: Any) -> Any:
    """A value as Python has it, None where it is missing."""
    if isinstance(value, (list, tuple)):
        return [_native(item) for item in value]
    if not _is_there(value) and not isinstance(value, str):
        return None
    if isinstance(value, np.generic):
        return value.item()
    return value.date() if isinstance(value, pd.Timestamp) else value


def _json(value: Any) -> Any:
    if isinstance(value, list):
        return [_json(item) for item in value]
    # The last digits of a sum differ from one Python to the next: 3.12 adds more exactly than 3.11.
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    return value.isoformat() if isinstance(value, date) else value
