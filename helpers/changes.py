"""What other sources would change: which findings, from what to what, and by which sentences."""

import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from helpers import collection
from helpers.corpus import Corpus, read_corpus
from helpers.words import to_markdown


class ChangesError(Exception):
    """Two versions could not be compared; the message says why, and what to do."""


class Edit(NamedTuple):
    """A sentence of a source that only one version has; `sentence` is its number there."""

    source: str
    sentence: int
    exact: str
    added: bool


@dataclass(frozen=True)
class Change:
    """A finding that differs between two versions, with the edits that it rests on."""

    id: str
    before: Mapping | None  # the finding's JSON form, None where the version has none of this id
    after: Mapping | None
    edits: tuple[Edit, ...]


def find(folder: Path, paths: Sequence[Path]) -> list[dict]:
    """The findings of notebooks, executed on a folder of sources, beside the collection.

    Raises ChangesError where a notebook fails.
    """
    with tempfile.TemporaryDirectory(dir=_beside(paths)) as out:
        complaints = collection.execute(paths, folder, Path(out))
        if complaints:
            raise ChangesError("\n".join(complaints))
        return collection.findings(collection.notebooks(Path(out)))


def _beside(paths: Sequence[Path]) -> Path:
    """A folder as deep as the notebooks' own, so that paths within the project still hold."""
    build = paths[0].resolve().parent.parent / "build"
    build.mkdir(exist_ok=True)
    return build


def checked_out(revision: str, folder: Path, into: Path) -> Path:
    """A folder of sources as a git revision has it, written into the folder `into`.

    Raises ChangesError where git does not know the revision, or the folder at it.
    """
    archive = subprocess.run(
        ["git", "archive", "--format=tar", f"{revision}:./{folder.name}"],
        cwd=folder.resolve().parent,
        capture_output=True,
    )
    if archive.returncode:
        said = archive.stderr.decode(errors="replace").strip()
        raise ChangesError(
            f"{revision!r} is neither a folder nor a git revision that has {folder.name}/ ({said})"
        )
    target = into / folder.name
    target.mkdir()
    subprocess.run(["tar", "-x", "-C", str(target)], input=archive.stdout, check=True)
    return target


def changes(before: Iterable[dict], after: Iterable[dict], edits: Sequence[Edit]) -> list[Change]:
    """The findings whose sentence or values differ, in the order of the notebooks.

    Each comes with the edits that are among its evidence. A finding that counts what is no longer
    there has them among its evidence of before; one that rests on a whole source, among all edits
    of that source.
    """
    old, new = ({row["id"]: row for row in findings} for findings in (before, after))
    found = []
    for id in dict.fromkeys([*old, *new]):
        one, other = old.get(id), new.get(id)
        if _said(one) != _said(other):
            found.append(Change(id, one, other, tuple(_behind(one, other, edits))))
    return found


def _said(finding: Mapping | None) -> tuple | None:
    return finding and (finding["sentence"], finding["values"])


def _behind(before: Mapping | None, after: Mapping | None, edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits that a finding rests on, or failing that those of the sources it rests on."""
    places = {
        added: {
            (place["source"], place.get("sentence"))
            for place in (finding or {}).get("evidence", ())
            if "source" in place
        }
        for added, finding in ((False, before), (True, after))
    }
    exact = [edit for edit in edits if (edit.source, edit.sentence) in places[edit.added]]
    if exact:
        yield from exact
        return
    sources = {source for side in places.values() for source, _ in side}
    yield from (edit for edit in edits if edit.source in sources or not sources)


def edits(before: Corpus, after: Corpus) -> list[Edit]:
    """The sentences that only one of two versions of the sources has, source by source."""
    found = []
    sources = [*before.documents["source"], *after.documents["source"]]
    for source in dict.fromkeys(sources):
        old, new = (_sentences(corpus, source) for corpus in (before, after))
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for kind, first, last, first_new, last_new in matcher.get_opcodes():
            if kind != "equal":
                found += [Edit(source, n, old[n], added=False) for n in range(first, last)]
                found += [Edit(source, n, new[n], added=True) for n in range(first_new, last_new)]
    return found


def _sentences(corpus: Corpus, source: str) -> list[str]:
    table = corpus.sentences
    return table.loc[table["source"] == source, "exact"].tolist()


def report(found: Sequence[Change], edited: Sequence[Edit], unchanged: int) -> str:
    """The changes as Markdown: each finding before and after, and the sentences behind it."""
    count = f"{len(found)} of {len(found) + unchanged} findings differ"
    lines = ["# What the other sources change", "", f"{count}; {len(edited)} sentences differ.", ""]
    for change in found:
        said = change.after or change.before
        lines += [f"## {change.id}", "", f"In `{said['notebook']}`:", ""]
        for name, finding in (("before", change.before), ("after", change.after)):
            sentence = to_markdown(finding["sentence"]) if finding else "*(no such finding)*"
            lines.append(f"- {name}: {sentence}")
        lines += ["", "It rests on:" if change.edits else "None of its sentences differ.", ""]
        lines += [_line(edit) for edit in change.edits]
        lines.append("")
    return "\n".join(lines)


def _line(edit: Edit) -> str:
    sign = "+" if edit.added else "−"
    return f"- {sign} {to_markdown(f'[{edit.source}:{edit.sentence}]')} {to_markdown(edit.exact)}"


def compare(other: str, seeds: Path, notebooks: Path) -> tuple[list[Change], str]:
    """What changes from another version of the sources to this one, and the report of it.

    `other` is a folder of sources, or a git revision whose `seeds` are meant; `notebooks` is the
    folder of the collection. Raises ChangesError, or SourceError for sources that cannot be read.
    """
    paths = collection.notebooks(notebooks)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(other)
        if not folder.is_dir():
            folder = checked_out(other, seeds, Path(scratch))
        edited = edits(read_corpus(folder), read_corpus(seeds))
        before, after = find(folder, paths), find(seeds, paths)
    found = changes(before, after, edited)
    ids = {finding["id"] for finding in (*before, *after)}
    return found, report(found, edited, len(ids) - len(found))
