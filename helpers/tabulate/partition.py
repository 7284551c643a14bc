"""One partition of the sources becomes its files: the same bytes wherever and whenever."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.corpus import batches, code_batch
from helpers.reading import problem
from helpers.tabulate.copies import SIGNATURES, heaps_of, signatures
from helpers.tabulate.files import Dealt, remove, take_up, whole, write
from helpers.tabulate.layout import PARTITIONS, TABLES, Part, Writer, arrow, schema
from helpers.tabulate.sources import Source

_FIELDS = pa.schema([(name, pa.string()) for name in Source._fields])
_CODED = tuple(name for name in TABLES if name not in ("documents", "errors"))
_HELPERS = Path(__file__).parent.parent
# Rooms that come after the tables.
_LATER = {"answers", "figures", "site", "__pycache__"}
_DECIDING = ("sentencex", "pyarrow")  # packages whose version decides on what is written


class RunError(Exception):
    """A run could not go on; the message says why, and what to do. Nothing coded so far is lost."""


class Job(NamedTuple):
    """A partition to be coded: from which folder of dealt sources, into which, by which coder."""

    part: Part
    dealt: Path
    out: Path
    coder: str


class Done(NamedTuple):
    """A partition that is coded, with the number of its sources, and of those in `errors`."""

    part: Part
    sources: int
    errors: int
    afresh: bool  # whether it was coded now, and not by an earlier run


@cache
def coder() -> str:
    """The SHA-256 of all that decides how a source is coded: helpers, codebook, packages."""
    digest = sha256()
    for path in sorted(_HELPERS.rglob("*")):
        inside = path.relative_to(_HELPERS)
        if path.is_file() and not _LATER & set(inside.parts):
            _add(digest, inside.as_posix().encode(), path.read_bytes())
    _add(digest, *(f"{name} {version(name)}".encode() for name in _DECIDING))
    return digest.hexdigest()


def _add(digest, *parts: bytes) -> None:
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)


def deal(sources: Iterable[Source], folder: Path, parts: int) -> Iterator[Source]:
    """Deal sources into a folder by a hash of their ids; gives each back when it is dealt."""
    dealt, held, size = Dealt(folder, _FIELDS), [], 0
    for source in sources:
        held.append(source)
        size += len(source.text or "")
        if size > 2**20 or len(held) > 2**12:
            _deal(held, dealt, parts)
            held, size = [], 0
        yield source
    _deal(held, dealt, parts)
    dealt.flush()


def _deal(sources: list[Source], dealt: Dealt, parts: int) -> None:
    rows = [source._replace(said=json.dumps(source.said, default=str)) for source in sources]
    columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(len(_FIELDS))]
    dealt.deal(pa.table(columns, _FIELDS), heaps_of((row.id for row in rows), parts))


def code_partition(job: Job) -> Done:
    """Write the files of a partition, unless they are there from the same sources and coder.

    Raises RunError where the helpers are other ones than those that started the run.
    """
    if coder() != job.coder:
        raise RunError(
            "The helpers differ from those that started the run: they were changed meanwhile, or a"
            " worker has another version. Run again when they are the same everywhere."
        )
    rows = _taken_up(job)
    inputs = _digest(rows)
    manifest = job.out / PARTITIONS / f"{job.part.name}.json"
    known = _manifest(manifest)
    if _is_done(known, job, inputs):
        return Done(job.part, known["sources"], known["errors"], afresh=False)
    remove(manifest)
    count, errors = _write(job, rows)
    sizes = {name: (job.out / name).stat().st_size for name in _files(job.part)}
    said = {"coder": job.coder, "inputs": inputs, "sources": count, "errors": errors}
    write(manifest, json.dumps(said | {"bytes": sizes}, indent=1) + "\n")
    return Done(job.part, count, errors, afresh=True)


def _taken_up(job: Job) -> list[Source]:
    """The partition's sources in the order of their ids; of two with one id the first counts."""
    rows = take_up(job.dealt, job.part.number, _FIELDS).to_pylist()
    rows = sorted((Source(**row) for row in rows), key=lambda row: row.id)
    sources: list[Source] = []
    for row in rows:
        if sources and row.id == sources[-1].id and row.reason is None:
            mend = "give each source an id of its own"
            what = f"has the id {row.id!r}, which a source before it has"
            row = row._replace(text=None, reason=problem(row.file, what, mend))
        sources.append(row)
    return sources


def _digest(sources: Iterable[Source]) -> str:
    digest = sha256()
    for source in sources:
        _add(digest, *(json.dumps(part).encode() for part in source))
    return digest.hexdigest()


