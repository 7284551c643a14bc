"""A run: sources are dealt into partitions, these are coded side by side, copies are marked.

Whatever a run has finished stays when it is interrupted. The next run reads all sources once more,
since they may have changed, and codes only the partitions that are not there.
"""

import multiprocessing
import os
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
from filelock import FileLock, Timeout
from tqdm import tqdm
from upath import UPath

from helpers.reading import SourceError, problem
from helpers.tabulate.copies import Copies
from helpers.tabulate.files import remove, write
from helpers.tabulate.layout import DESCRIPTOR, PARTITIONS, TABLES, Part, descriptor
from helpers.tabulate.partition import (
    Done,
    Job,
    RunError,
    code_partition,
    coder,
    deal,
    mark,
    signatures_file,
)
from helpers.tabulate.sources import Columns, listed, read

_PARTITION = 4 * 2**20  # bytes of input
_WORK = ".work"
_LOCK = ".lock"
_SHOWN = 50  # problems


class Coded(NamedTuple):
    """How many sources a folder of tables has, how many could not be coded, how many were now."""

    sources: int
    errors: int
    coded_now: int  # sources in partitions that were not there yet


def code(
    sources: str | PathLike[str] | Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    workers: int | None = None,
    client=None,
    partitions: int | None = None,
    strict: bool = False,
    text_column: str = "text",
    id_column: str = "source",
) -> Coded:
    """Code sources into a folder of tables, as Parquet and CSV with a Data Package descriptor.

    `sources` are folders of `*.txt` (with a sources.csv, see `read_corpus`), files of JSON lines
    or Parquet, or globs of files; also on another machine, as fsspec names it. In rows the columns
    `text_column` and `id_column` hold text and id, and columns named as in sources.csv the rest.

    The folder `out` gets seven tables and `errors`, each in `partitions` (by default one for every
    4 MB) by a hash of the source's id: its files are the same bytes for any number of `workers`
    (processes; by default one for each processor), and on a Dask cluster whose `client` is given,
    which must see the folder `out` under the same name. A run that was interrupted goes on where
    it was. Opened by `read_tables`.

    A source that cannot be coded goes to `errors` with its reason; with `strict` it stops the run.
    A sources.csv that is wrong stops any run before it codes, since dates rest on what it says.

    Raises SourceError for sources that are not there, change while they are read, or cannot be
    coded where the run is strict; RunError where another run has the folder, a process dies, or
    the helpers are not the same everywhere; OSError where the folder cannot be written.
    """
    out = Path(out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    one = isinstance(sources, str | PathLike)
    with _alone(out):
        files = listed([sources] if one else sources)
        _apart(files, out)
        before = _states(files)
        size = sum(state[0] for state in before.values())
        count = partitions or max(1, -(-size // _PARTITION))
        parts = [Part(number, count) for number in range(count)]
        try:
            columns = Columns(text_column, id_column)
            total = _deal(files, columns, out / _WORK / "dealt", count, strict)
            _unchanged(before, sources if not one else [sources])
            remove(out / DESCRIPTOR)
            with _executor(workers or os.cpu_count() or 1, client) as executor:
                done = _code(parts, out, executor, total, strict)
            _finish(parts, out)
        finally:
            shutil.rmtree(out / _WORK, ignore_errors=True)
    afresh = sum(each.sources for each in done if each.afresh)
    return Coded(sum(each.sources for each in done), sum(each.errors for each in done), afresh)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """No other run in this folder meanwhile; what a killed one has left half done is taken away."""
    lock = FileLock(out / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunError(
            f"{out}: another run is writing into this folder. Wait for it, or name another folder."
        ) from None
    try:
        for path in [out / _WORK, *out.glob(".*.*"), *out.glob("*/.*")]:
            _clear(path)
        yield
    finally:
        lock.release()


def _clear(path: Path) -> None:
    """Remove a folder of work, or a file that `whole` was writing; nothing else."""
    if path.name == _WORK:
        shutil.rmtree(path, ignore_errors=True)
    elif re.fullmatch(r"\..+\.[0-9a-f]{32}", path.name):
        path.unlink(missing_ok=True)


def _apart(files: Iterable[UPath], out: Path) -> None:
    """Raises SourceError for sources in the folder of tables, which would soon read its own."""
    for file in files:
        folder = Path(os.path.realpath(file.parent)) if isinstance(file, Path) else None
        if folder and out in (folder, *folder.parents):
            mend = "name another folder for the tables, one that no source is in"
            raise SourceError([problem(file, f"is in {out}, where the tables go", mend)])


def _states(files: Iterable[UPath]) -> dict[str, tuple]:
    """Size and time of each file, by which a change is seen."""
    return {str(file): _state(file) for file in files}


def _state(file: UPath) -> tuple[int, float]:
    try:
        state = file.stat()
    except OSError:
        return 0, 0.0  # reading it says why
    return state.st_size, state.st_mtime


def _unchanged(before: dict[str, tuple], sources: Iterable) -> None:
    """Raises SourceError where files came, went or changed since."""
    after = _states(listed(sources))
    changed = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    if changed:
        mend = "Mend: run again when nothing is being written there."
        raise SourceError([f"{name}: changed while it was read. {mend}" for name in changed])


def _deal(files: list[UPath], columns: Columns, folder: Path, count: int, strict: bool) -> int:
    """Deal all sources into partitions; returns how many there are."""
    total, reasons = 0, []
    dealt = deal(read(files, columns), folder, count)
    for source in tqdm(dealt, desc="reading", unit=" sources"):
        total += 1
        if strict and source.reason:
            reasons.append(f"source {source.id}: {source.reason}")
    _stop(reasons)
    return total


def _stop(reasons: list[str]) -> None:
    """Raises SourceError if there are reasons to stop."""
    if len(reasons) > _SHOWN:
        reasons = [*reasons[:_SHOWN], f"and {len(reasons) - _SHOWN} more"]
    if reasons:
        raise SourceError(reasons)


def _code(
    parts: list[Part], out: Path, executor: Executor | None, total: int, strict: bool
) -> list[Done]:
    """Code all partitions, in any order."""
    jobs = [Job(part, out / _WORK / "dealt", out, coder()) for part in parts]
    finished = []
    with tqdm(total=total, desc="coding", unit=" sources") as bar:
        for done in _each(executor, code_partition, jobs):
            bar.update(done.sources)
            finished.append(done)
            if strict and done.errors:
                rows = pq.read_table(out / done.part.files("errors")[0]).to_pylist()
                _stop([f"source {row['source']}: {row['reason']}" for row in rows])
    return finished


def _each(executor: Executor | None, function: Callable, jobs: list[Job]) -> Iterator[Done]:
    """What a function makes of each job, as it comes; without an executor it is done here."""
    if executor is None:
        yield from map(function, jobs)
        return
    futures = [executor.submit(function, job) for job in jobs]
    try:
        for future in as_completed(futures):
            yield future.result()
    except BrokenProcessPool as error:
        raise RunError(
            "A process was ended from outside, perhaps for want of memory. Run the same command"
            " again, perhaps with fewer workers: it goes on where this run was."
        ) from error
    finally:
        for future in futures:
            future.cancel()


@contextmanager
def _executor(workers: int, client) -> Iterator[Executor | None]:
    """What runs the jobs: a Dask cluster, processes, or this process alone (None)."""
    if client is not None:
        yield client.get_executor()
    elif workers == 1:
        yield None
    else:
        # Started anew, not forked: a fork would share the lock, and threads do not survive it.
        new = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, new, initializer=_follow_parent) as pool:
            yield pool


def _follow_parent() -> None:
    """End this process at once when it is interrupted, or the one that started it is gone.

    What was killed cannot tell its processes, which would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    def watch() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _finish(parts: list[Part], out: Path) -> None:
    """Mark copies, take away what belongs to other partitions, and write the descriptor."""
    copies = Copies(
        out / _WORK / "copies",
        len(parts),
        lambda heap: pq.read_table(out / signatures_file(parts[heap])),
    )
    for part in parts:
        mark(part, out, copies.marks(part.number))
    names = {part.name for part in parts}
    for folder in (*TABLES, PARTITIONS):
        for path in (out / folder).iterdir():
            found = re.match(r"(\d{5,}-of-\d{5,})\.", path.name)
            if found and found[1] not in names:
                path.unlink()
    write(out / DESCRIPTOR, descriptor(parts))
