"""A run of `helpers.tabulate.code` that is measured: SOURCES OUT, and workers or `dask`.

It is a process of its own, so that its memory is its own. It prints, as JSON: seconds by the clock,
in all and for each of its three parts, of which only coding is done by several processes; and peak
memory in MB of this process, and of the largest one that it started.
"""

import json
import resource
import sys
from contextlib import nullcontext
from time import perf_counter

from helpers.tabulate import code, running

PARTS = {"dealing": "_deal", "coding": "_code", "finishing": "_finish"}
KILOBYTE = 1 if sys.platform == "darwin" else 1024  # what peak memory is given in


def main(sources: str, out: str, workers: str) -> dict[str, float]:
    """Code sources into a folder; returns what it took."""
    taken = {}
    for name, function in PARTS.items():
        setattr(running, function, _timed(getattr(running, function), name, taken))
    start = perf_counter()
    with _cluster() if workers == "dask" else nullcontext() as client:
        taken["starting"] = perf_counter() - start
        code(sources, out, client=client, workers=None if client else int(workers))
        taken["seconds"] = perf_counter() - start
    for name, who in (("own", resource.RUSAGE_SELF), ("worker", resource.RUSAGE_CHILDREN)):
        taken[f"{name} MB"] = resource.getrusage(who).ru_maxrss * KILOBYTE / 1e6
    return taken


def _timed(function, name: str, taken: dict[str, float]):
    def timed(*arguments):
        start = perf_counter()
        try:
            return function(*arguments)
        finally:
            taken[name] = perf_counter() - start

    return timed


def _cluster():
    """A Dask cluster on this machine, with two processes of one thread each."""
    from distributed import Client

    return Client(n_workers=2, threads_per_worker=1, dashboard_address=None)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
