"""Files that are there whole or not at all, and rows dealt into many files."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa

_HELD = 64 * 2**20  # bytes of rows that are held before they are written


@contextmanager
def whole(*paths: Path) -> Iterator[list[Path]]:
    """Other names to write to; the files get their own when all of them are complete.

    Where anything goes wrong none is left behind, and what had these names before stays.
    """
    names = [path.with_name(f".{path.name}.{uuid4().hex}") for path in paths]
    try:
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        yield names
        for name in names:
            _sync(name)
        for name, path in zip(names, paths, strict=True):
            name.replace(path)
        for folder in {path.parent for path in paths}:
            _sync(folder)
    finally:
        for name in names:
            name.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """All of a file, or nothing."""
    with whole(path) as [name]:
        name.write_text(text, encoding="utf-8")


def remove(path: Path) -> None:
    """Take a file away, so that it stays away when the machine stops."""
    if path.exists():
        path.unlink()
        _sync(path.parent)


def _sync(path: Path) -> None:
    """Wait until the disk has it; Windows cannot do that for a folder, and need not."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Dealt:
    """Rows, each dealt to one of many heaps, of which one at a time is taken up.

    A heap keeps the order in which its rows came. Few rows are held in memory at once.
    """

    def __init__(self, folder: Path, schema: pa.Schema):
        self._folder, self._schema = folder, schema
        self._held: dict[int, list[pa.Table]] = {}
        self._bytes = self._flushes = 0
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def deal(self, rows: pa.Table, heaps: np.ndarray) -> None:
        """Put each row on its heap: shape of `heaps` is (rows,)."""
        order = np.argsort(heaps, kind="stable")
        rows, heaps = rows.take(pa.array(order)), heaps[order]
        bounds = [*np.flatnonzero(np.diff(heaps, prepend=-1)), len(heaps)]
        for start, end in pairwise(bounds):
            self._held.setdefault(int(heaps[start]), []).append(rows.slice(start, end - start))
        self._bytes += rows.nbytes
        if self._bytes > _HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is held, so that other processes can take it up."""
        for heap, tables in self._held.items():
            (self._folder / f"{heap:05}").mkdir(exist_ok=True)
            path = self._folder / f"{heap:05}" / f"{self._flushes:05}.arrow"
            with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, self._schema) as out:
                out.write_table(pa.concat_tables(tables))
        self._held = {}
        self._bytes, self._flushes = 0, self._flushes + 1

    def heap(self, heap: int) -> pa.Table:
        """All rows of a heap that were written."""
        return take_up(self._folder, heap, self._schema)


def take_up(folder: Path, heap: int, schema: pa.Schema) -> pa.Table:
    """All rows of a heap that were dealt into a folder, with these columns."""
    tables = []
    for path in sorted((folder / f"{heap:05}").glob("*.arrow")):
        with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as rows:
            tables.append(rows.read_all())
    return pa.concat_tables(tables) if tables else schema.empty_table()
