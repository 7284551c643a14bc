"""What tables cost: one worker, two, and a Dask cluster of two, on one corpus of varied text.

Run by `make bench`. BENCH_MEGABYTES says how large the corpus is. That the bytes written are the
same is a test, and so is the memory that a worker may take; that two workers are faster is a
figure of the report, since a crowded machine is no fault of the code.
"""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pages import pages

MEGABYTE = 1_000_000
MEGABYTES = int(os.environ.get("BENCH_MEGABYTES", "12"))
MOST_MEMORY = 600  # MB, of a worker, however large the corpus
ROWS = 1000


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A file of JSON lines; and how many sources it has."""
    path, sources = tmp_path_factory.mktemp("corpus") / "corpus.jsonl", 0
    with path.open("w", encoding="utf-8") as file:
        for sources, text in enumerate(pages(MEGABYTES * MEGABYTE), 1):
            file.write(json.dumps({"source": f"{sources:08}", "text": text}) + "\n")
    return path, sources


@pytest.fixture(scope="module")
def written():
    """The digest of what the first run wrote."""
    return []


def _digest(folder: Path) -> str:
    """A hash of the names and bytes of all files of tables."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".lock":
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _run(corpus: Path, out: Path, workers: str) -> dict:
    program = Path(__file__).with_name("tabulating.py")
    command = [sys.executable, str(program), str(corpus), str(out), workers]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.parametrize("workers", ["1", "2", "dask"])
def test_tables(benchmark, corpus, written, tmp_path, capsys, workers):
    path, sources = corpus
    if workers == "dask":
        pytest.importorskip("distributed", reason="no comparison: Dask is not installed")
    taken = benchmark.pedantic(_run, (path, tmp_path / "out", workers), rounds=1)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    sizes = {kind: sum(f.stat().st_size for f in files if f.suffix == kind) for kind in KINDS}
    benchmark.extra_info |= taken | {
        "workers": workers,
        "megabytes": MEGABYTES,
        "sources": sources,
        "files": len(files),
        "partitions": len(list((tmp_path / "out/claims").glob("*.parquet"))),
        "claims": sum(pq.read_metadata(f).num_rows for f in files if f.match("claims/*.parquet")),
        **{f"{kind} MB": size / MEGABYTE for kind, size in sizes.items()},
    }
    with capsys.disabled():
        print(f"\n{workers}: {MEGABYTES} MB in {taken['seconds']:.1f} s,", end=" ")
        print(f"a worker took {_memory(taken, workers):.0f} MB")
    written.append(_digest(tmp_path / "out"))
    assert written[0] == written[-1]
    assert _memory(taken, workers) < MOST_MEMORY


KINDS = (".parquet", ".csv", ".json")


def _memory(taken: dict, workers: str) -> float:
    """Of one worker: where there is but one, it is the process itself."""
    return taken["own MB" if workers == "1" else "worker MB"]