def _manifest(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _is_done(known: Mapping, job: Job, inputs: str) -> bool:
    """Whether the files are those that a manifest speaks of, from these sources and this coder."""
    if (known.get("coder"), known.get("inputs")) != (job.coder, inputs):
        return False
    files = {name: job.out / name for name in _files(job.part)}
    return all(
        path.is_file() and path.stat().st_size == known["bytes"][name]
        for name, path in files.items()
    )


def documents_file(part: Part) -> str:
    """The documents of a partition, before it is known which of them are copies."""
    return f"{PARTITIONS}/{part.name}.documents.parquet"


def signatures_file(part: Part) -> str:
    """By what copies of the partition's texts are known."""
    return f"{PARTITIONS}/{part.name}.signatures.parquet"


def _files(part: Part) -> list[str]:
    """What a partition's coding writes, besides its manifest."""
    tables = [name for table in (*_CODED, "errors") for name in part.files(table)]
    return [*tables, documents_file(part), signatures_file(part)]


def _write(job: Job, rows: list[Source]) -> tuple[int, int]:
    """Write the partition's files; returns the number of its sources, and of those in `errors`."""
    errors = [(row.id, row.file, row.reason) for row in rows if row.reason]
    with whole(*(job.out / name for name in _files(job.part))) as names, ExitStack() as stack:
        *pairs, documents, signed = names
        tables = zip((*_CODED, "errors"), pairs[::2], pairs[1::2], strict=True)
        writers = {name: _closing(stack, Writer(name, *paths)) for name, *paths in tables}
        unmarked = pa.schema([f for f in schema("documents") if f.name not in ("same_as", "like")])
        documents = stack.enter_context(pq.ParquetWriter(documents, unmarked, compression="zstd"))
        signed = stack.enter_context(pq.ParquetWriter(signed, SIGNATURES, compression="zstd"))
        for batch, coded in _coded(rows):
            if isinstance(coded, Exception):
                errors += [_failed(said, coded) for said, _ in batch.values()]
                continue
            for name in _CODED:
                writers[name].write(arrow(name, coded[name]))
            documents.write_table(arrow("documents", coded["documents"]))
            texts = {source: text for source, (_, text) in batch.items()}
            signed.write_table(signatures(texts, coded["zones"]))
        columns = schema("errors").names
        writers["errors"].write(arrow("errors", pd.DataFrame(sorted(errors), columns=columns)))
    return len(rows), len(errors)


def _closing(stack: ExitStack, writer: Writer) -> Writer:
    stack.callback(writer.close)
    return writer


def _coded(rows: Iterable[Source]) -> Iterator[tuple[dict, dict | Exception]]:
    """Batches of sources with their tables; what the coder fails on comes alone, with why."""
    sources = {
        row.id: ({"source": row.id, "file": row.file, **_days(row.said)}, row.text)
        for row in rows
        if row.reason is None
    }
    for batch in batches(sources):
        coded = _attempt(batch)
        if isinstance(coded, dict):
            yield batch, coded
        else:
            for source, what in batch.items():
                yield {source: what}, _attempt({source: what})


def _attempt(batch: dict) -> dict[str, pd.DataFrame] | Exception:
    try:
        return code_batch(batch)
    except Exception as error:  # whatever it is, it must not cost the other sources
        return error


def _failed(said: Mapping, error: Exception) -> tuple[str, str, str]:
    what = f"the coder failed on it ({type(error).__name__}: {error})"
    mend = "report it with the text, and take that away meanwhile"
    return said["source"], said["file"], problem(said["file"], what, mend)


def _days(said: str) -> dict:
    """What is said of a source, with its window as days again."""
    known = json.loads(said)
    window = [name for name in ("published_earliest", "published_latest") if name in known]
    return known | {name: date.fromisoformat(known[name]) for name in window}


def mark(part: Part, out: Path, marks: pd.DataFrame) -> None:
    """Write the documents of a partition, with those marked that are copies."""
    rows = pq.read_table(out / documents_file(part))
    marks = marks.set_index("source").reindex(rows["source"].to_pylist())
    for name in ("same_as", "like"):
        cells = [None if pd.isna(cell) else cell for cell in marks[name]]
        rows = rows.append_column(name, pa.array(cells, pa.string()))
    with whole(*(out / name for name in part.files("documents"))) as names:
        writer = Writer("documents", *names)
        try:
            writer.write(rows)
        finally:
            writer.close()
